import { expect, test } from "vitest";
import { resolveApiUrl } from "./ui-settings.ts";

test.each([
  { api: "http://127.0.0.1:4200/api", page: "http://localhost:4200/runs", becomes: "http://localhost:4200/api" },
  { api: "/api", page: "https://prefect.example/runs", becomes: "https://prefect.example/api" },
  { api: "/base/api/", page: "https://prefect.example/", becomes: "https://prefect.example/base/api" },
  { api: "http://127.0.0.1:4201/api", page: "http://localhost:4200/", becomes: "http://127.0.0.1:4201/api" },
  { api: "https://api.example/api", page: "http://localhost:4200/", becomes: "https://api.example/api" },
])("$api seen from $page is $becomes", ({ api, page, becomes }) => {
  expect(resolveApiUrl(api, new URL(page))).toBe(becomes);
});
