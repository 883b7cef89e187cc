import { start } from "./server-start.ts";
import { status } from "./server-status.ts";
import { stop } from "./server-stop.ts";

export const serverCommands = [start, status, stop];
