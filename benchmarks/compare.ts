/** npm run bench -- compare OLD NEW: how the figures of two outputs differ. */
import { readFileSync } from "node:fs";
import { readMeasurements, toDifferences } from "./harness/differences.ts";

const [oldFile, newFile] = process.argv.slice(2);
if (oldFile === undefined || newFile === undefined) {
  console.error("npm run bench -- compare OLD NEW: two files with the output of npm run bench");
  process.exitCode = 2;
} else {
  const [before, after] = [oldFile, newFile].map((file) => readMeasurements(readFileSync(file, "utf8")));
  for (const line of toDifferences(before ?? [], after ?? [])) console.log(line);
}
