import { createInterface, type Interface } from "node:readline";
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
  /** Lets go of the input, which would keep the process alive. */
  close(): void;
}

export function createPrompt(canAsk: boolean): Prompt {
  let lines: LineReader | undefined;
  const ask = (question: string) => {
    lines ??= new LineReader();
    return lines.ask(question);
  };

  async function text(question: string, fallback?: string): Promise<string> {
    for (;;) {
      const answer = (await ask(`${question}${fallback === undefined ? "" : ` (${fallback})`}: `)).trim();
      if (answer !== "") return answer;
      if (fallback !== undefined) return fallback;
    }
  }

  return {
    canAsk,
    text,
    async confirm(question, fallback) {
      const shownDefault = fallback === undefined ? "" : ` (${fallback ? "y" : "n"})`;
      for (;;) {
        const answer = (await ask(`${question} [y/n]${shownDefault}: `)).trim().toLowerCase();
        if (answer === "" && fallback !== undefined) return fallback;
        if (answer === "y" || answer === "yes") return true;
        if (answer === "n" || answer === "no") return false;
        process.stdout.write("Please enter Y or N\n");
      }
    },
    async select(question, choices) {
      process.stdout.write(`${question}\n`);
      for (const [index, choice] of choices.entries()) process.stdout.write(`  ${index + 1}. ${choice}\n`);
      for (;;) {
        const chosen = Number(await text(`Number from 1 to ${choices.length}`, "1"));
        if (Number.isInteger(chosen) && chosen >= 1 && chosen <= choices.length) return chosen - 1;
      }
    },
    close: () => lines?.close(),
  };
}

/** One reader for all questions: answers that are piped in arrive together, and one per question is taken. */
class LineReader {
  readonly #interface: Interface;
  readonly #unread: string[] = [];
  #waiting: { resolve(line: string): void; reject(error: Error): void } | undefined;
  #isAtEnd = false;

  constructor() {
    this.#interface = createInterface({ input: process.stdin, output: process.stdout });
    this.#interface.on("line", (line) => {
      if (this.#waiting === undefined) this.#unread.push(line);
      else this.#waiting.resolve(line);
      this.#waiting = undefined;
    });
    this.#interface.on("SIGINT", () => this.#interface.close());
    this.#interface.on("close", () => {
      this.#isAtEnd = true;
      if (this.#waiting === undefined) return;
      process.stdout.write("\n");
      this.#waiting.reject(new Exit(1));
    });
  }

  /** The end of input, or Ctrl-C, ends the command. */
  ask(question: string): Promise<string> {
    const line = this.#unread.shift();
    if (line === undefined && !this.#isAtEnd) {
      this.#interface.setPrompt(question);
      this.#interface.prompt();
      return new Promise((resolve, reject) => {
        this.#waiting = { resolve, reject };
      });
    }
    process.stdout.write(`${question}\n`);
    return line === undefined ? Promise.reject(new Exit(1)) : Promise.resolve(line);
  }

  close(): void {
    this.#waiting = undefined;
    this.#interface.close();
  }
}
