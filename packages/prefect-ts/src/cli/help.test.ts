import { describe, expect, test } from "vitest";
import { argument, command, flagOption, intOption, listOption, outputOption, textOption } from "./command.ts";
import { configCommands } from "./commands/config.ts";
import { view } from "./commands/config-view.ts";
import { groups } from "./groups.ts";
import { commandHelp, groupHelp, rootHelp } from "./help.ts";
import { createPainter } from "./render/style.ts";

const page = { width: 80, paint: createPainter(false) };

const SESSION = `\
╭─ Session Parameters ─────────────────────────────────────────────────────────╮
│ --profile STR         Select a profile for this CLI run.                     │
│ --prompt --no-prompt  Toggle interactive prompts.                            │
╰──────────────────────────────────────────────────────────────────────────────╯`;

/** The pages are those of Prefect's own CLI. */
describe("commandHelp", () => {
  test("breaks long names and wraps what they mean", () => {
    expect(commandHelp(view, page)).toBe(`\
Usage: prefect config view [OPTIONS]

Display the current settings.

╭─ Parameters ─────────────────────────────────────────────────────────────────╮
│ --show-defaults    Show default values [default: False]                      │
│   --hide-defaults                                                            │
│ --show-sources     Show value sources [default: True]                        │
│   --hide-sources                                                             │
│ --show-secrets     Show secret values [default: False]                       │
│   --hide-secrets                                                             │
│ --output -o STR    Specify an output format. Currently supports: json        │
╰──────────────────────────────────────────────────────────────────────────────╯
${SESSION}`);
  });

  test("marks what is required and shows defaults", () => {
    const logs = command({
      name: "flow-run logs",
      summary: "View logs for a flow run.",
      args: { id: argument() },
      options: {
        head: flagOption("Show the first 20 logs instead of all logs.", false, { short: "h" }),
        limit: intOption("Maximum number of flow runs to list", 15),
        flowName: listOption("Name of the flow"),
        services: flagOption("Only run the webserver API and UI.", true, { isNegativeOnly: true }),
        host: textOption("Server host address."),
        output: outputOption,
      },
      run: () => {},
    });
    expect(commandHelp(logs, page)).toBe(`\
Usage: prefect flow-run logs [OPTIONS] ID

View logs for a flow run.

╭─ Parameters ─────────────────────────────────────────────────────────────────╮
│ *  ID --id              [required]                                           │
│    --head -h --no-head  Show the first 20 logs instead of all logs.          │
│                         [default: False]                                     │
│    --limit INT          Maximum number of flow runs to list [default: 15]    │
│    --flow-name STR...   Name of the flow                                     │
│    --no-services        Only run the webserver API and UI. [default: False]  │
│    --host STR           Server host address.                                 │
│    --output -o STR      Specify an output format. Currently supports: json   │
╰──────────────────────────────────────────────────────────────────────────────╯
${SESSION}`);
  });
});

test("groupHelp lists the commands of a group, and those of the groups in it once", () => {
  const nested = ["server database reset", "server database upgrade", "server start"].map((name) =>
    command({ name, summary: `Does ${name}.`, run: () => {} }),
  );
  const text = groupHelp("server", "Start a Prefect server.", nested, page);
  expect(text).toContain("Usage: prefect server COMMAND [OPTIONS]\n\nStart a Prefect server.\n");
  expect(text.match(/│ database/g)).toHaveLength(1);
  expect(text).toContain("│ start     Does server start.");
  expect(groupHelp("config", "", configCommands, page)).toContain("│ set       Change the value for a setting by");
});

test("rootHelp names every group once, in the alphabet's order", () => {
  const names = rootHelp(groups, page)
    .split("\n")
    .flatMap((line) => /^│ ([a-z][\w-]*)/.exec(line)?.[1] ?? []);
  expect(names).toEqual(groups.map(({ name }) => name).toSorted());
});
