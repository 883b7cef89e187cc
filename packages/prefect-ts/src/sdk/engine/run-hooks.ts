import { logLevels } from "../../platform/log-format.ts";
import type { RunLogger } from "../run-logger.ts";
import type { State } from "../states.ts";
import { stackOf } from "./describe-error.ts";

/** Runs hooks one after the other; what one throws is logged and stops nobody. */
export async function runHooks<Subject, Run>(
  hooks: readonly ((subject: Subject, run: Run, state: State) => unknown)[],
  subject: Subject,
  run: Run,
  state: State,
  logger: RunLogger,
): Promise<void> {
  for (const hook of hooks) {
    const name = hook.name === "" ? "unnamed hook" : hook.name;
    logger.write(logLevels.INFO, `Running hook '${name}' in response to entering state '${state.name}'`, true);
    try {
      await hook(subject, run, state);
      logger.write(logLevels.INFO, `Hook '${name}' finished running successfully`, true);
    } catch (error) {
      const message = `An error was encountered while running hook '${name}'\n${stackOf(error)}`;
      logger.write(logLevels.ERROR, message, true);
    }
  }
}
