import { z } from "zod";
import { uuidSchema } from "../domain/wire.ts";
import { shapes } from "./route.ts";

export const adminRoutes = shapes("admin", {
  version: { summary: "The release of Prefect that is emulated", returns: z.string() },
  settings: { summary: "All settings as a tree; secrets are masked", returns: z.record(z.string(), z.unknown()) },
  get_storage: { returns: z.object({ default_result_storage_block_id: uuidSchema.nullable() }) },
});
