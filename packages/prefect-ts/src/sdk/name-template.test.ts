import { describe, expect, test } from "vitest";
import { fillTemplate } from "./name-template.ts";

const parameters = {
  x: 7,
  price: 1234.5,
  name: "Ada",
  user: { name: "Grace", tags: ["a", "b"] },
  date: new Date(Date.UTC(2026, 0, 5, 15, 4, 9)),
};

describe("fillTemplate", () => {
  test.each([
    ["run-{x}", "run-7"],
    ["{user.name} has {user[tags][1]}", "Grace has b"],
    ["{name!r} {{literal}}", "'Ada' {literal}"],
    ["{x:03d}|{x:>4}|{x:<4}|{x:^5}|{x:+d}", "007|   7|7   |  7  |+7"],
    ["{price:,.2f} {price:.1e} {x:x}", "1,234.50 1.2e+3 7"],
    ["{date:%A %Y-%m-%d %H:%M:%S}", "Monday 2026-01-05 15:04:09"],
    ["{name:*<5}", "Ada**"],
  ])("%s gives %s", (template, expected) => {
    expect(fillTemplate(template, parameters)).toBe(expected);
  });

  test("names the parameters that there are when one is missing", () => {
    expect(() => fillTemplate("{y}", { x: 1 })).toThrow("The template '{y}' names 'y', but the parameters are: x.");
  });
});
