import { describe, expect, test } from "vitest";
import { describeEachDatabase } from "../testing/databases.ts";
import { useTestServer } from "../testing/test-server.ts";

const ID = "01890000-0000-7000-8000-000000000001";
const LOG = { name: "a", level: 20, message: "m", timestamp: "2026-01-01T00:00:00Z" };
const EVENT = { id: ID, occurred: "2026-01-01T00:00:00Z", event: "e", resource: { "prefect.resource.id": "r" } };
const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
const bytes = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

interface Attack {
  readonly what: string;
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly status: number;
  /** What the answer must say. */
  readonly says: RegExp;
}

const attacks: readonly Attack[] = [
  { what: "an unknown key", path: "/flows/", body: { name: "a", nope: 1 }, status: 422, says: /extra_forbidden.*nope/ },
  {
    what: "an unknown filter",
    path: "/logs/filter",
    body: { logs: { nope: 1 } },
    status: 422,
    says: /extra_forbidden/,
  },
  { what: "a wrong type", path: "/flows/", body: { name: 5 }, status: 422, says: /string_type/ },
  { what: "a list for an object", path: "/flows/", body: [], status: 422, says: /model_attributes_type|dict_type/ },
  { what: "an object for a list", path: "/logs/", body: {}, status: 422, says: /list_type/ },
  { what: "nothing for a list", path: "/logs/", status: 422, says: /list_type/ },
  { what: "null", path: "/flows/", body: "null", status: 422, says: /Invalid request received/ },
  { what: "a missing key", path: "/flows/", body: {}, status: 422, says: /missing.*Field required/ },
  { what: "a NUL in a name", path: "/flows/", body: { name: "a\u0000" }, status: 422, says: /NUL/ },
  {
    what: "a NUL in a filter",
    path: "/logs/filter",
    body: { logs: { text: { query: "\u0000" } } },
    status: 422,
    says: /NUL/,
  },
  { what: "a NUL in a path", method: "GET", path: "/flows/name/%00", status: 404, says: /Not Found/ },
  { what: "broken JSON", path: "/flows/", body: '{"name": ', status: 422, says: /JSON decode error/ },
  { what: "trailing JSON", path: "/flows/", body: '{"name": "a"} x', status: 422, says: /JSON decode error/ },
  { what: "invalid UTF-8", path: "/flows/", body: bytes('{"name": "\xff\xfe"}'), status: 422, says: /UTF-8/ },
  { what: "deep nesting", path: "/flows/", body: `{"name": ${nested(50_000)}}`, status: 422, says: /nested deeper/ },
  {
    what: "deep nesting of numbers that keep their spelling",
    path: "/flows/",
    body: `{"labels": ${"[".repeat(20_000)}1.0${"]".repeat(20_000)}}`,
    status: 422,
    says: /JSON decode error|nested/,
  },
  { what: "deeper nesting", path: "/logs/", body: nested(1_000_000), status: 422, says: /JSON decode error|nested/ },
  { what: "10 MB", path: "/logs/", body: `[${" ".repeat(10_500_000)}]`, status: 413, says: /too large/ },
  {
    what: "another media type",
    path: "/flows/",
    body: "name=a",
    headers: { "content-type": "text/plain" },
    status: 422,
    says: /must be JSON/,
  },
  { what: "a huge integer", path: "/logs/", body: [{ ...LOG, level: 1e30 }], status: 422, says: /level/ },
  { what: "an integer beyond 32 bits", path: "/logs/", body: [{ ...LOG, level: 2 ** 40 }], status: 422, says: /level/ },
  { what: "a fraction", path: "/logs/", body: [{ ...LOG, level: 1.5 }], status: 422, says: /level/ },
  { what: "no time", path: "/logs/", body: [{ ...LOG, timestamp: "yesterday" }], status: 422, says: /datetime/ },
  {
    what: "no such day",
    path: "/logs/",
    body: [{ ...LOG, timestamp: "2026-02-31T00:00:00Z" }],
    status: 422,
    says: /datetime/,
  },
  { what: "a far time", path: "/logs/", body: [{ ...LOG, timestamp: 1e300 }], status: 422, says: /datetime/ },
  { what: "a negative limit", path: "/logs/filter", body: { limit: -1 }, status: 422, says: /greater_than_equal/ },
  { what: "a large limit", path: "/logs/filter", body: { limit: 201 }, status: 422, says: /less_than_equal/ },
  { what: "a huge offset", path: "/logs/filter", body: { offset: 1e18 }, status: 422, says: /offset/ },
  {
    what: "a non-UUID",
    path: "/logs/filter",
    body: { logs: { flow_run_id: { any_: ["x"] } } },
    status: 422,
    says: /uuid/,
  },
  { what: "a non-UUID in a path", method: "GET", path: "/flows/abc", status: 404, says: /Not Found/ },
  { what: "a long path", method: "GET", path: `/flows/${"a".repeat(6000)}`, status: 404, says: /Not Found/ },
  { what: "a path that cannot be decoded", method: "GET", path: "/flows/name/%E0%A4%A", status: 400, says: /detail/ },
  { what: "an unknown method", method: "PUT", path: "/flows/", body: {}, status: 405, says: /Method Not Allowed/ },
  {
    what: "an event without a resource",
    path: "/events",
    body: [{ ...EVENT, resource: {} }],
    status: 422,
    says: /prefect.resource.id/,
  },
  {
    what: "an event with a long name",
    path: "/events",
    body: [{ ...EVENT, event: "e".repeat(2000) }],
    status: 422,
    says: /too_long/,
  },
  {
    what: "slots of a fraction",
    path: "/v2/concurrency_limits/increment",
    body: { names: ["a"], slots: 0.5 },
    status: 422,
    says: /slots/,
  },
  { what: "a key with capitals", path: "/artifacts/", body: { key: "Report" }, status: 422, says: /lowercase/ },
  {
    what: "an unknown sort",
    path: "/artifacts/filter",
    body: { sort: "'; DROP TABLE artifact" },
    status: 422,
    says: /enum/,
  },
];

describeEachDatabase("hostile input", (given) => {
  const server = useTestServer(given);

  test.each(attacks)(
    "$what is answered with $status",
    async ({ method = "POST", path, body, headers, status, says }) => {
      const answer = await server.request(method, `/api${path}`, {
        body,
        ...(headers === undefined ? {} : { headers }),
      });
      expect({ status: answer.status, text: answer.text.slice(0, 2000) }).toEqual({
        status,
        text: expect.stringMatching(new RegExp(says, "s")),
      });
      expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    },
  );

  test("a lone surrogate is refused or kept as a replacement, and nothing breaks", async () => {
    const answer = await server.request("POST", "/api/logs/", {
      body: `[{"name":"a","level":20,"message":"\\ud800","timestamp":"2026-01-01T00:00:00Z"}]`,
    });
    expect([201, 422]).toContain(answer.status);
  });

  test("a NUL in a log line is dropped, and the line is kept", async () => {
    const line = { ...LOG, message: "a\u0000b", flow_run_id: ID };
    expect((await server.request("POST", "/api/logs/", { body: [line] })).status).toBe(201);
    const listed = await server.request("POST", "/api/logs/filter", {
      body: { logs: { flow_run_id: { any_: [ID] } } },
    });
    expect(listed.json).toMatchObject([{ message: "ab" }]);
  });

  test("half of a batch that is refused is not stored", async () => {
    const run = "01890000-0000-7000-8000-000000000002";
    const body = [
      { ...LOG, flow_run_id: run },
      { ...LOG, flow_run_id: run, level: "x" },
    ];
    expect((await server.request("POST", "/api/logs/", { body })).status).toBe(422);
    const listed = await server.request("POST", "/api/logs/filter", {
      body: { logs: { flow_run_id: { any_: [run] } } },
    });
    expect(listed.json).toEqual([]);
  });

  describe("afterwards", () => {
    test("the server is well and has logged no failure", async () => {
      expect((await server.request("GET", "/api/health")).json).toBe(true);
      expect(server.logLines).toEqual([]);
    });
  });
});
