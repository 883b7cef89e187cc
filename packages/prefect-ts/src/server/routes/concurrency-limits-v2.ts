import { concurrencyLimitV2Routes } from "../../contract/concurrency-limits-v2.ts";
import type { Settings } from "../../platform/settings/settings.ts";
import * as limits from "../../resources/concurrency-limits.ts";
import * as slots from "../../resources/concurrency-slots.ts";
import { implement } from "../implement.ts";

export const implementation = implement(concurrencyLimitV2Routes, {
  create: ({ body }, { db, now }) => limits.createConcurrencyLimit(db, body, now),
  get: ({ params }, { db, now }) => limits.getConcurrencyLimit(db, params.id_or_name, now),
  update: ({ params, body }, { db, now }) => limits.updateConcurrencyLimit(db, params.id_or_name, body, now),
  delete: ({ params }, { db, now }) => limits.deleteConcurrencyLimit(db, params.id_or_name, now),
  filter: ({ body }, { db, now }) => limits.listConcurrencyLimits(db, body, now),
  increment: ({ body }, { db, settings, now }) => slots.takeSlots(db, body, waitsOf(settings), now),
  increment_with_lease: ({ body }, { db, settings, now }) => slots.takeSlotsWithLease(db, body, waitsOf(settings), now),
  decrement: ({ body }, { db, now }) => slots.releaseSlots(db, body, now),
  decrement_with_lease: ({ body }, { db, now }) => slots.releaseLease(db, body.lease_id, now),
  renew_lease: ({ params, body }, { db, now }) => slots.renewLease(db, params.lease_id, body.lease_duration, now),
});

function waitsOf(settings: Settings): slots.SlotWaits {
  return {
    tagSeconds: settings.get("PREFECT_SERVER_TASKS_TAG_CONCURRENCY_SLOT_WAIT_SECONDS"),
    otherSeconds: settings.get("PREFECT_SERVER_CONCURRENCY_MAXIMUM_CONCURRENCY_SLOT_WAIT_SECONDS"),
  };
}
