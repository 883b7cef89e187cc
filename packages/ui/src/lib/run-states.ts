import {
  Ban,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CirclePlay,
  CircleSlash,
  CircleX,
  Clock,
  type LucideIcon,
  Zap,
} from "lucide-react";
import type { StateType } from "prefect-ts/domain";

interface RunState {
  readonly label: string;
  readonly icon: LucideIcon;
  /** The stem of its CSS variables: `--completed`, `--completed-soft`, `--completed-bar`. */
  readonly color: string;
  readonly isFinal: boolean;
  /** The state names that a run of this type usually has, for the filter. */
  readonly names: readonly string[];
}

/** In the order in which a reader looks for them. */
export const runStates: Readonly<Record<StateType, RunState>> = {
  FAILED: { label: "Failed", icon: CircleX, color: "failed", isFinal: true, names: ["Failed", "TimedOut"] },
  CRASHED: { label: "Crashed", icon: Zap, color: "crashed", isFinal: true, names: ["Crashed"] },
  RUNNING: { label: "Running", icon: CirclePlay, color: "running", isFinal: false, names: ["Running", "Retrying"] },
  PENDING: {
    label: "Pending",
    icon: CircleDashed,
    color: "pending",
    isFinal: false,
    names: ["Pending", "Submitting", "InfrastructurePending"],
  },
  SCHEDULED: {
    label: "Scheduled",
    icon: Clock,
    color: "scheduled",
    isFinal: false,
    names: ["Scheduled", "Late", "AwaitingRetry", "AwaitingConcurrencySlot", "Resuming"],
  },
  PAUSED: { label: "Paused", icon: CirclePause, color: "paused", isFinal: false, names: ["Paused", "Suspended"] },
  COMPLETED: {
    label: "Completed",
    icon: CircleCheck,
    color: "completed",
    isFinal: true,
    names: ["Completed", "Cached", "RolledBack"],
  },
  CANCELLING: { label: "Cancelling", icon: CircleSlash, color: "cancelling", isFinal: false, names: ["Cancelling"] },
  CANCELLED: { label: "Cancelled", icon: Ban, color: "cancelled", isFinal: true, names: ["Cancelled"] },
};

export const stateTypesInOrder = Object.keys(runStates) as StateType[];

export function isStateType(text: string): text is StateType {
  return Object.hasOwn(runStates, text);
}

export function isFinal(type: StateType | null | undefined): boolean {
  return type != null && runStates[type].isFinal;
}
