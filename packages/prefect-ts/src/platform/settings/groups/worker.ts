import { flag, float, int, text } from "../define.ts";

export const workerSettings = {
  PREFECT_WORKER_DEBUG_MODE: flag(false, "Debug mode of the worker alone."),
  PREFECT_WORKER_HEARTBEAT_SECONDS: float(30, "Time between two heartbeats of a worker."),
  PREFECT_WORKER_QUERY_SECONDS: float(10, "Time between two polls of a worker."),
  PREFECT_WORKER_PREFETCH_SECONDS: float(10, "How long before its start a run is fetched."),
  PREFECT_WORKER_ENABLE_CANCELLATION: flag(false, "Lets workers cancel runs that have not started."),
  PREFECT_WORKER_CANCELLATION_POLL_SECONDS: float(
    120,
    "Time between two looks for cancelled runs when events are not available.",
  ),
  PREFECT_WORKER_WEBSERVER_HOST: text("0.0.0.0", "Address of the worker's health page."),
  PREFECT_WORKER_WEBSERVER_PORT: int(8080, "Port of the worker's health page."),
};
