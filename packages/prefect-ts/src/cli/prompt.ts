import { createInterface } from "node:readline/promises";
import { Exit } from "./cli-error.ts";

/** Questions to whoever sits at the terminal. Ask only when `canAsk`; a script must never wait for an answer. */
export interface Prompt {
  readonly canAsk: boolean;
  /** Yes or no; an empty answer means `fallback`, or asks again when there is none. */
  confirm(question: string, fallback?: boolean): Promise<boolean>;
  /** A line of text; an empty answer means `fallback`, or asks again when there is none. */
  text(question: string, fallback?: string): Promise<string>;
  /** One of several, by its number; answers its place in the list. */
  select(question: string, choices: readonly string[]): Promise<number>;
}

export function createPrompt(canAsk: boolean): Prompt {
  return { canAsk, confirm, text, select };
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

async function text(question: string, fallback?: string): Promise<string> {
  for (;;) {
    const answer = (await ask(`${question}${fallback === undefined ? "" : ` (${fallback})`}: `)).trim();
    if (answer !== "") return answer;
    if (fallback !== undefined) return fallback;
  }
}

async function select(question: string, choices: readonly string[]): Promise<number> {
  process.stdout.write(`${question}\n`);
  for (const [index, choice] of choices.entries()) process.stdout.write(`  ${index + 1}. ${choice}\n`);
  for (;;) {
    const chosen = Number(await text(`Number from 1 to ${choices.length}`, "1"));
    if (Number.isInteger(chosen) && chosen >= 1 && chosen <= choices.length) return chosen - 1;
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
