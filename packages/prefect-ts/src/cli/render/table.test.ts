import { describe, expect, test } from "vitest";
import { createPainter } from "./style.ts";
import { renderTable, type Table } from "./table.ts";

const plain = createPainter(false);
const ID = "01932f6a-7c1e-7abc-8def-0123456789ab";

/** The expected tables are what rich, which Prefect's CLI uses, prints for the same content. */
describe("renderTable", () => {
  const runs: Table = {
    title: "Flow Runs",
    columns: [
      { title: "ID", align: "right", isNoWrap: true },
      { title: "Flow", isNoWrap: true },
      { title: "Name", isNoWrap: true },
      { title: "State", isNoWrap: true },
      { title: "When", isNoWrap: true },
    ],
    rows: [
      [ID, "etl", "crouching-kittiwake", "COMPLETED", "2 minutes ago"],
      [ID, "a-flow-with-long-name", "x", "FAILED", "1 day ago"],
    ],
  };

  test("takes from all columns when none may wrap", () => {
    expect(renderTable(runs, 80, plain)).toBe(`\
                                   Flow Runs                                    
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━┳━━━━━┳━━━━━━━━┓
┃                            ID ┃ Flow           ┃ Name         ┃ St… ┃ When   ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━╇━━━━━╇━━━━━━━━┩
│ 01932f6a-7c1e-7abc-8def-0123… │ etl            │ crouching-k… │ CO… │ 2 min… │
│ 01932f6a-7c1e-7abc-8def-0123… │ a-flow-with-l… │ x            │ FA… │ 1 day… │
└───────────────────────────────┴────────────────┴──────────────┴─────┴────────┘`);
  });

  test("is as wide as its content when there is room", () => {
    const width = renderTable(runs, 200, plain)
      .split("\n")
      .map((line) => line.length);
    expect(new Set(width)).toEqual(new Set([37 + 22 + 20 + 10 + 14 + 5 + 6]));
  });

  test("wraps the widest columns first, and centres title and caption", () => {
    const table: Table = {
      title: "Services",
      caption: "two of them",
      columns: [{ title: "Name" }, { title: "Description" }],
      rows: [
        ["scheduler", "creates the runs that schedules ask for, ahead of time"],
        ["x", "short"],
      ],
    };
    expect(renderTable(table, 40, plain)).toBe(`\
                Services                
┏━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━━━┓
┃ Name      ┃ Description              ┃
┡━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━━━┩
│ scheduler │ creates the runs that    │
│           │ schedules ask for, ahead │
│           │ of time                  │
│ x         │ short                    │
└───────────┴──────────────────────────┘
              two of them               `);
  });

  test("cuts a word that is too long, and counts columns rather than characters", () => {
    const table: Table = { columns: [{ title: "A" }], rows: [["supercalifragilistic"], ["日本語 x"]] };
    expect(renderTable(table, 12, plain)).toBe(`\
┏━━━━━━━━━━┓
┃ A        ┃
┡━━━━━━━━━━┩
│ superca… │
│ 日本語 x │
└──────────┘`);
  });

  test("paints cells in their own style or the column's", () => {
    const table: Table = { columns: [{ title: "A", style: "blue" }], rows: [["x"], [{ text: "y", style: "green" }]] };
    const painted = renderTable(table, 40, createPainter(true));
    expect(painted).toContain("\u001b[34mx\u001b[39m");
    expect(painted).toContain("\u001b[32my\u001b[39m");
  });
});
