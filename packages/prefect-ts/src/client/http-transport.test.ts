import { describe, expect, test } from "vitest";
import { createHttpTransport } from "./http-transport.ts";
import type { RouteCall } from "./transport.ts";

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

/** A fetch that answers what it is told, in turn, and remembers what was sent. */
function fakeFetch(...answers: (() => Response)[]) {
  const sent: Sent[] = [];
  const fetch = async (url: string | URL | Request, init: RequestInit = {}) => {
    sent.push({ url: String(url), init });
    const answer = answers[sent.length - 1];
    if (answer === undefined) throw new Error(`unexpected call ${sent.length}: ${String(url)}`);
    return answer();
  };
  return { sent, fetch };
}

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  () =>
    new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });

const read: RouteCall = { group: "flow_runs", name: "get_input", params: { id: "a b", key: "k/1" }, query: {} };
const write: RouteCall = { group: "flow_runs", name: "filter", params: {}, query: {}, body: '{"limit":1}' };

function headersOf(sent: Sent | undefined): Record<string, string> {
  return Object.fromEntries(new Headers(sent?.init.headers));
}

describe("createHttpTransport", () => {
  test("fills path and query in and hands the answer back as text", async () => {
    const { sent, fetch } = fakeFetch(json(200, 7));
    const transport = createHttpTransport({ apiUrl: "http://there/api/", fetch });
    const reply = await transport({ ...read, query: { client: "x y" } });
    expect(sent[0]?.url).toBe("http://there/api/flow_runs/a%20b/input/k%2F1?client=x+y");
    expect(reply).toEqual({ status: 200, body: "7", contentType: "application/json" });
  });

  test("sends body, content type and the caller's headers", async () => {
    const { sent, fetch } = fakeFetch(json(200, []));
    const headers = () => ({ Authorization: "Basic abc" });
    await createHttpTransport({ apiUrl: "http://there/api", csrf: "off", headers, fetch })(write);
    expect(sent[0]?.init).toMatchObject({ method: "POST", body: '{"limit":1}' });
    expect(headersOf(sent[0])).toEqual({ authorization: "Basic abc", "content-type": "application/json" });
  });

  test("tells how long to wait", async () => {
    const { fetch } = fakeFetch(json(423, {}, { "retry-after": "2.5" }));
    const reply = await createHttpTransport({ apiUrl: "http://there/api", fetch })(read);
    expect(reply.retryAfterSeconds).toBe(2.5);
  });

  test("says who did not answer, and why", async () => {
    const fetch = async () => {
      throw new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") });
    };
    const call = createHttpTransport({ apiUrl: "http://there/api", fetch })(read);
    await expect(call).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: "No answer from http://there/api to GET /flow_runs/:id/input/:key: connect ECONNREFUSED",
    });
  });
});

describe("CSRF tokens", () => {
  const token = (text: string) => json(200, { token: text, expiration: "2025-01-01T00:00:00Z" });

  test("mutations carry one token for all; reads ask for none", async () => {
    const { sent, fetch } = fakeFetch(json(200, 1), token("t1"), json(200, []), json(200, []));
    const transport = createHttpTransport({ apiUrl: "http://there/api", fetch });
    await transport(read);
    await transport(write);
    await transport(write);
    expect(sent.map(({ url }) => url.replace(/client=.*/, ""))).toEqual([
      "http://there/api/flow_runs/a%20b/input/k%2F1",
      "http://there/api/csrf-token?",
      "http://there/api/flow_runs/filter",
      "http://there/api/flow_runs/filter",
    ]);
    expect(headersOf(sent[3])).toMatchObject({ "prefect-csrf-token": "t1" });
  });

  test("a server without protection is asked once", async () => {
    const { sent, fetch } = fakeFetch(json(422, { detail: "off" }), json(200, []), json(200, []));
    const transport = createHttpTransport({ apiUrl: "http://there/api", fetch });
    await transport(write);
    await transport(write);
    expect(sent).toHaveLength(3);
    expect(headersOf(sent[2])).toEqual({ "content-type": "application/json" });
  });

  test("a server that was only busy is asked again", async () => {
    const { sent, fetch } = fakeFetch(json(503, {}), json(200, []), token("t1"), json(200, []));
    const transport = createHttpTransport({ apiUrl: "http://there/api", fetch });
    await transport(write);
    await transport(write);
    expect(headersOf(sent[3])).toMatchObject({ "prefect-csrf-token": "t1" });
  });

  test("an expired token is replaced and the call repeated once", async () => {
    const refusal = json(403, { detail: "Invalid CSRF token or client identifier." });
    const { sent, fetch } = fakeFetch(token("old"), refusal, token("new"), json(201, { id: 1 }));
    const reply = await createHttpTransport({ apiUrl: "http://there/api", fetch })(write);
    expect(reply.status).toBe(201);
    expect(headersOf(sent[3])).toMatchObject({ "prefect-csrf-token": "new" });
  });
});
