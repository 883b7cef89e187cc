/** Runs one Python program against both servers and compares, section by section, what each says of it afterwards. */
import { beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import "./global-setup.ts";
import { Api, type Json } from "./api.ts";
import { neutral } from "./neutral.ts";
import { MISSING_PYTHON, runScript } from "./python.ts";

export type Read<Result> = (api: Api, result: Result) => Promise<Json>;

export interface Scenario<Result> {
  /** A file of `flows/`. */
  script: string;
  /** Waits until a server has recorded everything. */
  settle?: (api: Api, result: Result) => Promise<void>;
  /** What is read back and compared; a name says what the section is about. */
  sections: Record<string, Read<Result>>;
  /** Sections that must be right also where both servers agree on something wrong, or on nothing. */
  expectations?: (given: () => { api: Api; result: Result }) => void;
}

export function compareServers<Result>(name: string, scenario: Scenario<Result>): void {
  const python = inject("python");
  describe(name, () => {
    beforeEach((context) => context.skip(python === undefined, MISSING_PYTHON));
    const ours = new Api(inject("ours"), "ours");
    const reference = new Api(inject("reference"), "reference");
    const results = new Map<Api, Result>();

    beforeAll(async () => {
      if (python === undefined) return;
      const runOn = async (api: Api): Promise<void> => {
        const { result } = await runScript<Result>(python, scenario.script, api.url);
        await scenario.settle?.(api, result);
        results.set(api, result);
      };
      await Promise.all([ours, reference].map(runOn));
    });

    const resultOf = (api: Api): Result => {
      const result = results.get(api);
      if (result === undefined) throw new Error(`${scenario.script} has no result of ${api.url}`);
      return result;
    };
    test.each(Object.entries(scenario.sections))("%s", async (_, read) => {
      const [mine, theirs] = await Promise.all([ours, reference].map((api) => read(api, resultOf(api))));
      expect(neutral(mine ?? null)).toEqual(neutral(theirs ?? null));
    });
    scenario.expectations?.(() => ({ api: ours, result: resultOf(ours) }));
  });
}
