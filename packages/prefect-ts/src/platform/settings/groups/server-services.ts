import { DAY, duration, durationMap, flag, float, HOUR, int, textList } from "../define.ts";

export const serverServicesSettings = {
  PREFECT_SERVER_SERVICES_CANCELLATION_CLEANUP_ENABLED: flag(
    true,
    "Runs the service that cancels the children of cancelled runs.",
    { aliases: ["PREFECT_API_SERVICES_CANCELLATION_CLEANUP_ENABLED"] },
  ),
  PREFECT_SERVER_SERVICES_CANCELLATION_CLEANUP_LOOP_SECONDS: float(
    20,
    "Time between two rounds of the service that cancels the children of cancelled runs.",
    { aliases: ["PREFECT_API_SERVICES_CANCELLATION_CLEANUP_LOOP_SECONDS"] },
  ),
  PREFECT_SERVER_SERVICES_CANCELLATION_CLEANUP_CANCELLING_TIMEOUT_SECONDS: float(
    300,
    "Time after which a run stuck in Cancelling is handed to a worker for clean-up.",
    { above: 0 },
  ),
  PREFECT_SERVER_SERVICES_CLEANUP_RECONCILER_ENABLED: flag(
    true,
    "Runs the service that offers expired clean-ups again.",
  ),
  PREFECT_SERVER_SERVICES_CLEANUP_RECONCILER_LOOP_SECONDS: float(
    5,
    "Time between two rounds of the service that offers expired clean-ups again.",
    { above: 0 },
  ),
  PREFECT_SERVER_SERVICES_CLEANUP_RECONCILER_BATCH_SIZE: int(
    100,
    "Rows per round of the service that offers expired clean-ups again.",
    { above: 0 },
  ),
  PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED: textList(
    ["events"],
    "What is deleted when it has grown old: events, flow_runs, both (true) or nothing (false).",
  ),
  PREFECT_SERVER_SERVICES_DB_VACUUM_LOOP_SECONDS: float(
    3600,
    "Time between two rounds of the service that deletes what has grown old.",
    { above: 0 },
  ),
  PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD: duration(
    90 * DAY,
    "Age at which finished flow runs are deleted.",
  ),
  PREFECT_SERVER_SERVICES_DB_VACUUM_BATCH_SIZE: int(200, "Rows deleted per transaction.", { above: 0 }),
  PREFECT_SERVER_SERVICES_DB_VACUUM_EVENT_RETENTION_OVERRIDES: durationMap(
    { "prefect.flow-run.heartbeat": 7 * DAY },
    "Age at which events are deleted, by event name; JSON.",
  ),
  PREFECT_SERVER_SERVICES_DB_VACUUM_ORPHAN_CLEANUP_LOOP_SECONDS: float(
    86400,
    "Time between two rounds that delete what belongs to no run any more.",
    { above: 0 },
  ),
  PREFECT_SERVER_SERVICES_EVENT_LOGGER_ENABLED: flag(false, "Runs the service that prints events.", {
    aliases: ["PREFECT_API_SERVICES_EVENT_LOGGER_ENABLED"],
  }),
  PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED: flag(true, "Runs the service that stores events.", {
    aliases: ["PREFECT_API_SERVICES_EVENT_PERSISTER_ENABLED"],
  }),
  PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE: int(20, "Rows per round of the service that stores events.", {
    aliases: ["PREFECT_API_SERVICES_EVENT_PERSISTER_BATCH_SIZE"],
    above: 0,
  }),
  PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE: int(1, "Messages read at once.", {
    aliases: ["PREFECT_API_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE"],
    above: 0,
  }),
  PREFECT_SERVER_SERVICES_EVENT_PERSISTER_FLUSH_INTERVAL: float(
    5,
    "Seconds until a batch that is not full is written.",
    { aliases: ["PREFECT_API_SERVICES_EVENT_PERSISTER_FLUSH_INTERVAL"], above: 0 },
  ),
  PREFECT_SERVER_SERVICES_EVENT_PERSISTER_QUEUE_MAX_SIZE: int(50000, "Events that may wait to be stored.", {
    above: 0,
  }),
  PREFECT_SERVER_SERVICES_EVENT_PERSISTER_MAX_FLUSH_RETRIES: int(
    5,
    "Attempts to store a batch before it is given up.",
    { above: 0 },
  ),
  PREFECT_SERVER_SERVICES_FOREMAN_ENABLED: flag(
    true,
    "Runs the service that marks silent workers, pools, queues and deployments not ready.",
    { aliases: ["PREFECT_API_SERVICES_FOREMAN_ENABLED"] },
  ),
  PREFECT_SERVER_SERVICES_FOREMAN_LOOP_SECONDS: float(
    15,
    "Time between two rounds of the service that marks silent workers, pools, queues and deployments not ready.",
    { aliases: ["PREFECT_API_SERVICES_FOREMAN_LOOP_SECONDS"] },
  ),
  PREFECT_SERVER_SERVICES_FOREMAN_INACTIVITY_HEARTBEAT_MULTIPLE: int(
    3,
    "Missed heartbeats until a worker is offline.",
    { aliases: ["PREFECT_API_SERVICES_FOREMAN_INACTIVITY_HEARTBEAT_MULTIPLE"] },
  ),
  PREFECT_SERVER_SERVICES_FOREMAN_FALLBACK_HEARTBEAT_INTERVAL_SECONDS: int(
    30,
    "Heartbeat of workers that do not tell theirs.",
    { aliases: ["PREFECT_API_SERVICES_FOREMAN_FALLBACK_HEARTBEAT_INTERVAL_SECONDS"] },
  ),
  PREFECT_SERVER_SERVICES_FOREMAN_DEPLOYMENT_LAST_POLLED_TIMEOUT_SECONDS: int(
    60,
    "Silence after which a deployment is not ready.",
    { aliases: ["PREFECT_API_SERVICES_FOREMAN_DEPLOYMENT_LAST_POLLED_TIMEOUT_SECONDS"] },
  ),
  PREFECT_SERVER_SERVICES_FOREMAN_WORK_QUEUE_LAST_POLLED_TIMEOUT_SECONDS: int(
    60,
    "Silence after which a work queue is not ready.",
    { aliases: ["PREFECT_API_SERVICES_FOREMAN_WORK_QUEUE_LAST_POLLED_TIMEOUT_SECONDS"] },
  ),
  PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED: flag(true, "Runs the service that marks late runs.", {
    aliases: ["PREFECT_API_SERVICES_LATE_RUNS_ENABLED"],
  }),
  PREFECT_SERVER_SERVICES_LATE_RUNS_LOOP_SECONDS: float(
    5,
    "Time between two rounds of the service that marks late runs.",
    { aliases: ["PREFECT_API_SERVICES_LATE_RUNS_LOOP_SECONDS"] },
  ),
  PREFECT_SERVER_SERVICES_LATE_RUNS_AFTER_SECONDS: duration(15, "How late a run must be to be marked late.", {
    aliases: ["PREFECT_API_SERVICES_LATE_RUNS_AFTER_SECONDS"],
  }),
  PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED: flag(true, "Runs the service that fails expired pauses.", {
    aliases: ["PREFECT_API_SERVICES_PAUSE_EXPIRATIONS_ENABLED"],
  }),
  PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_LOOP_SECONDS: float(
    5,
    "Time between two rounds of the service that fails expired pauses.",
    { aliases: ["PREFECT_API_SERVICES_PAUSE_EXPIRATIONS_LOOP_SECONDS"] },
  ),
  PREFECT_SERVER_SERVICES_REPOSSESSOR_ENABLED: flag(true, "Runs the service that frees expired concurrency leases."),
  PREFECT_SERVER_SERVICES_REPOSSESSOR_LOOP_SECONDS: float(
    15,
    "Time between two rounds of the service that frees expired concurrency leases.",
  ),
  PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED: flag(true, "Runs the service that creates the runs of schedules.", {
    aliases: ["PREFECT_API_SERVICES_SCHEDULER_ENABLED"],
  }),
  PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS: float(
    60,
    "Time between two rounds of the service that creates the runs of schedules.",
    { aliases: ["PREFECT_API_SERVICES_SCHEDULER_LOOP_SECONDS"] },
  ),
  PREFECT_SERVER_SERVICES_SCHEDULER_DEPLOYMENT_BATCH_SIZE: int(100, "Deployments scheduled at once.", {
    aliases: ["PREFECT_API_SERVICES_SCHEDULER_DEPLOYMENT_BATCH_SIZE"],
  }),
  PREFECT_SERVER_SERVICES_SCHEDULER_MAX_RUNS: int(100, "Runs created ahead per schedule, at most.", {
    aliases: ["PREFECT_API_SERVICES_SCHEDULER_MAX_RUNS"],
  }),
  PREFECT_SERVER_SERVICES_SCHEDULER_MIN_RUNS: int(3, "Runs created ahead per schedule, at least.", {
    aliases: ["PREFECT_API_SERVICES_SCHEDULER_MIN_RUNS"],
  }),
  PREFECT_SERVER_SERVICES_SCHEDULER_MAX_SCHEDULED_TIME: duration(
    100 * DAY,
    "How far ahead runs are created, at most.",
    { aliases: ["PREFECT_API_SERVICES_SCHEDULER_MAX_SCHEDULED_TIME"] },
  ),
  PREFECT_SERVER_SERVICES_SCHEDULER_MIN_SCHEDULED_TIME: duration(
    1 * HOUR,
    "How far ahead runs are created, at least.",
    { aliases: ["PREFECT_API_SERVICES_SCHEDULER_MIN_SCHEDULED_TIME"] },
  ),
  PREFECT_SERVER_SERVICES_SCHEDULER_INSERT_BATCH_SIZE: int(500, "Runs written at once.", {
    aliases: ["PREFECT_API_SERVICES_SCHEDULER_INSERT_BATCH_SIZE"],
  }),
  PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS: float(
    5,
    "Time between two looks for deployments that have just changed.",
  ),
  PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_ENABLED: flag(
    true,
    "Runs the service that records task runs from their events.",
    { aliases: ["PREFECT_API_SERVICES_TASK_RUN_RECORDER_ENABLED"] },
  ),
  PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE: int(1, "Messages read at once.", { above: 0 }),
  PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE: int(
    1,
    "Rows per round of the service that records task runs from their events.",
    { above: 0 },
  ),
  PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL: float(
    5,
    "Seconds until a batch that is not full is written.",
    { above: 0 },
  ),
  PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED: flag(true, "Runs the service that evaluates automations.", {
    aliases: ["PREFECT_API_SERVICES_TRIGGERS_ENABLED"],
  }),
  PREFECT_SERVER_SERVICES_TRIGGERS_READ_BATCH_SIZE: int(1, "Messages read at once.", { above: 0 }),
  PREFECT_SERVER_SERVICES_TRIGGERS_PG_NOTIFY_RECONNECT_INTERVAL_SECONDS: int(
    10,
    "Time until a lost PostgreSQL notification channel is opened again.",
  ),
  PREFECT_SERVER_SERVICES_TRIGGERS_PG_NOTIFY_HEARTBEAT_INTERVAL_SECONDS: int(
    5,
    "Time between two checks of that channel.",
  ),
};
