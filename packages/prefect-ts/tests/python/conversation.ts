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
      const [mine, theirs] = answers.map((of) => comparable(of[index]));
      expect(mine).toEqual(theirs);
    });
  });
}

async function runSteps(server: "ours" | "reference", steps: readonly Step[]): Promise<Answer[]> {
  const api = new Api(inject(server));
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

/** Of an error: its status, its form, and of a validation error where and of what kind it is. The words are each server's own. */
function comparable(answer: Answer | undefined): Json {
  if (answer === undefined) return "no answer";
  const { status, body } = answer;
  if (status < 400 || body === null || typeof body !== "object" || Array.isArray(body))
    return neutral({ status, body });
  const detail = body["exception_detail"];
  if (Array.isArray(detail)) {
    const places = (detail as JsonObject[]).map(({ loc, type }) => ({ loc: loc ?? null, type: type ?? null }));
    return neutral({ status, exception_message: body["exception_message"] ?? null, places });
  }
  const form = Object.entries(body).map(([key, value]) => [key, typeof value === "string" ? "<words>" : value]);
  return neutral({ status, body: Object.fromEntries(form) as JsonObject });
}
