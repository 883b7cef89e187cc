import { describe, expect, test } from "vitest";
import { parseSearch, stringifySearch } from "../../lib/search-params.ts";
import { instantOf } from "../../lib/time.ts";
import { hasFilters, parseRunsSearch, toFilterBody, withoutDefaults, withoutFilters } from "./search.ts";

const NOON = instantOf("2025-01-31T12:00:00Z");
const FLOW_ID = "0190f6d2-0000-7000-8000-000000000001";

describe("the URL of the list", () => {
  test("says everything and survives the way there and back", () => {
    const url = `?q=etl&state=FAILED&state=Late&flow=${FLOW_ID}&tags=nightly&range=7d&subflows=hide&sort=NAME_ASC&page=3&size=100`;
    const search = parseRunsSearch(parseSearch(url));
    expect(search).toEqual({
      q: "etl",
      state: ["FAILED", "Late"],
      flow: [FLOW_ID],
      tags: ["nightly"],
      range: "7d",
      subflows: "hide",
      sort: "NAME_ASC",
      page: 3,
      size: 100,
    });
    expect(stringifySearch({ ...search })).toBe(url);
  });

  test("nonsense is left out", () => {
    expect(parseRunsSearch(parseSearch("?range=ages&sort=COLOUR&page=0&size=7&subflows=yes&other=1"))).toEqual({});
  });

  test("what is so anyway is not said", () => {
    expect(withoutDefaults({ sort: "START_TIME_DESC", page: 1, size: 50, q: "etl" })).toEqual({ q: "etl" });
    expect(withoutDefaults({ sort: "NAME_ASC", page: 2, size: 25 })).toEqual({ sort: "NAME_ASC", page: 2, size: 25 });
  });

  test("clearing keeps the order", () => {
    const search = parseRunsSearch(parseSearch("?q=etl&sort=NAME_ASC&page=2"));
    expect(hasFilters(search)).toBe(true);
    expect(withoutFilters(search)).toEqual({ sort: "NAME_ASC" });
    expect(hasFilters(withoutFilters(search))).toBe(false);
  });
});

describe("toFilterBody", () => {
  test("without choices asks for the newest runs that are not in the future", () => {
    expect(toFilterBody({}, NOON)).toEqual({
      flow_runs: { start_time: { before_: "2025-01-31T12:01:00Z" } },
      sort: "START_TIME_DESC",
      limit: 50,
      page: 1,
    });
  });

  test("state types and state names are alternatives", () => {
    const { flow_runs } = toFilterBody({ state: ["FAILED", "Late"], upcoming: "show" }, NOON);
    expect(flow_runs).toEqual({ state: { operator: "or_", type: { any_: ["FAILED"] }, name: { any_: ["Late"] } } });
  });

  test("a range counts back from now; exact ends win over it", () => {
    expect(toFilterBody({ range: "1h" }, NOON).flow_runs.start_time).toEqual({
      after_: "2025-01-31T11:00:00Z",
      before_: "2025-01-31T12:01:00Z",
    });
    expect(
      toFilterBody({ range: "1h", from: "2025-01-01T00:00:00Z", to: "2025-01-02T00:00:00Z" }, NOON).flow_runs,
    ).toEqual({ start_time: { after_: "2025-01-01T00:00:00Z", before_: "2025-01-02T00:00:00Z" } });
  });
});
