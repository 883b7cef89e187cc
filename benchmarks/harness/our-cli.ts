import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The program behind `npx prefect`. */
export const OUR_CLI = join(dirname(createRequire(import.meta.url).resolve("prefect-ts/package.json")), "dist/cli.js");
