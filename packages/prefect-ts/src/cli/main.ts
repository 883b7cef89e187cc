#!/usr/bin/env node
import { packageVersion } from "../platform/package-version.ts";

const argv = process.argv.slice(2);

// A reader that has seen enough (`prefect config view | head`) closes the pipe; that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

if (argv[0] === "--version" || argv[0] === "-v") {
  process.stdout.write(`${packageVersion()}\n`);
} else {
  const { runCli } = await import("./run-cli.ts");
  process.exitCode = await runCli(argv);
}
