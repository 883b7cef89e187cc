import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { precompress } from "./build/precompress.ts";

/** `npm run dev` and `vite preview` show the dashboard of this server. */
const SERVER = process.env["PREFECT_UI_DEV_SERVER"] ?? "http://127.0.0.1:4200";
const proxy = {
  "/api": { target: SERVER, ws: true, changeOrigin: true },
  "/ui-settings": { target: SERVER, changeOrigin: true },
};

/** The product's public subpaths, straight from source: the dashboard is built before the product is. */
export const alias = Object.fromEntries(
  ["client", "domain"].map((room) => [
    `prefect-ts/${room}`,
    fileURLToPath(new URL(`../prefect-ts/src/${room}/index.ts`, import.meta.url)),
  ]),
);

export default defineConfig({
  plugins: [react(), tailwindcss(), precompress()],
  resolve: { alias },
  server: { proxy },
  preview: { proxy },
  build: { target: "es2022", reportCompressedSize: false },
});
