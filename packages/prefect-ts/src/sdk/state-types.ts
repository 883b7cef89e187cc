import type { StateType } from "../domain/states.ts";

/** The same as `domain/states.ts` says, without the schemas: importing the SDK must not load them. */
const terminalTypes: ReadonlySet<StateType> = new Set<StateType>(["COMPLETED", "FAILED", "CANCELLED", "CRASHED"]);

export function isTerminal(type: StateType): boolean {
  return terminalTypes.has(type);
}
