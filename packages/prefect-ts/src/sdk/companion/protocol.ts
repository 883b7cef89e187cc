/**
 * What the main thread and its companion tell each other. The main thread sends what only it knows, as small objects:
 * its time is the users'. The thread expands them to the wire's events and logs. Objects that many items share (a
 * template, a scope) are sent by reference: one message carries each of them once.
 */
import type { RouteCall, RouteReply } from "../../client/transport.ts";
import type { Instant } from "../../domain/instant.ts";
import type { StateType } from "../../domain/states.ts";

/** A label set as events carry it. */
export type ResourceLabels = Readonly<Record<string, string>>;

/** What the events of a flow run's task runs have in common. */
export interface RunScope {
  readonly flow_run_id: string;
  readonly flow_run_run_count: number;
  /** Flow run, flow, deployment and their tags. */
  readonly related: ResourceLabels[];
}

/** What the task runs of one task have in common. */
export interface TaskRunTemplate {
  readonly task_key: string;
  readonly task_version?: string;
  readonly tags: readonly string[];
  readonly empirical_policy: {
    readonly max_retries: number;
    readonly retry_delay_seconds: number;
    readonly retries: number;
    readonly retry_delay: number | readonly number[];
    readonly retry_jitter_factor?: number;
  };
}

/** Where a parameter's value came from. */
export interface TaskInput {
  readonly input_type: "task_run" | "flow_run" | "parameter" | "constant";
  readonly id?: string;
  readonly name?: string;
}
export type TaskInputs = Readonly<Record<string, readonly TaskInput[]>>;

/** A task run begins to exist; its first transition follows. */
export interface TaskRunCreated {
  readonly kind: "task-run";
  readonly id: string;
  readonly name: string;
  readonly dynamic_key: string;
  readonly template: TaskRunTemplate;
  readonly scope: RunScope | undefined;
  readonly task_inputs: TaskInputs;
  /** The task run that it was started in. */
  readonly parent?: { readonly id: string; readonly name: string; readonly tags: readonly string[] };
}

/** A task run changes its state. */
export interface TaskRunTransition {
  readonly kind: "transition";
  readonly run: string;
  /** The state's id; it is the event's too. */
  readonly id: string;
  readonly at: Instant;
  readonly type: StateType;
  readonly name: string;
  readonly message: string | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;
  readonly data: unknown;
  /** Given when the run was renamed. */
  readonly run_name?: string;
}

export interface LogItem {
  readonly kind: "log";
  readonly name: string;
  readonly level: number;
  readonly message: string;
  readonly at: Instant;
  readonly flow_run_id: string | undefined;
  readonly task_run_id: string | undefined;
}

/** An event of the user's or of the SDK, complete but for what the thread knows. */
export interface EventItem {
  readonly kind: "event";
  readonly id: string;
  readonly event: string;
  readonly at: Instant;
  readonly resource: ResourceLabels;
  readonly related: readonly ResourceLabels[];
  readonly payload: Readonly<Record<string, unknown>>;
  readonly follows?: string;
}

export type CompanionItem = TaskRunCreated | TaskRunTransition | LogItem | EventItem;

/** A flow run that the process leaves behind, and what the server is to be told of it. */
export interface AbandonedRun {
  readonly flow_run_id: string;
  readonly message: string;
}

export type MessageToThread =
  | { readonly kind: "call"; readonly id: number; readonly call: RouteCall }
  | { readonly kind: "items"; readonly items: readonly CompanionItem[] }
  | { readonly kind: "flush"; readonly id: number; readonly items: readonly CompanionItem[] }
  | { readonly kind: "heartbeat"; readonly flow_run_id: string; readonly template: EventItem | undefined }
  /** The process ends, and waits for `EXITED` in the shared counters. */
  | { readonly kind: "exit"; readonly abandoned: readonly AbandonedRun[] }
  | { readonly kind: "close"; readonly id: number };

/** An error that crosses the thread border. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
}

/** Where the runs of this process are recorded. */
export interface ServerInfo {
  readonly mode: "embedded" | "remote";
  /** Ends in `/api`; undefined when embedded. */
  readonly api_url: string | undefined;
  /** Base of the dashboard's addresses; undefined when there is none. */
  readonly ui_url: string | undefined;
}

export type MessageToMain =
  | { readonly kind: "ready"; readonly info: ServerInfo }
  | { readonly kind: "unusable"; readonly failure: Failure }
  | { readonly kind: "reply"; readonly id: number; readonly reply: RouteReply }
  | { readonly kind: "failed"; readonly id: number; readonly failure: Failure }
  | { readonly kind: "done"; readonly id: number }
  /** Items were delivered; the shared counter says how many. */
  | { readonly kind: "settled" };

/** Indexes of the shared `Int32Array`. */
export const SETTLED_ITEMS = 0;
export const EXITED = 1;
/** 1 while the main thread waits for room: only then it is told that items were delivered. */
export const WANTS_ROOM = 2;
export const COUNTERS = 3;

export interface ThreadData {
  /** Each commit of the embedded server waits for the disk. */
  readonly isDurable: boolean;
  readonly shared: SharedArrayBuffer;
  /** Settings that a program replaced; the thread reads the others itself. */
  readonly overrides: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string | undefined>>;
}
