import type { FlowRun } from "../../domain/flow-runs.ts";
import type { StateType } from "../../domain/states.ts";
import { systemClock } from "../../platform/clock.ts";
import { quoted } from "../../platform/log-format.ts";
import { CliError } from "../cli-error.ts";
import { command, intOption, listOption, outputOption } from "../command.ts";
import { isJsonWanted, type Output } from "../output.ts";
import { relativeTime } from "../relative-time.ts";
import type { Style } from "../render/style.ts";

const STATE_NAMES = [
  "Scheduled",
  "Pending",
  "Running",
  "Completed",
  "Failed",
  "Cancelled",
  "Crashed",
  "Paused",
  "Cancelling",
  "Suspended",
  "AwaitingRetry",
  "Retrying",
  "Late",
];

export const ls = command({
  name: "flow-run ls",
  summary: "View recent flow runs or flow runs for specific flows.",
  options: {
    flowName: listOption("Name of the flow"),
    limit: intOption("Maximum number of flow runs to list", 15),
    state: listOption("Name of the flow run's state"),
    stateType: listOption("Type of the flow run's state"),
    output: outputOption,
  },

  async run({ flowName, limit, state, stateType, output }, context) {
    const { out } = context;
    const isJson = isJsonWanted(output);
    const names = state.map((name) => officialName(name, out));
    const types = stateType.length > 0 ? await readStateTypes(stateType) : [];

    const client = await context.client();
    const runs = await client.flow_runs.filter({
      ...(flowName.length > 0 ? { flows: { name: { any_: [...flowName] } } } : {}),
      flow_runs: {
        state: {
          ...(names.length > 0 ? { name: { any_: names } } : {}),
          ...(types.length > 0 ? { type: { any_: types } } : {}),
        },
      },
      limit,
      sort: "EXPECTED_START_TIME_DESC",
    });
    if (isJson) {
      out.json(runs);
      return;
    }
    if (runs.length === 0) {
      out.success("No flow runs found.");
      return;
    }
    const flows = await client.flows.filter({ flows: { id: { any_: [...new Set(runs.map((run) => run.flow_id))] } } });
    printRuns(runs, new Map(flows.map(({ id, name }) => [id, name])), out);
  },
});

function printRuns(runs: readonly FlowRun[], flowNames: ReadonlyMap<string, string>, out: Output): void {
  const now = systemClock.now();
  out.table({
    title: "Flow Runs",
    columns: [
      { title: "ID", align: "right", style: "cyan", isNoWrap: true },
      { title: "Flow", style: "blue", isNoWrap: true },
      { title: "Name", style: "green", isNoWrap: true },
      { title: "State", isNoWrap: true },
      { title: "When", style: "bold", isNoWrap: true },
    ],
    rows: runs
      .toSorted((a, b) => (a.created < b.created ? 1 : -1))
      .map((run) => [
        run.id,
        flowNames.get(run.flow_id) ?? "",
        run.name,
        stateCell(run.state_type),
        relativeTime(timeOf(run), now),
      ]),
  });
}

function timeOf({ state }: FlowRun): string | null | undefined {
  return state?.type === "SCHEDULED" ? state.state_details.scheduled_time : state?.timestamp;
}

function stateCell(type: StateType | null): string | { text: string; style: Style } {
  return type === null ? "" : { text: type, style: stateStyle(type) };
}

function stateStyle(type: StateType): Style {
  switch (type) {
    case "COMPLETED":
      return "green";
    case "FAILED":
    case "CRASHED":
      return "red";
    case "RUNNING":
      return "blue";
    case "CANCELLED":
    case "CANCELLING":
      return "gray";
    default:
      return "yellow";
  }
}

/** Any spelling of a known name; another name is taken as it is, for states may have any. */
function officialName(name: string, out: Output): string {
  const official = STATE_NAMES.find((known) => known.toUpperCase() === name.toUpperCase());
  if (official === undefined)
    out.note(`State name ${quoted(name)} is not one of the official Prefect state names.`, "yellow");
  return official ?? name;
}

async function readStateTypes(texts: readonly string[]): Promise<StateType[]> {
  const { stateTypes } = await import("../../domain/states.ts");
  return texts.map((text) => {
    const type = stateTypes.find((known) => known === text.toUpperCase());
    if (type === undefined) throw new CliError(`Invalid state type. Options are ${stateTypes.join(", ")}.`);
    return type;
  });
}
