import { expect, test } from "vitest";
import { addSeconds } from "../../domain/instant.ts";
import { NOON } from "../../testing/databases.ts";
import { readStateDetails, writeStateDetails } from "./state-details.ts";

test("every field is written, in the order and with the defaults of the reference", () => {
  expect(writeStateDetails({})).toBe(
    '{"flow_run_id":null,"task_run_id":null,"child_flow_run_id":null,"scheduled_time":null,"cache_key":null,' +
      '"cache_expiration":null,"deferred":false,"untrackable_result":false,"pause_timeout":null,' +
      '"pause_reschedule":false,"pause_key":null,"run_input_keyset":null,"refresh_cache":null,"retriable":null,' +
      '"transition_id":null,"task_parameters_id":null,"traceparent":null,"deployment_concurrency_lease_id":null}',
  );
});

test("what is written reads back, to the microsecond", () => {
  const details = {
    scheduled_time: addSeconds(NOON, 0.000001),
    cache_expiration: NOON,
    pause_timeout: null,
    deferred: null,
    pause_key: "a",
    run_input_keyset: { response: "r", schema: "s" },
  };
  expect(readStateDetails(writeStateDetails(details))).toMatchObject(details);
});

test("what a client left out stays out", () => {
  expect(readStateDetails("{}")).toEqual({ scheduled_time: null, cache_expiration: null, pause_timeout: null });
});
