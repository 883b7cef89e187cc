import { proceed, universalFlowRunRule } from "../rule.ts";

/**
 * The lease on a deployment's slot travels in the state's details. Workers propose their states without it (or with
 * null), and a lease that nobody knows any more would hold its slot until it expires.
 */
export const keepDeploymentLease = universalFlowRunRule({
  name: "keep-deployment-lease",
  before({ initial, proposed }) {
    const held = initial?.details.deployment_concurrency_lease_id;
    if (held == null || proposed.details.deployment_concurrency_lease_id != null) return proceed();
    return proceed({ state: { details: { deployment_concurrency_lease_id: held } } });
  },
});
