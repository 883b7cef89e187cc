import { deleteLease, listLeaseIdsByHolder } from "../../storage/queries/concurrency-leases.ts";
import { universalTaskRunRule } from "../rule.ts";
import { TAG_LIMIT_PREFIX, tagLimitNames } from "./tag-limits.ts";

/** A task run that does not run holds no slot of its tags. */
export const releaseTagSlots = universalTaskRunRule({
  name: "release-tag-slots",
  async after({ tx, run, validated, now }) {
    if (validated?.type === "RUNNING" || validated?.type === "CANCELLING") return undefined;
    if (tagLimitNames(run).length === 0) return undefined;
    const holder = { type: "task_run", id: run.id };
    for (const id of await listLeaseIdsByHolder(tx, holder, TAG_LIMIT_PREFIX)) await deleteLease(tx, { id, now });
    return undefined;
  },
});
