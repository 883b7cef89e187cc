import { expect, test } from "vitest";
import { isId, newId } from "./ids.ts";

test("ids are UUIDs of version 7 that sort in order of creation", () => {
  const ids = Array.from({ length: 20_000 }, () => newId());
  expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
    true,
  );
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test("isId accepts any version and nothing else", () => {
  expect(isId("00000000-0000-0000-0000-000000000000")).toBe(true);
  expect(isId("F47AC10B-58CC-4372-A567-0E02B2C3D479")).toBe(true);
  expect(isId("not-an-id")).toBe(false);
});
