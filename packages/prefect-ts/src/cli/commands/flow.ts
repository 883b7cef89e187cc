import { command, intOption, outputOption } from "../command.ts";
import { isJsonWanted } from "../output.ts";
import { spokenTimestamp } from "../relative-time.ts";

const ls = command({
  name: "flow ls",
  summary: "View flows.",
  options: { limit: intOption("Maximum number of flows to list.", 15), output: outputOption },

  async run({ limit, output }, context) {
    const { out } = context;
    const isJson = isJsonWanted(output);
    const client = await context.client();
    const flows = await client.flows.filter({ limit, sort: "CREATED_DESC" });
    if (isJson) {
      out.json(flows);
      return;
    }
    if (flows.length === 0) {
      out.print("No flows found.");
      return;
    }
    out.table({
      title: "Flows",
      columns: [
        { title: "ID", align: "right", style: "cyan", isNoWrap: true },
        { title: "Name", style: "green", isNoWrap: true },
        { title: "Created", isNoWrap: true },
      ],
      rows: flows.map(({ id, name, created }) => [id, name, spokenTimestamp(created)]),
    });
  },
});

export const flowCommands = [ls];
