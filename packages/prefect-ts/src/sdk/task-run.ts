import type { Instant } from "../domain/instant.ts";
import type { State } from "./states.ts";

const SUFFIX_LENGTH = 3;

/** A task run as hooks and contexts see it. */
export class TaskRun {
  readonly id: string;
  name: string;
  readonly taskName: string;
  readonly taskKey: string;
  /** Tells the runs of one task in one flow run apart: the id, whose order in time keeps the index over it growing at its end. */
  readonly dynamicKey: string;
  readonly flowRunId: string | undefined;
  readonly tags: readonly string[];
  /** Attempts begun so far. */
  runCount = 0;
  startTime: Instant | undefined;
  endTime: Instant | undefined;
  state: State | undefined;

  constructor(id: string, taskName: string, taskKey: string, flowRunId: string | undefined, tags: readonly string[]) {
    this.id = id;
    this.taskName = taskName;
    this.taskKey = taskKey;
    this.flowRunId = flowRunId;
    this.tags = tags;
    this.name = flowRunId === undefined ? taskName : `${taskName}-${id.slice(-SUFFIX_LENGTH)}`;
    this.dynamicKey = flowRunId === undefined ? `${taskKey}-${id}` : id;
  }
}
