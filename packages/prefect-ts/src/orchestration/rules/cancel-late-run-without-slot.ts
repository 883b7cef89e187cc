import { cancelled } from "../../domain/state-proposals.ts";
import { listActiveSlots } from "../../storage/queries/concurrency-slots.ts";
import { findDeploymentConcurrency } from "../../storage/queries/deployments.ts";
import { flowRunRule, proceed, reject } from "../rule.ts";
import { cancelsNewRuns } from "./deployment-lease.ts";

/**
 * A deployment that cancels runs it has no slot for does so when they ask for one. Runs that no worker picks up never
 * ask, and would pile up as late ones.
 */
export const cancelLateRunWithoutSlot = flowRunRule({
  name: "cancel-late-run-without-slot",
  from: ["SCHEDULED"],
  to: ["SCHEDULED"],
  async before({ tx, run, proposed, now }) {
    if (proposed.name !== "Late" || run.deployment_id === null) return proceed();
    const concurrency = await findDeploymentConcurrency(tx, run.deployment_id);
    if (concurrency === undefined || concurrency.limit === null || !cancelsNewRuns(concurrency.options))
      return proceed();
    const { limit } = concurrency;
    const taken = (await listActiveSlots(tx, [limit], now)).get(limit.id) ?? 0;
    if (taken < limit.limit) return proceed();
    const reason = "The deployment's concurrency limit is reached.";
    return reject(cancelled(reason), reason);
  },
});
