/** The same requests, one after the other, to both servers; each answer is compared. */
import { beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import "./global-setup.ts";
import { type Answer, Api, type Json, type JsonObject } from "./api.ts";
import { neutral } from "./neutral.ts";
import { MISSING_PYTHON } from "./python.ts";

export interface Step {
  name: string;
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** May hold `{word}`: the id that an earlier step kept under that word. */
  path: string;
  /** A string is sent as it is, anything else as JSON; `{word}` as in the path. */
  body?: Json;
  headers?: Record<string, string>;
  /** Keeps the id of the answer under this word. */
  keep?: string;
}

export function converse(name: string, steps: readonly Step[]): void {
  describe(name, () => {
    beforeEach((context) => context.skip(inject("python") === undefined, MISSING_PYTHON));
    const answers: Answer[][] = [];

    beforeAll(async () => {
      if (inject("python") === undefined) return;
      answers.push(...(await Promise.all(["ours", "reference"].map((key) => runSteps(key as "ours", steps)))));
    });

    test.each(steps.map((step, index) => ({ ...step, index })))("$name", ({ index }) => {
      const [mine, theirs] = answers.map((of) => of[index]);
      if (mine === undefined || theirs === undefined) throw new Error("a server did not answer");
      expect(comparable(mine)).toEqual(comparable(theirs));
      expect(place(mine).slice(0, place(theirs).length)).toEqual(place(theirs).slice(0, place(mine).length));
    });
  });
}

async function runSteps(server: "ours" | "reference", steps: readonly Step[]): Promise<Answer[]> {
  const api = new Api(inject(server), server);
  const kept = new Map<string, string>();
  const fill = (text: string) => text.replaceAll(/\{(\w+)\}/g, (whole, word: string) => kept.get(word) ?? whole);
  const answers: Answer[] = [];
  for (const { method, path, body, headers, keep } of steps) {
    const text = typeof body === "string" ? body : body === undefined ? undefined : fill(JSON.stringify(body));
    const answer = await api.request(method, fill(path), text, headers);
    if (keep) kept.set(keep, String((answer.body as JsonObject)["id"]));
    answers.push(answer);
  }
  return answers;
}

/** Of an error its status, and of one that is not about validation its form; the words are each server's own. */
function comparable({ status, body }: Answer): Json {
  if (status < 400) return neutral({ status, body });
  if (body === null || typeof body !== "object" || Array.isArray(body)) return { status, body: "not an object" };
  const isExplained = "detail" in body || "exception_message" in body;
  return status === 422 ? { status, isExplained } : { status, keys: Object.keys(body).sort() };
}

/** Where the first validation error is. One server may be more exact than the other: both name the same way. */
function place({ status, body }: Answer): Json[] {
  if (status !== 422) return [];
  const [first] = ((body as JsonObject)["exception_detail"] ?? []) as { loc?: Json[] }[];
  // Of broken JSON Prefect's server names the offset too.
  return (first?.loc ?? []).filter((part) => typeof part === "string");
}
