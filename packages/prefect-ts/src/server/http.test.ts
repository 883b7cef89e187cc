import { request as plainRequest } from "node:http";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { describeEachDatabase } from "../testing/databases.ts";
import { type TestServer, useTestServer } from "../testing/test-server.ts";

const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

describeEachDatabase("HTTP", (given) => {
  describe("as it comes", () => {
    const server = useTestServer(given);
    const get = (path: string, headers: Record<string, string> = {}) => server.request("GET", path, { headers });

    test.each([
      ["/api/health", true],
      ["/api/version", "0.8.4"],
      ["/api/hello", "\u{1F44B}"],
      ["/api/ready", { message: "OK" }],
      ["/api/admin/version", "3.8.8"],
      ["/api/admin/storage", { default_result_storage_block_id: null }],
      ["/api/ext", { server: "prefect-ts", features: [] }],
    ])("GET %s answers %j", async (path, body) => {
      expect(await get(path)).toMatchObject({ status: 200, json: body });
    });

    test("clients learn from one sentence that CSRF protection is off", async () => {
      const answer = await get("/api/csrf-token?client=me");
      expect(answer).toMatchObject({ status: 422, json: { detail: "CSRF protection is disabled." } });
    });

    test("settings are a tree in which secrets are masked", async () => {
      const { json } = await get("/api/admin/settings");
      expect(json).toMatchObject({
        server: { api: { port: 4200, auth_string: null }, services: { scheduler: { enabled: true } } },
      });
      expect(json).toMatchObject({ server: { database: { connection_url: "**********", password: null } } });
    });

    test.each([
      ["/api/flows", "/api/flows/"],
      ["/api/flows?a=1&b=2", "/api/flows/?a=1&b=2"],
      ["/api/health/", "/api/health"],
    ])("the other spelling %s is redirected with its query", async (path, target) => {
      const answer = await server.request("POST", path, { body: {} });
      expect({ status: answer.status, location: answer.headers.get("location") }).toEqual({
        status: 307,
        location: target,
      });
    });

    test("an unknown path of the API is 404 as JSON, another one is the dashboard", async () => {
      expect(await get("/api/nope")).toMatchObject({ status: 404, json: { detail: "Not Found" } });
      expect((await get("/runs/some-run")).headers.get("content-type")).toMatch(/^text\/html/);
      expect(await get("/assets/nope.js")).toMatchObject({ status: 404 });
    });

    test("another method is 405 and named", async () => {
      const answer = await server.request("PUT", "/api/flows/", { body: {} });
      expect(answer).toMatchObject({ status: 405, json: { detail: "Method Not Allowed" } });
      expect(answer.headers.get("allow")).toBe("POST");
    });

    test("a body without a content type is JSON", async () => {
      expect(await postWithoutType(server, "/api/flows/filter", '{"limit": 0}')).toEqual({ status: 200, text: "[]" });
    });

    test.each([
      ["0.8.4", 200],
      ["0.8.0", 200],
      ["0.10.0", 200],
      ["0.7.9", 400],
      ["one", 400],
    ])("the API version %s is answered with %i", async (version, status) => {
      expect((await get("/api/admin/version", { "x-prefect-api-version": version })).status).toBe(status);
      expect((await get("/api/health", { "x-prefect-api-version": version })).status).toBe(200);
    });

    test("long answers are compressed for those who take it, short ones are not", async () => {
      const long = await rawGet(server, "/api/admin/settings", "gzip");
      expect(long.encoding).toBe("gzip");
      expect(JSON.parse(gunzipSync(long.body).toString())).toMatchObject({ debug_mode: false });
      expect((await rawGet(server, "/api/admin/settings", "identity")).encoding).toBeUndefined();
      expect((await rawGet(server, "/api/admin/settings", "gzip;q=0")).encoding).toBeUndefined();
      expect((await rawGet(server, "/api/health", "gzip")).encoding).toBeUndefined();
    });

    test("pages of elsewhere may neither write nor read", async () => {
      const foreign = { origin: "https://evil.example" };
      expect((await server.request("POST", "/api/flows/filter", { body: {}, headers: foreign })).status).toBe(403);
      expect((await get("/api/admin/version", foreign)).headers.get("access-control-allow-origin")).toBeNull();
      const preflight = await server.request("OPTIONS", "/api/flows/filter", { headers: foreign });
      expect(preflight.status).toBe(400);
    });

    test("pages of this machine may do both", async () => {
      const local = { origin: "http://localhost:5173", "access-control-request-headers": "x-a" };
      const answer = await server.request("POST", "/api/flows/filter", { body: {}, headers: local });
      expect(answer.status).toBe(200);
      expect(answer.headers.get("access-control-allow-origin")).toBe("http://localhost:5173");
      const preflight = await server.request("OPTIONS", "/api/flows/filter", { headers: local });
      expect(preflight.status).toBe(200);
      expect(preflight.headers.get("access-control-allow-headers")).toBe("x-a");
    });

    test("a foreign name for this machine is refused", async () => {
      expect((await rawGet(server, "/api/health", "identity", "rebound.example")).status).toBe(403);
      expect((await rawGet(server, "/api/health", "identity", "localhost:1")).status).toBe(200);
    });

    test("the dashboard learns what it needs", async () => {
      expect((await get("/ui-settings")).json).toMatchObject({ api_url: "/api", csrf_enabled: false, auth: null });
    });
  });

  describe("with a password", () => {
    const server = useTestServer(given, { PREFECT_SERVER_API_AUTH_STRING: "admin:pass" });

    test.each([
      [undefined, 401],
      [basic("admin:pass"), 200],
      [basic("admin:wrong"), 401],
      [`basic ${basic("admin:pass").slice(6)}`, 401],
      ["Bearer admin:pass", 401],
    ])("authorization %s is answered with %i", async (authorization, status) => {
      const answer = await server.request("GET", "/api/admin/version", {
        headers: authorization === undefined ? {} : { authorization },
      });
      expect(answer.status).toBe(status);
      if (status === 401) expect(answer.json).toEqual({ exception_message: "Unauthorized" });
    });

    test.each(["/api/health", "/api/ready", "/ui-settings", "/"])("%s needs none", async (path) => {
      expect((await server.request("GET", path)).status).toBe(200);
    });

    test("the settings do not show it", async () => {
      const headers = { authorization: basic("admin:pass") };
      const { text } = await server.request("GET", "/api/admin/settings", { headers });
      expect(text).toContain('"auth_string":"**********"');
      expect(text).not.toContain("admin:pass");
    });
  });

  describe("with CSRF protection", () => {
    const server = useTestServer(given, { PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED: true });
    const post = (headers: Record<string, string>) =>
      server.request("POST", "/api/flows/filter", { body: {}, headers });

    test("a write needs the token of its client", async () => {
      const { json } = await server.request("GET", "/api/csrf-token?client=me");
      const { token } = json as { token: string };
      expect(token).toMatch(/^[0-9a-f]{64}$/);
      const mine = { "prefect-csrf-client": "me", "prefect-csrf-token": token };
      expect((await post(mine)).status).toBe(200);
      expect(await post({})).toMatchObject({ status: 403 });
      expect(await post({ ...mine, "prefect-csrf-client": "you" })).toMatchObject({
        status: 403,
        json: { detail: expect.stringContaining("Invalid CSRF token") },
      });
      expect((await server.request("GET", "/api/admin/version")).status).toBe(200);
    });

    test("asking again gives the client another token, and the old one ends", async () => {
      const ask = async () =>
        ((await server.request("GET", "/api/csrf-token?client=again")).json as { token: string }).token;
      const [old, young] = [await ask(), await ask()];
      expect((await post({ "prefect-csrf-client": "again", "prefect-csrf-token": old })).status).toBe(403);
      expect((await post({ "prefect-csrf-client": "again", "prefect-csrf-token": young })).status).toBe(200);
    });
  });
});

interface RawAnswer {
  readonly status: number | undefined;
  readonly encoding: string | undefined;
  readonly body: Buffer;
}

/** `fetch` decodes bodies and sets `Host` itself. */
function rawGet(server: TestServer, path: string, acceptEncoding: string, host?: string): Promise<RawAnswer> {
  const headers = { "accept-encoding": acceptEncoding, ...(host === undefined ? {} : { host }) };
  return exchange(server, "GET", path, headers);
}

async function postWithoutType(server: TestServer, path: string, body: string) {
  const answer = await exchange(server, "POST", path, {}, body);
  return { status: answer.status, text: answer.body.toString() };
}

function exchange(server: TestServer, method: string, path: string, headers: object, body?: string) {
  return new Promise<RawAnswer>((resolve, reject) => {
    const request = plainRequest(server.running.url + path, { method, headers: { ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const encoding = response.headers["content-encoding"];
        resolve({ status: response.statusCode, encoding, body: Buffer.concat(chunks) });
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}
