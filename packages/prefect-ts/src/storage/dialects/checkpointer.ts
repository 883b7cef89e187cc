import { stat } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import { sqliteModule } from "./sqlite-binding.ts";

/** Below this the log stays as it is: a short program needs no second thread. */
const SMALLEST_LOG_BYTES = 16_000_000;
/** How often, at most, the log's size is looked at while there are commits. */
const LOOK_EVERY_MS = 250;

export interface Checkpointer {
  /** Says that there may be more in the log. */
  noteCommit(): void;
  close(): Promise<void>;
}

/**
 * Moves the write-ahead log into the database on a thread of its own: a checkpoint waits for the disk, and whoever
 * writes would wait with it. `PASSIVE` takes what it can get without stopping readers or the writer. The thread starts
 * when there is first something worth moving. It is a few lines of plain JavaScript, so that it needs no file of its own
 * in whatever bundle this ends up in.
 */
const THREAD = `
  const { parentPort, workerData } = require("node:worker_threads");
  process.emitWarning = () => {};
  const { DatabaseSync } = require(workerData.module);
  const connection = new DatabaseSync(workerData.path);
  connection.exec("PRAGMA busy_timeout = 5000");
  const checkpoint = connection.prepare("PRAGMA wal_checkpoint(PASSIVE)");
  parentPort.on("message", (message) => {
    if (message === "close") {
      connection.close();
      parentPort.close();
    } else {
      try {
        checkpoint.all();
      } catch {
        // Busy: the next one takes what this one left.
      }
      parentPort.postMessage("done");
    }
  });
`;

export function createCheckpointer(path: string): Checkpointer {
  let thread: CheckpointThread | undefined;
  let isLooking = false;
  let lookedAt = 0;

  async function look(): Promise<void> {
    const { size } = await stat(`${path}-wal`).catch(() => ({ size: 0 }));
    if (size < SMALLEST_LOG_BYTES) return;
    thread ??= new CheckpointThread(path);
    await thread.ask("checkpoint");
  }

  return {
    noteCommit() {
      const now = performance.now();
      if (isLooking || now - lookedAt < LOOK_EVERY_MS) return;
      lookedAt = now;
      isLooking = true;
      void look().finally(() => {
        isLooking = false;
      });
    },
    async close() {
      await thread?.ask("close");
    },
  };
}

class CheckpointThread {
  readonly #worker: Worker;
  #answered: (() => void) | undefined;

  constructor(path: string) {
    this.#worker = new Worker(THREAD, { eval: true, execArgv: [], workerData: { path, module: sqliteModule() } });
    this.#worker.unref();
    // Without a thread the log grows to the size at which commits move it themselves: slower, and as safe.
    this.#worker.on("error", () => this.#answer());
    this.#worker.on("exit", () => this.#answer());
    this.#worker.on("message", () => this.#answer());
  }

  /** One question at a time; a thread that has ended answers none, and need not be waited for. */
  ask(what: "checkpoint" | "close"): Promise<void> {
    const answer = new Promise<void>((resolve) => {
      this.#answer();
      this.#answered = resolve;
      if (this.#worker.threadId === -1) resolve();
    });
    this.#worker.postMessage(what);
    return answer;
  }

  #answer(): void {
    this.#answered?.();
    this.#answered = undefined;
  }
}
