/** How a single argument is to be treated, said at the call. */
abstract class Annotation<Value> {
  readonly value: Value;
  constructor(value: Value) {
    this.value = value;
  }
}

const unmappedBrand = Symbol.for("prefect-ts.unmapped");
const allowFailureBrand = Symbol.for("prefect-ts.allow-failure");
const quoteBrand = Symbol.for("prefect-ts.quote");
const opaqueBrand = Symbol.for("prefect-ts.opaque");

export class Unmapped<Value> extends Annotation<Value> {
  readonly [unmappedBrand] = true;
}
export class AllowFailure<Value> extends Annotation<Value> {
  readonly [allowFailureBrand] = true;
}
export class Quote<Value> extends Annotation<Value> {
  readonly [quoteBrand] = true;
}
export class Opaque<Value> extends Annotation<Value> {
  readonly [opaqueBrand] = true;
}

/** In `map`: the same value for every run, though it could be walked over. */
export function unmapped<Value>(value: Value): Unmapped<Value> {
  return new Unmapped(value);
}

/** The run starts even if this upstream run failed; it gets the error in place of the result. */
export function allowFailure<Value>(value: Value): AllowFailure<Value> {
  return new AllowFailure(value);
}

/** The value is handed over as it is; nothing inside it is waited for or recorded as a dependency. */
export function quote<Value>(value: Value): Quote<Value> {
  return new Quote(value);
}

/** A future or state itself is resolved, but what it holds is not searched for more of them. */
export function opaque<Value>(value: Value): Opaque<Value> {
  return new Opaque(value);
}

function has(value: unknown, brand: symbol): boolean {
  return typeof value === "object" && value !== null && brand in value;
}

export function isUnmapped(value: unknown): value is Unmapped<unknown> {
  return has(value, unmappedBrand);
}
export function isAllowFailure(value: unknown): value is AllowFailure<unknown> {
  return has(value, allowFailureBrand);
}
export function isQuote(value: unknown): value is Quote<unknown> {
  return has(value, quoteBrand);
}
export function isOpaque(value: unknown): value is Opaque<unknown> {
  return has(value, opaqueBrand);
}
