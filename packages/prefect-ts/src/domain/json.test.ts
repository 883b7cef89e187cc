import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonText, memberText, parseJson, RawJson, stringify } from "./json.ts";

describe("opaque JSON", () => {
  test.each([
    '{"x":1.0}',
    '{"big":1180591620717411303424}',
    '{"10":1,"2":2}',
    '{"a":[1e5,-0.0,{"b":2.50}],"c":"\\u0000 \\"}"}',
    '{"deep":{"er":{"x":100.0}}}',
    "[1.0,[2.0]]",
  ])("%s keeps its spelling", (text) => {
    expect(jsonText(parseJson(text))).toBe(text);
  });

  test("a number is found by its holder", () => {
    const body = parseJson('{"value":1.0,"other":2}') as { value: number; other: number };
    expect(memberText(body, "value")).toBe("1.0");
    expect(memberText(body, "other")).toBe("2");
  });

  test("a part that prints as it was sent is not remembered, but prints the same", () => {
    const body = parseJson('{"a":{"x":1},"b":{"y":1.0}}') as { a: object; b: object };
    expect(jsonText(body.a)).toBe('{"x":1}');
    expect(jsonText(body.b)).toBe('{"y":1.0}');
  });

  test("any JSON with spaces in it survives to the letter or to the value", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.constantFrom(0, 2), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent);
        expect(JSON.parse(jsonText(parseJson(text)))).toEqual(JSON.parse(text));
      }),
    );
  });
});

describe("stringify", () => {
  test("writes raw text verbatim, wherever it stands", () => {
    const value = { a: new RawJson('{"x":1.0}'), b: [new RawJson("[]"), "text", 3], c: null };
    expect(stringify(value)).toBe('{"a":{"x":1.0},"b":[[],"text",3],"c":null}');
    expect(stringify(new RawJson("1.0"))).toBe("1.0");
  });

  test("JSON.stringify sees the value", () => {
    expect(JSON.stringify({ a: new RawJson('{"x": 1}') })).toBe('{"a":{"x":1}}');
  });
});
