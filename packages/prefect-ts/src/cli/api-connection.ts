import { ApiError } from "../client/api-error.ts";
import { type Client, createClient } from "../client/client.ts";
import type { Settings } from "../platform/settings/settings.ts";
import { createEmbeddedConnection } from "../sdk/companion/embedded.ts";
import { createRemoteConnection } from "../sdk/companion/remote.ts";
import { CliError } from "./cli-error.ts";

export interface ApiConnection {
  readonly client: Client;
  close(): Promise<void>;
}

/**
 * The server of PREFECT_API_URL; without one the living server on our database, or that database itself, in this
 * process. A person waits, so a server that does not answer is not asked again.
 */
export async function openApiConnection(settings: Settings): Promise<ApiConnection> {
  const apiUrl = settings.get("PREFECT_API_URL");
  if (!apiUrl && settings.serverType === "unconfigured") {
    throw new CliError(
      "No Prefect API URL provided. Please set PREFECT_API_URL to the address of a running Prefect server.",
      {
        hint: "Start one with `prefect server start`, or set PREFECT_SERVER_EPHEMERAL_ENABLED=true to work without.",
      },
    );
  }
  const once = settings.with({ PREFECT_CLIENT_MAX_RETRIES: 0 });
  const connection = apiUrl ? createRemoteConnection(once, apiUrl) : await createEmbeddedConnection(once, false);
  return { client: createClient(connection.transport), close: () => connection.close() };
}

/** The answer, or `undefined` where the server says that there is no such thing. */
export async function unlessNotFound<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}
