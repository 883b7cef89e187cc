import { delays, flag, int, optionalFlag, optionalInt, optionalText, path, text } from "../define.ts";

export const runsSettings = {
  PREFECT_DEPLOYMENTS_DEFAULT_WORK_POOL_NAME: optionalText("Work pool of deployments that name none.", {
    aliases: ["PREFECT_DEFAULT_WORK_POOL_NAME"],
  }),
  PREFECT_DEPLOYMENTS_DEFAULT_DOCKER_BUILD_NAMESPACE: optionalText("Put before image names that have no namespace.", {
    aliases: ["PREFECT_DEFAULT_DOCKER_BUILD_NAMESPACE"],
  }),
  PREFECT_FLOWS_HEARTBEAT_FREQUENCY: int(180, "Seconds between two heartbeats of a run.", {
    aliases: ["PREFECT_RUNNER_HEARTBEAT_FREQUENCY"],
    min: 30,
  }),
  PREFECT_FLOWS_DEFAULT_RETRIES: int(0, "Retries of flows that set none.", {
    aliases: ["PREFECT_FLOW_DEFAULT_RETRIES"],
    min: 0,
  }),
  PREFECT_FLOWS_DEFAULT_RETRY_DELAY_SECONDS: delays(
    0,
    "Delay before retries of flows that set none; a list has one per attempt.",
    { aliases: ["PREFECT_FLOW_DEFAULT_RETRY_DELAY_SECONDS"] },
  ),
  PREFECT_RESULTS_DEFAULT_SERIALIZER: text("json", "Serializer of results that name none."),
  PREFECT_RESULTS_PERSIST_BY_DEFAULT: flag(false, "Persists all results."),
  PREFECT_RESULTS_DEFAULT_STORAGE_BLOCK: optionalText("Block that stores results, as type/name.", {
    aliases: ["PREFECT_DEFAULT_RESULT_STORAGE_BLOCK"],
  }),
  PREFECT_RESULTS_LOCAL_STORAGE_PATH: path("$PREFECT_HOME/storage", "Folder of results kept locally.", {
    aliases: ["PREFECT_LOCAL_STORAGE_PATH"],
  }),
  PREFECT_TASKS_RUNNER_THREAD_POOL_MAX_WORKERS: optionalInt(
    "Tasks the concurrent runner has under way at once; unset means no limit.",
    { aliases: ["PREFECT_TASK_RUNNER_THREAD_POOL_MAX_WORKERS"], above: 0 },
  ),
  PREFECT_TASKS_RUNNER_PROCESS_POOL_MAX_WORKERS: optionalInt(
    "Processes of the process-pool runner; unset means one per core.",
    { above: 0 },
  ),
  PREFECT_TASKS_SCHEDULING_DEFAULT_STORAGE_BLOCK: optionalText(
    "Block that stores parameters of background tasks, as type/name.",
    { aliases: ["PREFECT_TASK_SCHEDULING_DEFAULT_STORAGE_BLOCK"] },
  ),
  PREFECT_TASKS_SCHEDULING_DELETE_FAILED_SUBMISSIONS: flag(
    true,
    "Deletes background task runs that could not be submitted.",
    { aliases: ["PREFECT_TASK_SCHEDULING_DELETE_FAILED_SUBMISSIONS"] },
  ),
  PREFECT_TASKS_REFRESH_CACHE: flag(false, "Runs tasks again even when their result is cached."),
  PREFECT_TASKS_DEFAULT_NO_CACHE: flag(false, "Makes NO_CACHE the default cache policy."),
  PREFECT_TASKS_DISABLE_CACHING: flag(false, "Turns caching off for every task."),
  PREFECT_TASKS_DEFAULT_RETRIES: int(0, "Retries of tasks that set none.", {
    aliases: ["PREFECT_TASK_DEFAULT_RETRIES"],
    min: 0,
  }),
  PREFECT_TASKS_DEFAULT_RETRY_DELAY_SECONDS: delays(
    0,
    "Delay before retries of tasks that set none; a list has one per attempt.",
    { aliases: ["PREFECT_TASK_DEFAULT_RETRY_DELAY_SECONDS"] },
  ),
  PREFECT_TASKS_DEFAULT_PERSIST_RESULT: optionalFlag("Persists the results of tasks that do not say."),
};
