/** What the compiler knows: these tests fail at the type check, and at run time only by not existing. */
import { describe, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { unmapped } from "./annotations.ts";
import { flow } from "./flow.ts";
import type { FutureList, PrefectFuture } from "./futures.ts";
import type { State } from "./states.ts";
import { task } from "./task.ts";

const add = task({ name: "add" }, async (a: number, b: number) => a + b);
const total = task((numbers: number[]) => numbers.length);

describe("types", () => {
  test("of a task follow from its function", () => {
    expectTypeOf(add).returns.resolves.toEqualTypeOf<number>();
    expectTypeOf(add.fn).parameters.toEqualTypeOf<[a: number, b: number]>();
    expectTypeOf(add.submit).returns.toEqualTypeOf<PrefectFuture<number>>();
    expectTypeOf(add.map).returns.toEqualTypeOf<FutureList<number>>();
    expectTypeOf(add.state).returns.resolves.toEqualTypeOf<State<number>>();
    expectTypeOf(total).returns.resolves.toEqualTypeOf<number>();
  });

  test("let runs stand for their results", () => {
    const future = {} as PrefectFuture<number>;
    expectTypeOf(add.submit).toBeCallableWith(1, future);
    expectTypeOf(total.submit).toBeCallableWith([1, future]);
    expectTypeOf(add.map).toBeCallableWith([1, 2], unmapped(3));
    expectTypeOf(add.map).toBeCallableWith([1, 2], 3);
    expectTypeOf<string>().not.toExtend<Parameters<typeof add.submit>[0]>();
  });

  test("of a flow follow from its function or its schema", () => {
    const plain = flow(async (name: string) => name.length);
    expectTypeOf(plain).returns.resolves.toEqualTypeOf<number>();
    const schema = z.object({ url: z.string(), limit: z.number().default(5) });
    const named = flow({ parameters: schema }, async ({ url, limit }) => {
      expectTypeOf(limit).toEqualTypeOf<number>();
      return url;
    });
    expectTypeOf(named).toBeCallableWith({ url: "x" });
    expectTypeOf(named.withOptions({ retries: 1 })).returns.resolves.toEqualTypeOf<string>();
  });
});
