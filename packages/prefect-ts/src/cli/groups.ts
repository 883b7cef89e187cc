import type { Command } from "./command.ts";

/** A command group and the file that has its commands: `prefect --help` needs the words, a command only its own file. */
export interface Group {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  load(): Promise<readonly Command[]>;
}

/** A group whose only command has the group's name is a command itself (`prefect version`). */
export const groups: readonly Group[] = [
  {
    name: "config",
    aliases: [],
    summary: "View and set Prefect settings.",
    load: async () => (await import("./commands/config.ts")).configCommands,
  },
  {
    name: "flow",
    aliases: ["flows"],
    summary: "View and serve flows.",
    load: async () => (await import("./commands/flow.ts")).flowCommands,
  },
  {
    name: "flow-run",
    aliases: ["flow-runs"],
    summary: "Interact with flow runs.",
    load: async () => (await import("./commands/flow-run.ts")).flowRunCommands,
  },
  {
    name: "profile",
    aliases: ["profiles"],
    summary: "Select and manage Prefect profiles.",
    load: async () => (await import("./commands/profile.ts")).profileCommands,
  },
  {
    name: "server",
    aliases: [],
    summary: "Start a Prefect server instance and interact with the database.",
    load: async () => (await import("./commands/server.ts")).serverCommands,
  },
  {
    name: "version",
    aliases: [],
    summary: "Get the current Prefect version and integration information.",
    load: async () => (await import("./commands/version.ts")).versionCommands,
  },
];

export function findGroup(name: string): Group | undefined {
  return groups.find((group) => group.name === name || group.aliases.includes(name));
}
