import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createStaticFiles } from "./static-files.ts";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "prefect-ts-ui-"));
  await mkdir(join(folder, "build", "assets"), { recursive: true });
  await writeFile(join(folder, "secret.txt"), "secret");
  await writeFile(join(folder, "build", "index.html"), "<html>page</html>");
  await writeFile(join(folder, "build", "assets", "app-1a2b.js"), "code");
  await writeFile(join(folder, "build", "assets", "app-1a2b.js.gz"), gzipSync("code"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function find(path: string, acceptEncoding = "") {
  const file = await createStaticFiles(join(folder, "build")).find(path, acceptEncoding);
  return file === undefined ? undefined : { text: file.body.toString(), headers: file.headers };
}

test("an asset is kept for ever", async () => {
  expect(await find("/assets/app-1a2b.js")).toEqual({
    text: "code",
    headers: expect.objectContaining({
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "public, max-age=31536000, immutable",
    }),
  });
});

test("a compressed copy goes to those who take it", async () => {
  const file = await find("/assets/app-1a2b.js", "gzip, br");
  expect(file?.headers).toMatchObject({ "content-encoding": "gzip", "content-type": "text/javascript; charset=utf-8" });
});

test.each(["/", "/index.html", "/runs/abc?x", "/deep/er/path"])(
  "%s is the page, asked for anew each time",
  async (path) => {
    expect(await find(path)).toMatchObject({ text: "<html>page</html>", headers: { "cache-control": "no-cache" } });
  },
);

test("an asset of another release is not the page", async () => {
  expect(await find("/assets/app-old.js")).toBeUndefined();
});

test.each(["/../secret.txt", "/assets/../../secret.txt", "//../secret.txt"])("%s does not lead out", async (path) => {
  expect((await find(path))?.text).not.toBe("secret");
});

test("without a build a page says what to do", async () => {
  const file = await createStaticFiles(join(folder, "nothing-here")).find("/", "");
  expect(file?.body.toString()).toContain("npm run build");
});
