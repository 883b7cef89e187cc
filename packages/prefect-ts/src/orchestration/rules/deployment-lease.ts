import { addSeconds, type Instant } from "../../domain/instant.ts";
import type { JsonText } from "../../storage/tables.ts";
import type { TransitionSettings } from "../settings.ts";

/** Clients from here on renew the lease on their deployment's slot. */
export const RENEWING_CLIENT = "3.4.11";

interface ConcurrencyOptions {
  readonly collision_strategy?: "ENQUEUE" | "CANCEL_NEW";
  readonly grace_period_seconds?: number | null;
}

export function cancelsNewRuns(options: JsonText | null): boolean {
  return read(options).collision_strategy === "CANCEL_NEW";
}

/** When a slot is free again whose run has shown no sign of life. */
export function leaseExpiration(options: JsonText | null, settings: TransitionSettings, now: Instant): Instant {
  return addSeconds(now, read(options).grace_period_seconds ?? settings.initialLeaseSeconds);
}

function read(options: JsonText | null): ConcurrencyOptions {
  return options === null ? {} : ((JSON.parse(options) ?? {}) as ConcurrencyOptions);
}
