import type { Settings } from "../platform/settings/settings.ts";

/** What the rules take from the server's settings. */
export interface TransitionSettings {
  /** Longest wait before a task run asks again for a slot of its tags. */
  readonly tagSlotWaitSeconds: number;
  /** Wait before a flow run asks again for a slot of its deployment. */
  readonly deploymentSlotWaitSeconds: number;
  /** How long infrastructure may take to start, for deployments that do not say. */
  readonly initialLeaseSeconds: number;
  readonly longestCacheKey: number;
}

export const defaultTransitionSettings: TransitionSettings = {
  tagSlotWaitSeconds: 10,
  deploymentSlotWaitSeconds: 30,
  initialLeaseSeconds: 300,
  longestCacheKey: 2000,
};

export function transitionSettings(settings: Settings): TransitionSettings {
  return {
    tagSlotWaitSeconds: settings.get("PREFECT_SERVER_TASKS_TAG_CONCURRENCY_SLOT_WAIT_SECONDS"),
    deploymentSlotWaitSeconds: settings.get("PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS"),
    initialLeaseSeconds: settings.get("PREFECT_SERVER_CONCURRENCY_INITIAL_DEPLOYMENT_LEASE_DURATION"),
    longestCacheKey: settings.get("PREFECT_SERVER_TASKS_MAX_CACHE_KEY_LENGTH"),
  };
}
