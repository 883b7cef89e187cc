/** Makes a checkout ready to run: installs what is missing, builds what is older than its sources. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY, runNode, runNpm } from "./run.mjs";

const OUTPUTS = [
  "packages/prefect-ts/dist/cli.js",
  "packages/prefect-ts/dist/index.js",
  "packages/prefect-ts/dist/ui/index.html",
];
const SOURCES = ["packages/prefect-ts", "packages/ui"];

export async function prepare() {
  await install();
  if (!isBuilt()) await must("npm run build", await runNode([path("scripts/build.mjs")]));
}

export async function install() {
  // Not `npm ci`: it refuses a lockfile without the packages for other platforms, which a registry's mirror may lack.
  if (!isInstalled()) await must("npm install", await runNpm(["install", "--no-save"]));
}

/** Whether node_modules holds what the lockfile names: npm keeps a record of what it has installed. */
function isInstalled() {
  const record = path("node_modules/.package-lock.json");
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(path("package-lock.json"), "utf8")).packages;
  const present = JSON.parse(readFileSync(record, "utf8")).packages;
  return Object.entries(wanted).every(
    ([name, entry]) =>
      !name.includes("node_modules/") || entry.optional || entry.peer || present[name]?.version === entry.version,
  );
}

function isBuilt() {
  if (!OUTPUTS.every((output) => existsSync(path(output)))) return false;
  const oldest = Math.min(...OUTPUTS.map((output) => statSync(path(output)).mtimeMs));
  return (
    Math.max(statSync(path("package-lock.json")).mtimeMs, ...SOURCES.map((folder) => newest(path(folder)))) <= oldest
  );
}

/** When the newest of a workspace's sources was written; tests do not enter the build. */
function newest(folder) {
  const times = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    if (/^(dist|node_modules|tests|\..*)$|\.test\.tsx?$/.test(entry.name)) return 0;
    const child = join(folder, entry.name);
    return entry.isDirectory() ? newest(child) : statSync(child).mtimeMs;
  });
  return Math.max(0, ...times);
}

async function must(what, code) {
  if (code !== 0) throw new Error(`${what} failed with exit code ${code}; its output is above`);
}

function path(...parts) {
  return join(REPOSITORY, ...parts);
}
