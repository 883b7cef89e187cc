import { abort, proceed, runRule } from "../rule.ts";

/**
 * Two workers can pick up the same run. The first moves it to PENDING; the second must walk away, even if the run has
 * started in the meantime. A worker may still refine its own PENDING by name ("Submitting", "InfrastructurePending").
 */
export const preventPendingTransitions = runRule({
  name: "prevent-pending-transitions",
  from: ["PENDING", "CANCELLING", "RUNNING", "CANCELLED"],
  to: ["PENDING"],
  before({ initial, proposed }) {
    const refines = initial?.type === "PENDING" && proposed.name !== "Pending" && proposed.name !== initial.name;
    if (!refines) return abort(`This run is already ${initial?.type.toLowerCase()}.`);
    const { scheduled_time, deployment_concurrency_lease_id } = initial.details;
    return proceed({ state: { details: { scheduled_time, deployment_concurrency_lease_id } } });
  },
});
