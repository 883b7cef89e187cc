/** npm run typecheck: every workspace and the scripts, with the native compiler. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { bin, REPOSITORY, runNode } from "./run.mjs";

const COMPILER = bin("typescript-native/bin/tsc");
const PARENTS = ["packages", "integrations"];
const FOLDERS = ["scripts", "examples", "benchmarks"];

const parents = PARENTS.filter((parent) => existsSync(join(REPOSITORY, parent))); // git keeps no empty folders
const inside = parents.flatMap((parent) => readdirSync(join(REPOSITORY, parent)).map((name) => `${parent}/${name}`));
const projects = [...inside, ...FOLDERS].filter((folder) => existsSync(join(REPOSITORY, folder, "tsconfig.json")));
for (const project of projects) {
  const code = await runNode([COMPILER, "--noEmit", "-p", join(REPOSITORY, project)]);
  if (code !== 0) {
    console.log(`${project} has type errors`);
    process.exitCode = 1;
  }
}
