import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Settings } from "../platform/settings/settings.ts";

/** Where the process id of a background server stands; Prefect's own CLI has it in the same place. */
export function serverPidFile(settings: Settings): string {
  return join(settings.get("PREFECT_HOME"), "server.pid");
}

/** `undefined` when there is no file, or nothing sensible in it. */
export function readPid(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, "utf8").trim());
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

export function writePid(file: string, pid: number): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, String(pid), { mode: 0o600 });
}

export function removePidFile(file: string): void {
  rmSync(file, { force: true });
}

/** Whether the process lives, and may be a server: after a restart of the machine the id may be anybody's. */
export function isRunningServer(pid: number): boolean {
  return isRunning(pid) && (commandLine(pid) ?? "server").includes("server");
}

/** `undefined` where the system does not tell. */
function commandLine(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return undefined;
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** A process that has ended keeps its id until its parent asks; in a container the parent may be one that never does. */
function isZombie(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
