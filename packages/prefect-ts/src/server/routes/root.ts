import { rootRoutes } from "../../contract/root.ts";
import { API_VERSION } from "../../domain/emulation.ts";
import { InvalidInputError } from "../../domain/errors.ts";
import { createCsrfToken } from "../../resources/csrf-tokens.ts";
import { sql } from "../../storage/sql.ts";
import { implement, Reply } from "../implement.ts";

const WAVING_HAND = "\u{1F44B}";

export const implementation = implement(rootRoutes, {
  health: () => true,
  hello: () => WAVING_HAND,
  version: () => API_VERSION,

  ready: async (_, { db }) => {
    try {
      await db.get(sql`SELECT 1 AS answer`);
      return { message: "OK" };
    } catch {
      return new Reply(503, { message: "Database is not available" });
    }
  },

  csrf_token: ({ query }, { db, settings, now }) => {
    // Prefect's client looks for this very sentence, and asks no more.
    if (!settings.get("PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED")) {
      throw new InvalidInputError("CSRF protection is disabled.");
    }
    return createCsrfToken(db, query.client, settings.get("PREFECT_SERVER_API_CSRF_TOKEN_EXPIRATION"), now);
  },
});
