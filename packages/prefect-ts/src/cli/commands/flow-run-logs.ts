import type { Client } from "../../client/client.ts";
import type { Log } from "../../domain/logs.ts";
import { levelName, quoted } from "../../platform/log-format.ts";
import { unlessNotFound } from "../api-connection.ts";
import { CliError } from "../cli-error.ts";
import { command, flagOption, intOption, outputOption, uuidArgument } from "../command.ts";
import { isJsonWanted } from "../output.ts";
import { logTimestamp } from "../relative-time.ts";

const SHOWN_BY_HEAD_AND_TAIL = 20;
/** What the API gives at once unless its operator says otherwise; a smaller number may always be asked for. */
const USUAL_PAGE_SIZE = 200;

export const logs = command({
  name: "flow-run logs",
  summary: "View logs for a flow run.",
  args: { id: uuidArgument() },
  options: {
    head: flagOption(`Show the first ${SHOWN_BY_HEAD_AND_TAIL} logs instead of all logs.`, false, { short: "h" }),
    numLogs: intOption(
      `Number of logs to show when using the --head or --tail flag. If None, defaults to ${SHOWN_BY_HEAD_AND_TAIL}.`,
      undefined,
      { short: "n" },
    ),
    reverse: flagOption("Reverse the logs order to print the most recent logs first", false, { short: "r" }),
    tail: flagOption(`Show the last ${SHOWN_BY_HEAD_AND_TAIL} logs instead of all logs.`, false, { short: "t" }),
    output: outputOption,
  },

  async run({ id, head, numLogs, reverse, tail, output }, context) {
    const { out } = context;
    const isJson = isJsonWanted(output);
    if (head && tail) throw new CliError("Please provide either a `head` or `tail` option but not both.");
    if (numLogs !== undefined && numLogs < 1) throw new CliError("--num-logs must be at least 1.");

    const client = await context.client();
    const run = await unlessNotFound(client.flow_runs.get({ id }));
    if (run === undefined) throw new CliError(`Flow run '${id}' not found!`);

    const limit = numLogs ?? (head || tail ? SHOWN_BY_HEAD_AND_TAIL : Number.POSITIVE_INFINITY);
    const pages = readLogs(client, id, { isNewestFirst: reverse || tail, limit });
    const print = (page: readonly Log[]) => {
      for (const { timestamp, level, message } of page) {
        out.line(
          `${logTimestamp(timestamp)} | ${levelName(level).padEnd(7)} | Flow run ${quoted(run.name)} - ${message}`,
        );
      }
    };

    // A tail is read from its end, so it can be turned round only when all of it is there; the rest is shown as it comes.
    const kept: Log[] = [];
    for await (const page of pages) {
      if (isJson || tail) kept.push(...page);
      else print(page);
    }
    if (tail && !reverse) kept.reverse();
    if (isJson) out.json(kept);
    else print(kept);
  },
});

interface WantedLogs {
  readonly isNewestFirst: boolean;
  readonly limit: number;
}

async function* readLogs(client: Client, flowRunId: string, { isNewestFirst, limit }: WantedLogs) {
  let read = 0;
  let pageSize = 0;
  while (read < limit) {
    const left = limit - read;
    const page = await client.logs.filter({
      logs: { flow_run_id: { any_: [flowRunId] } },
      sort: isNewestFirst ? "TIMESTAMP_DESC" : "TIMESTAMP_ASC",
      ...(left < USUAL_PAGE_SIZE ? { limit: left } : {}),
      offset: read,
    });
    yield page.slice(0, left);
    read += page.length;
    pageSize = Math.max(pageSize, page.length);
    if (page.length === 0 || page.length < pageSize) return;
  }
}
