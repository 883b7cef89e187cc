import { ParameterBindError, ParameterTypeError } from "./exceptions.ts";
import { argumentsByName } from "./function-source.ts";
import { isFuture } from "./futures.ts";
import { isState } from "./states.ts";

/** The part of the Standard Schema interface that is used; zod, valibot, arktype and others have it. */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

export type InferInput<Schema extends StandardSchema> = NonNullable<Schema["~standard"]["types"]>["input"];
export type InferOutput<Schema extends StandardSchema> = NonNullable<Schema["~standard"]["types"]>["output"];

/** A call's arguments by the names of the parameters. */
export function bindParameters(
  fn: (...args: never[]) => unknown,
  args: readonly unknown[],
  schema: StandardSchema | undefined,
): Record<string, unknown> {
  if (schema === undefined) return argumentsByName(fn, args);
  const [given = {}, ...rest] = args;
  if (rest.length > 0 || typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new ParameterBindError(
      `Error binding parameters for function '${fn.name}': a flow with a 'parameters' schema takes one object of named parameters.`,
    );
  }
  return { ...given };
}

/** Checks the parameters and gives them as the schema reads them. Rejects with `ParameterTypeError`. */
export async function validateParameters(
  schema: StandardSchema,
  parameters: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const result = await schema["~standard"].validate(parameters);
  if (result.issues === undefined) return result.value;
  const problems = result.issues.map((issue) => ` - ${pathText(issue)}${issue.message}`);
  throw new ParameterTypeError(`Flow run received invalid parameters:\n${problems.join("\n")}`);
}

function pathText({ path = [] }: StandardIssue): string {
  if (path.length === 0) return "";
  const keys = path.map((part) => String(typeof part === "object" ? part.key : part));
  return `${keys.join(".")}: `;
}

/** A copy for the server: what JSON cannot hold becomes `<its type>`. */
export function serializeParameters(parameters: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, toJson(value, new Set())]));
}

function toJson(value: unknown, above: Set<object>): unknown {
  if (value === undefined) return null;
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string") return value.replaceAll("\u0000", "");
  if (typeof value === "function" || typeof value === "symbol") return `<${typeof value}>`;
  if (typeof value !== "object" || value === null) return value;
  if (isFuture(value)) return "<PrefectFuture>";
  if (isState(value)) return "<State>";
  if (above.has(value)) return "<cycle>";
  above.add(value);
  const json = objectToJson(value, above);
  above.delete(value);
  return json;
}

function objectToJson(value: object, above: Set<object>): unknown {
  if (Array.isArray(value)) return value.map((item) => toJson(item, above));
  if ("toJSON" in value && typeof value.toJSON === "function") return toJson(value.toJSON(), above);
  if (value instanceof Set) return [...value].map((item) => toJson(item, above));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null && Object.keys(value).length === 0) {
    return `<${value.constructor.name}>`;
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toJson(member, above)]));
}
