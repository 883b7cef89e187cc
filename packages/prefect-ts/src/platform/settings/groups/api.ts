import { flag, float, int, optionalText, statusCodes, text, textMap } from "../define.ts";

export const apiSettings = {
  PREFECT_API_URL: optionalText("Address of the API, ending in /api; unset means the embedded server."),
  PREFECT_API_AUTH_STRING: optionalText("What the client sends as basic authentication, as user:password.", {
    isSecret: true,
  }),
  PREFECT_API_KEY: optionalText("API key that the client sends as bearer token.", { isSecret: true }),
  PREFECT_API_TLS_INSECURE_SKIP_VERIFY: flag(false, "Accepts any TLS certificate of the API."),
  PREFECT_API_SSL_CERT_FILE: optionalText("Certificate bundle that vouches for the API; unset means the one of Node."),
  PREFECT_API_ENABLE_HTTP2: flag(false, "Asks for HTTP/2 where the API offers it."),
  PREFECT_API_REQUEST_TIMEOUT: float(60, "Seconds until a request of the client is given up."),
  PREFECT_CLIENT_METRICS_ENABLED: flag(false, "Serves Prometheus metrics of the client.", {
    aliases: ["PREFECT_CLIENT_ENABLE_METRICS"],
  }),
  PREFECT_CLIENT_METRICS_PORT: int(4201, "Port of those metrics."),
  PREFECT_CLIENT_MAX_RETRIES: int(5, "Times a failed request is sent again.", { min: 0 }),
  PREFECT_CLIENT_RETRY_JITTER_FACTOR: float(0.2, "Share of a retry delay that is random.", { min: 0 }),
  PREFECT_CLIENT_RETRY_EXTRA_CODES: statusCodes([], "HTTP status codes to retry beside 429, 502 and 503."),
  PREFECT_CLIENT_CSRF_SUPPORT_ENABLED: flag(true, "Fetches and sends CSRF tokens."),
  PREFECT_CLIENT_CUSTOM_HEADERS: textMap(
    {},
    "Headers added to every request, as a JSON object; the ones the client sets itself are left alone.",
  ),
  PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED: flag(true, "Compares the server's version with ours, once per client."),
  PREFECT_CLOUD_API_URL: text("https://api.prefect.cloud/api", "Address of the Prefect Cloud API."),
  PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY: flag(true, "Sends spans of runs to Prefect Cloud."),
  PREFECT_CLOUD_MAX_LOG_SIZE: int(25000, "Bytes a log message may have on Prefect Cloud."),
  PREFECT_CLOUD_UI_URL: optionalText(
    "Address of the Prefect Cloud dashboard; unset means it follows from PREFECT_CLOUD_API_URL.",
  ),
  PREFECT_EVENTS_WORKER_MAX_QUEUE_SIZE: int(0, "Events that may wait to be sent; 0 means no limit.", { min: 0 }),
};
