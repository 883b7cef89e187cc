import { addSeconds } from "../../domain/instant.ts";
import { awaitingConcurrencySlot, cancelled } from "../../domain/state-proposals.ts";
import { claimLease, deleteLease } from "../../storage/queries/concurrency-leases.ts";
import { findDeploymentConcurrency } from "../../storage/queries/deployments.ts";
import { abort, allExcept, flowRunRule, proceed, reject } from "../rule.ts";
import { cancelsNewRuns, leaseExpiration } from "./deployment-lease.ts";

/** Workers of these versions take and free the slots of deployments themselves. */
const SLOT_TAKING_CLIENTS: ReadonlySet<string> = new Set(["3.0.0rc20", "3.0.0", "3.0.1", "3.0.2", "3.0.3"]);

/**
 * A deployment with a limit has only so many runs at once. The slot is taken on the way to PENDING, so that a worker
 * starts no infrastructure for a run that cannot get one, and it is held under a lease that the client renews.
 */
export const secureDeploymentSlot = flowRunRule({
  name: "secure-deployment-slot",
  from: allExcept("PENDING", "RUNNING", "CANCELLING"),
  to: ["PENDING"],
  async before({ tx, run, now, clientVersion, settings }) {
    if (run.deployment_id === null || SLOT_TAKING_CLIENTS.has(clientVersion ?? "")) return proceed();
    const concurrency = await findDeploymentConcurrency(tx, run.deployment_id);
    if (concurrency === undefined) return abort("The run's deployment does not exist any more.");
    const { limit, options } = concurrency;
    if (limit === null || limit.active === 0) return proceed();
    if (limit.limit === 0) return abort("The deployment's concurrency limit is 0: no run of it can ever start.");

    const expiration = leaseExpiration(options, settings, now);
    const holder = { type: "flow_run", id: run.id };
    const leaseId = await claimLease(tx, { limitIds: [limit.id], slots: 1, now, expiration, holder });
    if (leaseId !== undefined) {
      return proceed({ state: { details: { deployment_concurrency_lease_id: leaseId } }, memo: leaseId });
    }
    const reason = "The deployment's concurrency limit is reached.";
    if (cancelsNewRuns(options)) return reject(cancelled(reason), reason);
    return reject(awaitingConcurrencySlot(addSeconds(now, settings.deploymentSlotWaitSeconds)), reason);
  },
  async undone({ tx, now, memo }) {
    if (memo !== undefined) await deleteLease(tx, { id: memo, now });
    return undefined;
  },
});
