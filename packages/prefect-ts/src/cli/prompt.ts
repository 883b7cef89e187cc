import { createInterface } from "node:readline/promises";
import { Exit } from "./cli-error.ts";

/** Questions to whoever sits at the terminal. Ask only when `canAsk`; a script must never wait for an answer. */
export interface Prompt {
  readonly canAsk: boolean;
  /** Yes or no; an empty answer means `fallback`, or asks again when there is none. */
  confirm(question: string, fallback?: boolean): Promise<boolean>;
}

export function createPrompt(canAsk: boolean): Prompt {
  return { canAsk, confirm };
}

async function confirm(question: string, fallback?: boolean): Promise<boolean> {
  const shownDefault = fallback === undefined ? "" : ` (${fallback ? "y" : "n"})`;
  for (;;) {
    const answer = (await ask(`${question} [y/n]${shownDefault}: `)).trim().toLowerCase();
    if (answer === "" && fallback !== undefined) return fallback;
    if (answer === "y" || answer === "yes") return true;
    if (answer === "n" || answer === "no") return false;
    process.stdout.write("Please enter Y or N\n");
  }
}

/** The end of input, or Ctrl-C, ends the command. */
async function ask(question: string): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await new Promise<string>((resolve, reject) => {
      reader.once("close", () => reject(new Exit(1)));
      reader.once("SIGINT", () => reject(new Exit(1)));
      reader.question(question).then(resolve, reject);
    });
  } finally {
    reader.close();
  }
}
