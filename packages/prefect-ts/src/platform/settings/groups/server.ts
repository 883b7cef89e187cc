import {
  duration,
  flag,
  float,
  HOUR,
  int,
  logLevel,
  optionalFloat,
  optionalText,
  path,
  text,
  textList,
} from "../define.ts";

export const serverSettings = {
  PREFECT_SERVER_API_AUTH_STRING: optionalText("Basic authentication that the server asks for, as user:password.", {
    isSecret: true,
  }),
  PREFECT_SERVER_API_HOST: text("127.0.0.1", "Address the server listens on."),
  PREFECT_SERVER_API_PORT: int(4200, "Port the server listens on."),
  PREFECT_SERVER_API_BASE_PATH: optionalText("Path of the API instead of /api."),
  PREFECT_SERVER_API_DEFAULT_LIMIT: int(200, "Rows a list answers unless asked for fewer, and at most.", {
    aliases: ["PREFECT_API_DEFAULT_LIMIT"],
  }),
  PREFECT_SERVER_API_KEEPALIVE_TIMEOUT: int(5, "Seconds an idle HTTP connection stays open."),
  PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED: flag(false, "Asks for CSRF tokens on writes.", {
    aliases: ["PREFECT_SERVER_CSRF_PROTECTION_ENABLED"],
  }),
  PREFECT_SERVER_API_CSRF_TOKEN_EXPIRATION: duration(1 * HOUR, "Life of a CSRF token.", {
    aliases: ["PREFECT_SERVER_CSRF_TOKEN_EXPIRATION"],
  }),
  PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS: text("*", "Origins that browsers may call from, comma separated.", {
    aliases: ["PREFECT_SERVER_CORS_ALLOWED_ORIGINS"],
  }),
  PREFECT_SERVER_API_CORS_ALLOWED_METHODS: text("*", "Methods that browsers may use from elsewhere.", {
    aliases: ["PREFECT_SERVER_CORS_ALLOWED_METHODS"],
  }),
  PREFECT_SERVER_API_CORS_ALLOWED_HEADERS: text("*", "Headers that browsers may send from elsewhere.", {
    aliases: ["PREFECT_SERVER_CORS_ALLOWED_HEADERS"],
  }),
  PREFECT_SERVER_API_ALLOWED_HOSTS: textList(
    [],
    "Host names, beside the server's own, that requests may name; * allows all.",
  ),
  PREFECT_SERVER_API_MAX_REQUEST_SIZE: int(10_000_000, "Bytes that the body of a request may have.", { min: 1 }),
  PREFECT_SERVER_API_WEBSOCKET_PING_INTERVAL: float(20, "Seconds between two pings of a WebSocket."),
  PREFECT_SERVER_API_WEBSOCKET_PING_TIMEOUT: float(20, "Seconds until an unanswered ping closes the WebSocket."),
  PREFECT_SERVER_API_MAX_PARAMETER_SIZE: int(
    524_288,
    "Bytes that the parameters of a run may have; 0 means no limit.",
    { min: 0 },
  ),
  PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE: text(
    "prefect.server.concurrency.lease_storage.memory",
    "Accepted for compatibility: leases are rows of the database here.",
  ),
  PREFECT_SERVER_CONCURRENCY_INITIAL_DEPLOYMENT_LEASE_DURATION: float(
    300,
    "Seconds that infrastructure may take to start before its concurrency slot is freed.",
    { min: 30, max: 3600 },
  ),
  PREFECT_SERVER_CONCURRENCY_MAXIMUM_CONCURRENCY_SLOT_WAIT_SECONDS: float(
    30,
    "Longest wait that the server asks of a client for a slot.",
    { min: 0 },
  ),
  PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS: float(
    30,
    "Wait before a run asks again for a slot of its deployment.",
    { aliases: ["PREFECT_DEPLOYMENT_CONCURRENCY_SLOT_WAIT_SECONDS"], min: 0 },
  ),
  PREFECT_SERVER_DOCKET_NAME: text(
    "prefect-server",
    "Accepted for compatibility: background work is rows of the database here.",
  ),
  PREFECT_SERVER_DOCKET_URL: text(
    "memory://",
    "Accepted for compatibility: background work is rows of the database here.",
  ),
  PREFECT_SERVER_EPHEMERAL_ENABLED: flag(false, "Allows the embedded server when there is no API address.", {
    aliases: ["PREFECT_SERVER_ALLOW_EPHEMERAL_MODE"],
  }),
  PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS: int(20, "Time the embedded server may take to start."),
  PREFECT_SERVER_FLOW_RUN_GRAPH_MAX_NODES: int(10000, "Nodes a run graph may have.", {
    aliases: ["PREFECT_API_MAX_FLOW_RUN_GRAPH_NODES"],
  }),
  PREFECT_SERVER_FLOW_RUN_GRAPH_MAX_ARTIFACTS: int(10000, "Artifacts a run graph may have.", {
    aliases: ["PREFECT_API_MAX_FLOW_RUN_GRAPH_ARTIFACTS"],
  }),
  PREFECT_SERVER_LOGS_STREAM_OUT_ENABLED: flag(true, "Streams logs over /logs/out."),
  PREFECT_SERVER_LOGS_STREAM_PUBLISHING_ENABLED: flag(true, "Hands incoming logs to the streams."),
  PREFECT_SERVER_LOGGING_LEVEL: logLevel("WARNING", "Lowest level the server prints.", {
    aliases: ["PREFECT_LOGGING_SERVER_LEVEL"],
  }),
  PREFECT_SERVER_ANALYTICS_ENABLED: flag(false, "Accepted for compatibility: nothing is ever sent."),
  PREFECT_SERVER_METRICS_ENABLED: flag(false, "Serves Prometheus metrics at /api/metrics.", {
    aliases: ["PREFECT_API_ENABLE_METRICS"],
  }),
  PREFECT_SERVER_LOG_RETRYABLE_ERRORS: flag(false, "Logs errors that a client will retry.", {
    aliases: ["PREFECT_API_LOG_RETRYABLE_ERRORS"],
  }),
  PREFECT_SERVER_REGISTER_BLOCKS_ON_START: flag(true, "Registers the known block types when the server starts.", {
    aliases: ["PREFECT_API_BLOCKS_REGISTER_ON_START"],
  }),
  PREFECT_SERVER_MEMOIZE_BLOCK_AUTO_REGISTRATION: flag(true, "Skips that registration when nothing has changed.", {
    aliases: ["PREFECT_MEMOIZE_BLOCK_AUTO_REGISTRATION"],
  }),
  PREFECT_SERVER_MEMO_STORE_PATH: path(
    "$PREFECT_HOME/memo_store.toml",
    "Accepted for compatibility: the memo lies in the database here.",
    { aliases: ["PREFECT_MEMO_STORE_PATH"] },
  ),
  PREFECT_SERVER_DEPLOYMENT_SCHEDULE_MAX_SCHEDULED_RUNS: int(50, "Runs a schedule may have waiting.", {
    aliases: ["PREFECT_DEPLOYMENT_SCHEDULE_MAX_SCHEDULED_RUNS"],
  }),
  PREFECT_SERVER_TASKS_SCHEDULING_MAX_SCHEDULED_QUEUE_SIZE: int(
    1000,
    "Background task runs that may wait for a task worker.",
    { aliases: ["PREFECT_TASK_SCHEDULING_MAX_SCHEDULED_QUEUE_SIZE"] },
  ),
  PREFECT_SERVER_TASKS_SCHEDULING_MAX_RETRY_QUEUE_SIZE: int(
    100,
    "Background task retries that may wait for a task worker.",
    { aliases: ["PREFECT_TASK_SCHEDULING_MAX_RETRY_QUEUE_SIZE"] },
  ),
  PREFECT_SERVER_TASKS_SCHEDULING_PENDING_TASK_TIMEOUT: duration(
    0,
    "Time after which a background task run stuck in Pending is offered again; 0 means never.",
    { aliases: ["PREFECT_TASK_SCHEDULING_PENDING_TASK_TIMEOUT"] },
  ),
  PREFECT_SERVER_TASKS_TAG_CONCURRENCY_SLOT_WAIT_SECONDS: float(
    10,
    "Wait before a task run asks again for a slot of its tags.",
    { aliases: ["PREFECT_TASK_RUN_TAG_CONCURRENCY_SLOT_WAIT_SECONDS"], min: 0 },
  ),
  PREFECT_SERVER_TASKS_MAX_CACHE_KEY_LENGTH: int(2000, "Characters a cache key may have.", {
    aliases: ["PREFECT_API_TASK_CACHE_KEY_MAX_LENGTH"],
  }),
  PREFECT_SERVER_UI_ENABLED: flag(true, "Serves the dashboard.", { aliases: ["PREFECT_UI_ENABLED"] }),
  PREFECT_SERVER_UI_V2_ENABLED: flag(true, "Accepted for compatibility: there is one dashboard here."),
  PREFECT_SERVER_UI_API_URL: optionalText("API address the dashboard uses; unset means the server's own.", {
    aliases: ["PREFECT_UI_API_URL"],
  }),
  PREFECT_SERVER_UI_SERVE_BASE: text("/", "Path of the dashboard.", { aliases: ["PREFECT_UI_SERVE_BASE"] }),
  PREFECT_SERVER_UI_STATIC_DIRECTORY: optionalText(
    "Folder with the files of the dashboard; unset means the ones in the package.",
    { aliases: ["PREFECT_UI_STATIC_DIRECTORY"] },
  ),
  PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT: flag(
    true,
    "Accepted for compatibility: the dashboard has no promotions.",
  ),
  PREFECT_SERVER_WORKER_CHANNEL_CLEANUP_QUEUE_STORAGE: text(
    "prefect.server.worker_communication.cleanup_queue.memory",
    "Accepted for compatibility: the queue is rows of the database here.",
  ),
  PREFECT_SERVER_WORKER_CHANNEL_CLEANUP_LEASE_SECONDS: float(
    30,
    "Time a worker has for a clean-up before it is offered again.",
    { above: 0 },
  ),
  PREFECT_SERVER_WORKER_CHANNEL_CLEANUP_MAX_DELIVERY_ATTEMPTS: int(3, "Offers of a clean-up before it is given up.", {
    min: 1,
  }),
  PREFECT_SERVER_WORKER_CHANNEL_CLEANUP_COMPLETED_IDEMPOTENCY_RETENTION_SECONDS: optionalFloat(
    "Time a finished clean-up is remembered; unset means as long as it may be offered.",
    { min: 0 },
  ),
};
