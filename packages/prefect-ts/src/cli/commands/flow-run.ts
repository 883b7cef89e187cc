import { spawn } from "node:child_process";
import type { FlowRun } from "../../domain/flow-runs.ts";
import { quoted } from "../../platform/log-format.ts";
import { unlessNotFound } from "../api-connection.ts";
import { CliError } from "../cli-error.ts";
import { command, flagOption, outputOption, uuidArgument } from "../command.ts";
import type { CliContext } from "../context.ts";
import { isJsonWanted } from "../output.ts";
import { pretty } from "../render/pretty.ts";
import { logs } from "./flow-run-logs.ts";
import { ls } from "./flow-run-ls.ts";

const inspect = command({
  name: "flow-run inspect",
  summary: "View details about a flow run.",
  args: { id: uuidArgument() },
  options: { web: flagOption("Open the flow run in a web browser.", false), output: outputOption },

  async run({ id, web, output }, context) {
    const { out, settings } = context;
    const isJson = isJsonWanted(output);
    const run = await existingFlowRun(context, id);
    if (web) {
      const uiUrl = settings.get("PREFECT_UI_URL");
      if (uiUrl === undefined) {
        throw new CliError("Failed to generate URL for flow run. Make sure PREFECT_UI_URL is configured.");
      }
      await openInBrowser(`${uiUrl}/runs/flow-run/${id}`);
      out.success(`Opened flow run ${quoted(id)} in browser.`);
    } else if (isJson) out.json(run);
    else out.line(pretty("FlowRun", run, out.width));
  },
});

const remove = command({
  name: "flow-run delete",
  summary: "Delete a flow run by ID.",
  args: { id: uuidArgument() },

  async run({ id }, context) {
    const { out, prompt } = context;
    await existingFlowRun(context, id);
    const question = `Are you sure you want to delete flow run with id ${quoted(id)}?`;
    if (prompt.canAsk && !(await prompt.confirm(question, false))) throw new CliError("Deletion aborted.");
    const client = await context.client();
    await client.flow_runs.delete({ id });
    out.success(`Successfully deleted flow run '${id}'.`);
  },
});

const cancel = command({
  name: "flow-run cancel",
  summary: "Cancel a flow run by ID.",
  args: { id: uuidArgument() },

  async run({ id }, context) {
    const { out } = context;
    const client = await context.client();
    const result = await unlessNotFound(client.flow_runs.set_state({ id, state: { type: "CANCELLING" } }));
    if (result === undefined) throw notFound(id);
    // A run that has not started is cancelled at once, and the server says so by REJECT with CANCELLED.
    const { status, state, details } = result;
    const isCancelled = state?.type === "CANCELLED" || state?.type === "CANCELLING";
    if (status === "ABORT" || !isCancelled) {
      const reason = "reason" in details ? details.reason : "unknown";
      throw new CliError(`Flow run '${id}' was unable to be cancelled. Reason: '${reason}'`);
    }
    out.success(`Flow run '${id}' was successfully scheduled for cancellation.`);
  },
});

async function existingFlowRun(context: CliContext, id: string): Promise<FlowRun> {
  const client = await context.client();
  const run = await unlessNotFound(client.flow_runs.get({ id }));
  if (run === undefined) throw notFound(id);
  return run;
}

function notFound(id: string): CliError {
  return new CliError(`Flow run '${id}' not found!`);
}

/** Rejects when the machine has no way to open a page; the message says which page it was. */
async function openInBrowser(url: string): Promise<void> {
  const opener = { darwin: "open", win32: "explorer" }[process.platform as string] ?? "xdg-open";
  await new Promise<void>((resolve, reject) => {
    const child = spawn(opener, [url], { stdio: "ignore", detached: true });
    child.once("spawn", () => {
      child.unref();
      resolve();
    });
    child.once("error", () => reject(new CliError(`No browser could be opened here. The page is ${url}`)));
  });
}

export const flowRunCommands = [ls, inspect, logs, cancel, remove];
