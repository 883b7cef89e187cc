import { spawn } from "node:child_process";
import { median } from "./statistics.ts";

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * The median of each command's time from its start to its end, in milliseconds. They take turns, so that a busy
 * moment of the machine hits all of them.
 */
export async function timeCommands<Name extends string>(
  commands: Readonly<Record<Name, Command>>,
  rounds: number,
  env: NodeJS.ProcessEnv,
): Promise<Record<Name, number>> {
  const names = Object.keys(commands) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  // The first round fills the caches of the disk.
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const ms = await timeOnce(commands[name], env);
      if (round > 0) times.get(name)?.push(ms);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<Name, number>;
}

function timeOnce({ program, args }: Command, env: NodeJS.ProcessEnv): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(program, args, { env, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(performance.now() - startedAt);
      else reject(new Error(`${program} ${args.join(" ")} ended with ${code}:\n${said}`));
    });
  });
}
