/** Runs every program of `examples/` as its reader would, with the embedded server in a home of its own. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepare } from "./prepare.mjs";
import { REPOSITORY, runNode } from "./run.mjs";

const EXAMPLES = join(REPOSITORY, "examples");
const LOADER = new URL("../node_modules/jiti/lib/jiti-register.mjs", import.meta.url).href;

await prepare();
// They run embedded, whatever server and profile whoever starts them works with.
for (const name of Object.keys(process.env)) if (name.startsWith("PREFECT_")) delete process.env[name];
const programs = readdirSync(EXAMPLES).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
for (const program of programs) {
  const home = mkdtempSync(join(tmpdir(), "prefect-ts-example-"));
  console.log(`examples/${program}`);
  const env = { PREFECT_HOME: home };
  const code = await runNode(["--import", LOADER, join(EXAMPLES, program)], { cwd: home, env });
  rmSync(home, { recursive: true, force: true });
  if (code !== 0) {
    console.log(`examples/${program} ended with exit code ${code}`);
    process.exitCode = 1;
  }
}
