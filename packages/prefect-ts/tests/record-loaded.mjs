// For `node --import`: writes the URL of each module that Node loads to the file descriptor 3, one a line.
import { writeSync } from "node:fs";
import { register } from "node:module";
import { isMainThread } from "node:worker_threads";

const RECORD_FD = 3;

if (isMainThread) register(import.meta.url);

export async function load(url, context, nextLoad) {
  writeSync(RECORD_FD, `${url}\n`);
  return nextLoad(url, context);
}
