/** npm run build: the dashboard, the product, and the dashboard's files beside the server that serves them. */
import { cpSync } from "node:fs";
import { join } from "node:path";
import { bin, REPOSITORY, runNode } from "./run.mjs";

const UI = join(REPOSITORY, "packages/ui");
const PRODUCT = join(REPOSITORY, "packages/prefect-ts");

async function build(cwd, program, args) {
  const code = await runNode([bin(program), ...args], { cwd });
  if (code !== 0) process.exit(code);
}

await build(UI, "vite/bin/vite.js", ["build", "--logLevel", "warn"]);
await build(PRODUCT, "tsdown/dist/run.mjs", ["--log-level", "warn"]);
cpSync(join(UI, "dist"), join(PRODUCT, "dist/ui"), { recursive: true });
// What npm shows and what the licence asks for travel in the package.
for (const name of ["README.md", "LICENSE", "CHANGELOG.md"]) cpSync(join(REPOSITORY, name), join(PRODUCT, name));
