import { expect, test } from "vitest";
import { randomRunName, runNameOr } from "./run-names.ts";

test("a run name is an adjective and an animal, each one word", () => {
  for (let index = 0; index < 1000; index += 1) expect(randomRunName()).toMatch(/^[a-z]+-[a-z]+$/);
});

test("every draw of the random source has a word", () => {
  expect(randomRunName(() => 0)).toBe("able-aardvark");
  expect(randomRunName(() => 0.999_999)).toBe("zesty-zebra");
});

test.each([
  { given: "nightly", kept: true },
  { given: "", kept: false },
  { given: null, kept: false },
  { given: undefined, kept: false },
])("the name $given is kept: $kept", ({ given, kept }) => {
  const name = runNameOr(given);
  if (kept) expect(name).toBe(given);
  else expect(name).toMatch(/^[a-z]+-[a-z]+$/);
});
