import { rawJson } from "../../domain/json.ts";
import { insertCachedTaskRunState } from "../../storage/queries/task-run-state-cache.ts";
import { proceed, reject, taskRunRule } from "../rule.ts";

/** A completed state with a cache key answers that key from now on. */
export const rememberCachedState = taskRunRule({
  name: "remember-cached-state",
  to: ["COMPLETED"],
  before({ proposed, settings }) {
    if ((proposed.details.cache_key?.length ?? 0) <= settings.longestCacheKey) return proceed();
    const { type, name, message, data, details } = proposed;
    // The task has done its work, so its state is kept; only the cache does without it.
    return reject(
      { type, name, message, data: data === null ? null : rawJson(data), state_details: details },
      `The cache key is longer than ${settings.longestCacheKey} characters.`,
    );
  },
  async after({ tx, validated, now, settings }) {
    const { cache_key, cache_expiration } = validated?.details ?? {};
    if (validated === null || cache_key == null || cache_key === "") return undefined;
    if (cache_key.length > settings.longestCacheKey) return undefined;
    const entry = { created: now, cache_key, cache_expiration: cache_expiration ?? null };
    await insertCachedTaskRunState(tx, { ...entry, task_run_state_id: validated.id });
    return undefined;
  },
});
