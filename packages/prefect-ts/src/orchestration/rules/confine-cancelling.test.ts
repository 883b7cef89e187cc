import { expect, test } from "vitest";
import { stateTypes } from "../../domain/states.ts";
import { aFlowRun } from "../../testing/databases.ts";
import { applyRule } from "../../testing/orchestration.ts";
import { confineCancelling } from "./confine-cancelling.ts";

test.each(stateTypes)("CANCELLING to %s", async (to) => {
  const { status } = await applyRule(confineCancelling, { run: aFlowRun(), from: "CANCELLING", to });
  expect(status).toBe(to === "CANCELLED" ? "ACCEPT" : "REJECT");
});
