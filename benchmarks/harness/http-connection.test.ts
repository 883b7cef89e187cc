import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { HttpConnection, readAnswer } from "./http-connection.ts";

const SPLIT_ANSWER = "HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\nbody";
const CHUNKED_ANSWER = "HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nbo\r\n2\r\ndy\r\n0\r\n\r\n";

describe("an answer", () => {
  test.each([
    [SPLIT_ANSWER, { status: 201, body: "body" }],
    [CHUNKED_ANSWER, { status: 503, body: "body" }],
    ["HTTP/1.1 204 No Content\r\nDate: now\r\n\r\n", { status: 204, body: "" }],
  ])("is read when its last byte is there: %j", (text, expected) => {
    const whole = Buffer.from(text);
    for (let length = 0; length < whole.length; length += 1) {
      expect(readAnswer(whole.subarray(0, length))).toBeUndefined();
    }
    expect(readAnswer(whole)).toEqual(expected);
  });
});

describe("a connection", () => {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      if (request.url === "/break") request.socket.destroy();
      else response.end(`${request.method} ${request.url} ${body}`);
    });
  });
  afterEach(() => {
    server.closeAllConnections();
  });

  test("carries one request after the other, and the next after it broke", async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const connection = new HttpConnection((server.address() as AddressInfo).port);
    expect(await connection.request("POST", "/a", "ü")).toEqual({ status: 200, body: "POST /a ü" });
    await expect(connection.request("GET", "/break")).rejects.toThrow("closed the connection");
    expect(await connection.request("GET", "/b")).toEqual({ status: 200, body: "GET /b " });
    connection.close();
    server.close();
  });
});
