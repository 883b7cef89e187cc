import { z } from "zod";
import { shapes } from "./route.ts";

export const extRoutes = shapes("ext", {
  features: {
    summary: "What this server adds to Prefect's API; Prefect's own server answers 404",
    returns: z.object({ server: z.literal("prefect-ts"), features: z.array(z.string()) }),
  },
});
