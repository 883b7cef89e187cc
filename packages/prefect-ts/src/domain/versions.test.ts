import { expect, test } from "vitest";
import { isVersionAtLeast } from "./versions.ts";

test.each([
  { version: "3.4.11", isAtLeast: true },
  { version: "3.4.12.dev1", isAtLeast: true },
  { version: "3.8.8", isAtLeast: true },
  { version: "3.10", isAtLeast: true },
  { version: "4.0.0", isAtLeast: true },
  { version: "3.4.11+12.gabc", isAtLeast: true },
  { version: "3.4.11rc1", isAtLeast: false },
  { version: "3.4.11.dev2", isAtLeast: false },
  { version: "3.4.2", isAtLeast: false },
  { version: "2.99.99", isAtLeast: false },
  { version: "unknown", isAtLeast: false },
  { version: null, isAtLeast: false },
])("$version is 3.4.11 or later: $isAtLeast", ({ version, isAtLeast }) => {
  expect(isVersionAtLeast(version, "3.4.11")).toBe(isAtLeast);
});
