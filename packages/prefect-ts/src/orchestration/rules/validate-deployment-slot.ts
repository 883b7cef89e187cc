import { cancelled } from "../../domain/state-proposals.ts";
import { isVersionAtLeast } from "../../domain/versions.ts";
import { claimLease, updateLeaseExpiration } from "../../storage/queries/concurrency-leases.ts";
import { findDeploymentConcurrency } from "../../storage/queries/deployments.ts";
import { flowRunRule, proceed, reject } from "../rule.ts";
import { leaseExpiration, RENEWING_CLIENT } from "./deployment-lease.ts";

/**
 * Infrastructure may take longer to start than the lease on the run's slot lasts, and another run may have got the slot
 * by then. So the lease is renewed before the run starts, or a slot is taken anew; without one there is nothing left
 * but to cancel the run, for its infrastructure is up already.
 */
export const validateDeploymentSlot = flowRunRule({
  name: "validate-deployment-slot",
  from: ["PENDING"],
  to: ["RUNNING"],
  async before({ tx, run, initial, now, clientVersion, settings }) {
    const leaseId = initial?.details.deployment_concurrency_lease_id ?? null;
    const kept = proceed({ state: { details: { deployment_concurrency_lease_id: leaseId } } });
    if (leaseId === null || run.deployment_id === null) return kept;
    if (!isVersionAtLeast(clientVersion, RENEWING_CLIENT)) return kept;
    const concurrency = await findDeploymentConcurrency(tx, run.deployment_id);
    if (concurrency === undefined || concurrency.limit === null) return kept;

    const expiration = leaseExpiration(concurrency.options, settings, now);
    if (await updateLeaseExpiration(tx, leaseId, expiration)) return kept;

    const holder = { type: "flow_run", id: run.id };
    const claim = { limitIds: [concurrency.limit.id], slots: 1, now, expiration, holder };
    const newLeaseId = await claimLease(tx, claim);
    if (newLeaseId !== undefined)
      return proceed({ state: { details: { deployment_concurrency_lease_id: newLeaseId } } });
    return reject(
      cancelled("The run lost its slot of the deployment while its infrastructure was starting, and no other is free."),
      "The lease on the deployment's slot has expired and no slot is free.",
    );
  },
});
