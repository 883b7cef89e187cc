import { isVersionAtLeast } from "../../domain/versions.ts";
import { updateLeaseToAnonymous } from "../../storage/queries/concurrency-leases.ts";
import { flowRunRule } from "../rule.ts";
import { RENEWING_CLIENT } from "./deployment-lease.ts";

/**
 * A client that does not renew its lease would lose its slot in the middle of the run. Its hold becomes one without
 * end; the slot is freed when the run ends.
 */
export const detachLeaseOfOldClient = flowRunRule({
  name: "detach-lease-of-old-client",
  from: ["PENDING"],
  to: ["RUNNING", "CANCELLING"],
  async after({ tx, initial, clientVersion }) {
    const leaseId = initial?.details.deployment_concurrency_lease_id;
    if (leaseId != null && !isVersionAtLeast(clientVersion, RENEWING_CLIENT)) await updateLeaseToAnonymous(tx, leaseId);
    return undefined;
  },
});
