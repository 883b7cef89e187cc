import { appendEvents } from "../../storage/queries/events.ts";
import { flowRunStateEvent } from "../flow-run-state-event.ts";
import { relatedResources } from "../related-resources.ts";
import { universalFlowRunRule } from "../rule.ts";

/** Whoever watches hears of each state of a flow run, in the transaction that writes it. */
export const announceFlowRunState = universalFlowRunRule({
  name: "announce-flow-run-state",
  async after({ tx, run, initial, validated, now }) {
    if (validated === null) return undefined;
    const related = await relatedResources(tx, run, now);
    await appendEvents(tx, [flowRunStateEvent({ run, initial, validated, related, now })]);
    return undefined;
  },
});
