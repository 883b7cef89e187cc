import { readdirSync, readFileSync } from "node:fs";

const MEBIBYTE = 1024 * 1024;
const KIBIBYTE = 1024;
/** Linux counts a process's CPU time in these, whatever the kernel's own clock. */
const TICKS_PER_SECOND = 100;
const TICK_MS = 1000 / TICKS_PER_SECOND;

export interface ProcessUse {
  readonly rssMiB: number;
  readonly cpuMs: number;
}

/** What a process and its descendants use now; undefined where there is no /proc to read it from. */
export function processTreeUse(root: number): ProcessUse | undefined {
  const children = childrenByParent();
  if (children === undefined) return undefined;
  let rssMiB = 0;
  let cpuMs = 0;
  const open = [root];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    open.push(...(children.get(pid) ?? []));
    const use = useOf(pid);
    rssMiB += use.rssMiB;
    cpuMs += use.cpuMs;
  }
  return { rssMiB, cpuMs };
}

function childrenByParent(): Map<number, number[]> | undefined {
  const children = new Map<number, number[]>();
  try {
    for (const name of readdirSync("/proc")) {
      const parent = Number(statFields(name)[1]);
      if (/^\d+$/.test(name)) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    }
  } catch {
    return undefined;
  }
  return children;
}

function useOf(pid: number): ProcessUse {
  const fields = statFields(String(pid));
  const rss = /^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? "0";
  const ticks = Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  return { rssMiB: (Number(rss) * KIBIBYTE) / MEBIBYTE, cpuMs: ticks * TICK_MS };
}

/** The fields of `stat` after the program's name, which may hold spaces: state, parent, … */
function statFields(pid: string): string[] {
  return read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, "")
    .split(" ");
}

/** Processes end while one looks. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
