/** Starting programs from the repository's scripts. */
import { spawn } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

export const REPOSITORY = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs a program in the repository, its output going where ours goes; answers its exit code. */
export function run(command, args, { env, cwd = REPOSITORY, stdio = ["ignore", "inherit", "inherit"] } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio });
    child.on("error", (cause) => reject(new Error(`${command} could not be started: ${cause.message}`, { cause })));
    child.on("close", (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}

/** Runs a Node program; the same Node as ours. */
export const runNode = (args, options) => run(process.execPath, args, options);

/** The program's entry inside node_modules: needs no shell and no PATH. */
export const bin = (path) => `${REPOSITORY}/node_modules/${path}`;

/** npm as the one that started us, or the one on the PATH. */
export function runNpm(args, options) {
  const npm = process.env.npm_execpath;
  return npm ? runNode([npm, ...args], options) : run("npm", args, options);
}
