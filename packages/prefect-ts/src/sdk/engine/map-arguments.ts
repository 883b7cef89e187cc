import { AllowFailure, isAllowFailure, isOpaque, isQuote, isUnmapped, Opaque, Quote } from "../annotations.ts";
import { MappingLengthMismatch, MappingMissingIterable } from "../exceptions.ts";
import { argumentName } from "../function-source.ts";
import { isFuture } from "../futures.ts";
import { ResultValue } from "../state-result.ts";
import { isState } from "../states.ts";

/** One argument of `map`: an element per run, or the same for all. */
interface Column {
  readonly name: string;
  readonly items: readonly unknown[] | undefined;
  readonly constant: unknown;
  readonly wrap: (item: unknown) => unknown;
}

const asIs = (item: unknown) => item;

/** The arguments of each run of a `map`. Throws when lists differ in length, or when there is none. */
export function* mapArguments(
  names: readonly string[] | undefined,
  args: readonly unknown[],
): Generator<unknown[], void, undefined> {
  const columns = args.map((value, index) => toColumn(argumentName(names, index), value, asIs));
  const lengths = columns.flatMap(({ name, items }) => (items === undefined ? [] : [[name, items.length] as const]));
  const [first] = lengths;
  if (first === undefined) {
    const given = columns.map(({ name }) => name).join(", ");
    throw new MappingMissingIterable(
      `No iterable parameters were received. Parameters for map must include at least one iterable. Parameters: ${given}`,
    );
  }
  if (lengths.some(([, length]) => length !== first[1])) {
    throw new MappingLengthMismatch(
      `Received iterable parameters with different lengths. Parameters for map must all be the same length. Got lengths: ${JSON.stringify(Object.fromEntries(lengths))}`,
    );
  }
  for (let index = 0; index < first[1]; index += 1) {
    yield columns.map(({ items, constant, wrap }) => wrap(items === undefined ? constant : items[index]));
  }
}

function toColumn(name: string, value: unknown, wrap: Column["wrap"]): Column {
  if (isUnmapped(value)) return { name, items: undefined, constant: value.value, wrap };
  if (isAllowFailure(value)) return toColumn(name, value.value, (item) => new AllowFailure(item));
  if (isQuote(value)) return toColumn(name, value.value, (item) => new Quote(item));
  if (isOpaque(value)) return toColumn(name, value.value, (item) => new Opaque(item));
  // What a run will give cannot be walked before it has ended; a state or future that has ended can.
  const state = isFuture(value) ? value.state : isState(value) ? value : undefined;
  if (state?.data instanceof ResultValue && isIterable(state.data.value)) {
    return { name, items: [...state.data.value], constant: undefined, wrap };
  }
  if (isIterable(value)) return { name, items: Array.isArray(value) ? value : [...value], constant: undefined, wrap };
  return { name, items: undefined, constant: value, wrap };
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}
