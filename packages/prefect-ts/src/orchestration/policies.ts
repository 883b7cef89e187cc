import type { FlowRunRule, TaskRunRule } from "./rule.ts";
import { announceFlowRunState } from "./rules/announce-flow-run-state.ts";
import { cancelLateRunWithoutSlot } from "./rules/cancel-late-run-without-slot.ts";
import { cancelWithoutInfrastructure } from "./rules/cancel-without-infrastructure.ts";
import { confineCancelling } from "./rules/confine-cancelling.ts";
import { copyScheduledTime } from "./rules/copy-scheduled-time.ts";
import { copyTaskParametersId } from "./rules/copy-task-parameters-id.ts";
import { detachLeaseOfOldClient } from "./rules/detach-lease-of-old-client.ts";
import { guardTerminalFlowRun } from "./rules/guard-terminal-flow-run.ts";
import { guardTerminalTaskRun } from "./rules/guard-terminal-task-run.ts";
import { keepDeploymentLease } from "./rules/keep-deployment-lease.ts";
import { markOnlyScheduledLate } from "./rules/mark-only-scheduled-late.ts";
import { preventDuplicateTransitions } from "./rules/prevent-duplicate-transitions.ts";
import { preventPendingTransitions } from "./rules/prevent-pending-transitions.ts";
import { preventResultLoss } from "./rules/prevent-result-loss.ts";
import { preventTasksOfStoppedFlows } from "./rules/prevent-tasks-of-stopped-flows.ts";
import { releaseDeploymentSlot } from "./rules/release-deployment-slot.ts";
import { releaseTagSlots } from "./rules/release-tag-slots.ts";
import { rememberCachedState } from "./rules/remember-cached-state.ts";
import { renameReruns } from "./rules/rename-reruns.ts";
import { restrictPausing } from "./rules/restrict-pausing.ts";
import { restrictResuming } from "./rules/restrict-resuming.ts";
import { retrieveCachedState } from "./rules/retrieve-cached-state.ts";
import { retryFailedFlowRun } from "./rules/retry-failed-flow-run.ts";
import { retryFailedTaskRun } from "./rules/retry-failed-task-run.ts";
import { secureDeploymentSlot } from "./rules/secure-deployment-slot.ts";
import { secureTagSlots } from "./rules/secure-tag-slots.ts";
import { trackFlowRunAttempt } from "./rules/track-flow-run-attempt.ts";
import { validateDeploymentSlot } from "./rules/validate-deployment-slot.ts";
import { waitForScheduledTime } from "./rules/wait-for-scheduled-time.ts";

/**
 * Which rules a transition meets, in order. Each rule sees the state as the rules above it left it; `after` runs in
 * reverse, `undone` when a rule below has changed the outcome.
 */

export const coreFlowRunPolicy: readonly FlowRunRule[] = [
  keepDeploymentLease,
  preventDuplicateTransitions,
  guardTerminalFlowRun,
  confineCancelling,
  cancelWithoutInfrastructure,
  preventPendingTransitions,
  validateDeploymentSlot,
  secureDeploymentSlot,
  detachLeaseOfOldClient,
  markOnlyScheduledLate,
  restrictPausing,
  restrictResuming,
  copyScheduledTime,
  waitForScheduledTime,
  retryFailedFlowRun,
  announceFlowRunState,
  releaseDeploymentSlot,
];

/** What even a forced transition meets. */
export const minimalFlowRunPolicy: readonly FlowRunRule[] = [
  preventResultLoss,
  cancelWithoutInfrastructure,
  announceFlowRunState,
  releaseDeploymentSlot,
];

/** For the service that marks runs late: it must not touch a run that has started meanwhile. */
export const markLatePolicy: readonly FlowRunRule[] = [
  markOnlyScheduledLate,
  cancelLateRunWithoutSlot,
  announceFlowRunState,
];

export const coreTaskRunPolicy: readonly TaskRunRule[] = [
  retrieveCachedState, // before slots are asked for: what is in the cache needs none
  guardTerminalTaskRun,
  preventTasksOfStoppedFlows,
  secureTagSlots,
  copyScheduledTime,
  waitForScheduledTime,
  retryFailedTaskRun,
  renameReruns,
  trackFlowRunAttempt,
  rememberCachedState,
  releaseTagSlots,
];

/** For deferred tasks, which task workers pick up: two of them must not run the same one, and tags do not limit them. */
export const backgroundTaskRunPolicy: readonly TaskRunRule[] = [
  preventPendingTransitions,
  retrieveCachedState,
  guardTerminalTaskRun,
  copyScheduledTime,
  copyTaskParametersId,
  waitForScheduledTime,
  retryFailedTaskRun,
  renameReruns,
  trackFlowRunAttempt,
  rememberCachedState,
  releaseTagSlots,
];

export const minimalTaskRunPolicy: readonly TaskRunRule[] = [releaseTagSlots];
