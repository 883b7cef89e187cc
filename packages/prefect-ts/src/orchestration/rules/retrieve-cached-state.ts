import { rawJson } from "../../domain/json.ts";
import { findCachedTaskRunState } from "../../storage/queries/task-run-state-cache.ts";
import { proceed, reject, taskRunRule } from "../rule.ts";
import { runStateOf } from "../run-state.ts";

/** Work that was done before under the same key is not done again. */
export const retrieveCachedState = taskRunRule({
  name: "retrieve-cached-state",
  to: ["RUNNING"],
  async before({ tx, proposed, now }) {
    const { cache_key, refresh_cache } = proposed.details;
    if ((cache_key ?? "") === "" || refresh_cache === true) return proceed();
    const row = await findCachedTaskRunState(tx, cache_key ?? "", now);
    if (row === undefined) return proceed();
    const { type, message, data, details } = runStateOf(row);
    const cached = {
      type,
      name: "Cached",
      message,
      data: data === null ? null : rawJson(data),
      state_details: details,
    };
    return reject(cached, "The result is in the cache.");
  },
});
