/**
 * What there is once per process, whatever number of copies of this package is loaded (a bundled one and an installed
 * one, two versions): it hangs on the global object under a symbol that all copies know.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { Companion } from "./companion/companion.ts";
import type { RunContext } from "./context.ts";
import type { RunOrigin } from "./states.ts";

interface ProcessState {
  readonly contexts: AsyncLocalStorage<RunContext>;
  companion: Companion | undefined;
  /** Results by identity, with the run they came from. */
  readonly origins: WeakMap<object, RunOrigin>;
}

const KEY = Symbol.for("prefect-ts.process");

type Holder = typeof globalThis & { [KEY]?: ProcessState };

export const processState: ProcessState = createOrFind();

function createOrFind(): ProcessState {
  const holder = globalThis as Holder;
  holder[KEY] ??= { contexts: new AsyncLocalStorage(), companion: undefined, origins: new WeakMap() };
  return holder[KEY];
}
