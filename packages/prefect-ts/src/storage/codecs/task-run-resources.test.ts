import { expect, test } from "vitest";
import type { EventResource } from "../../domain/events.ts";
import { NOON } from "../../testing/databases.ts";
import { isToldByPayload, resourceOf, TOLD_BY_PAYLOAD } from "./task-run-resources.ts";

const payload = {
  intended: { from: null, to: "RUNNING" },
  validated_state: { type: "RUNNING", name: "Running", message: "", state_details: {}, data: null },
  task_run: { name: "add-fe8", run_count: 1 },
};
const resource: EventResource = {
  "prefect.resource.id": "prefect.task-run.1",
  "prefect.resource.name": "add-fe8",
  "prefect.run-count": "1",
  "prefect.state-message": "",
  "prefect.state-name": "Running",
  "prefect.state-timestamp": "2026-01-01T12:00:00Z",
  "prefect.state-type": "RUNNING",
  "prefect.orchestration": "client",
};

test("labels that the payload tells are derived to the letter", () => {
  expect(isToldByPayload(resource, NOON, payload)).toBe(true);
  const row = { resource: TOLD_BY_PAYLOAD, resource_id: "prefect.task-run.1", occurred: NOON };
  expect(resourceOf({ ...row, payload: JSON.stringify(payload) })).toBe(JSON.stringify(resource));
});

const { "prefect.state-type": type, ...withoutType } = resource;
test.each([
  ["another timestamp", { ...resource, "prefect.state-timestamp": "2026-01-01T12:00:00+00:00" }],
  ["a label more", { ...resource, mine: "x" }],
  ["a label less", withoutType],
  ["another order", { "prefect.state-type": type ?? "", ...withoutType }],
  ["another name", { ...resource, "prefect.resource.name": "add" }],
])("labels with %s are stored", (_, labels) => {
  expect(isToldByPayload(labels, NOON, payload)).toBe(false);
});

test("labels that were stored are given back", () => {
  expect(resourceOf({ resource: '{"a":"b"}', resource_id: "", occurred: NOON, payload: "{}" })).toBe('{"a":"b"}');
});
