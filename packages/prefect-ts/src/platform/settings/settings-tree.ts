import type { Settings } from "./settings.ts";
import { definitionOf, type SettingName, settingNames } from "./table.ts";

/** The groups of Prefect's settings; a name below a group is the rest of the variable's name. */
const GROUPS = [
  "api",
  "cli",
  "client",
  "client.metrics",
  "cloud",
  "deployments",
  "events",
  "experiments",
  "flows",
  "internal",
  "logging",
  "logging.to_api",
  "plugins",
  "results",
  "runner",
  "runner.server",
  "server",
  "server.api",
  "server.concurrency",
  "server.database",
  "server.database.sqlalchemy",
  "server.database.sqlalchemy.connect_args",
  "server.database.sqlalchemy.connect_args.tls",
  "server.deployments",
  "server.docket",
  "server.ephemeral",
  "server.events",
  "server.flow_run_graph",
  "server.logs",
  "server.services",
  "server.services.cancellation_cleanup",
  "server.services.cleanup_reconciler",
  "server.services.db_vacuum",
  "server.services.event_logger",
  "server.services.event_persister",
  "server.services.foreman",
  "server.services.late_runs",
  "server.services.pause_expirations",
  "server.services.repossessor",
  "server.services.scheduler",
  "server.services.task_run_recorder",
  "server.services.triggers",
  "server.tasks",
  "server.tasks.scheduling",
  "server.ui",
  "server.worker_channel",
  "tasks",
  "tasks.runner",
  "tasks.scheduling",
  "telemetry",
  "testing",
  "worker",
  "worker.webserver",
];

const MASK = "**********";

type Tree = { [key: string]: unknown };

/** Every setting with its value, in the groups of Prefect's own `/admin/settings`; secrets are masked. */
export function settingsTree(settings: Settings): Tree {
  const tree: Tree = {};
  for (const name of settingNames) {
    const { group, key } = placeOf(name);
    let branch = tree;
    for (const part of group) {
      const next = branch[part] ?? {};
      branch[part] = next;
      branch = next as Tree;
    }
    branch[key] = shown(settings, name);
  }
  return tree;
}

function shown(settings: Settings, name: SettingName): unknown {
  const value = settings.get(name) ?? null;
  return definitionOf(name).isSecret === true && value !== null ? MASK : value;
}

/** The longest group that the name begins with, and what is left of the name. */
function placeOf(name: SettingName): { group: readonly string[]; key: string } {
  const rest = name.replace(/^PREFECT_/, "").toLowerCase();
  let found = "";
  for (const group of GROUPS) {
    const isPrefix = rest.startsWith(`${group.replaceAll(".", "_")}_`);
    if (isPrefix && group.length > found.length) found = group;
  }
  return found === "" ? { group: [], key: rest } : { group: found.split("."), key: rest.slice(found.length + 1) };
}
