export { PREFECT_VERSION } from "./domain/emulation.ts";
