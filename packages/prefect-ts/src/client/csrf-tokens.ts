import type { RouteReply } from "./transport.ts";

export interface CsrfTokens {
  /** The headers of a mutation; none when the server has no protection. */
  headers(): Promise<Record<string, string>>;
  /** The server refused the token (they expire): the next mutation gets a new one. */
  forget(): void;
}

/**
 * Keeps one token per client. A server without protection answers 422 (or 404, when it is old): then nobody asks it
 * again. Mutations that start together share one request.
 */
export function createCsrfTokens(fetchToken: (client: string) => Promise<RouteReply>): CsrfTokens {
  const client = globalThis.crypto.randomUUID();
  let pending: Promise<Record<string, string>> | undefined;

  async function request(): Promise<Record<string, string>> {
    try {
      const reply = await fetchToken(client);
      if (reply.status === 200) {
        const { token } = JSON.parse(reply.body) as { token: string };
        return { "Prefect-Csrf-Token": token, "Prefect-Csrf-Client": client };
      }
      if (reply.status !== 422 && reply.status !== 404) pending = undefined;
      return {};
    } catch (error) {
      pending = undefined;
      throw error;
    }
  }

  return {
    headers() {
      pending ??= request();
      return pending;
    },
    forget() {
      pending = undefined;
    },
  };
}
