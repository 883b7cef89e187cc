import { extRoutes } from "../../contract/ext.ts";
import { implement } from "../implement.ts";

/** Names of what we add to the wire, each with routes under `/api/ext/<name>`. */
const FEATURES: string[] = [];

export const implementation = implement(extRoutes, {
  features: () => ({ server: "prefect-ts" as const, features: FEATURES }),
});
