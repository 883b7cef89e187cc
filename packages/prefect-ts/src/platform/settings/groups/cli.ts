import { flag, optionalFlag } from "../define.ts";

export const cliSettings = {
  PREFECT_CLI_COLORS: flag(true, "Colours the output of commands."),
  PREFECT_CLI_PROMPT: optionalFlag("Lets commands ask questions; unset means only at a terminal."),
  PREFECT_CLI_WRAP_LINES: flag(true, "Wraps long lines at the width of the terminal."),
};
