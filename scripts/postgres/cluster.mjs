/** One PostgreSQL cluster in a temporary folder: made, started on a free port of the loopback, stopped, removed. */
import { spawn } from "node:child_process";
import { chmod, chown, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { postgresHome, postgresUser } from "./binaries.mjs";

// Tests lose nothing when the machine dies, so nothing waits for the disk. A killed process is another matter:
// what was committed survives it with these settings too.
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_connections: "300",
  shared_buffers: "64MB",
  wal_level: "minimal",
  max_wal_senders: "0",
  autovacuum: "off",
  timezone: "UTC",
};
const PORT_ATTEMPTS = 5;

/** Starts a cluster; `onExit` hears of a server that ends by itself. */
export async function startCluster({ onExit } = {}) {
  const workDir = await mkdtemp(join(tmpdir(), "prefect-ts-postgres-"));
  try {
    const user = await postgresUser();
    await chmod(workDir, 0o755);
    const home = await postgresHome(user, workDir);
    const dataDir = await createDataDir(home, user, workDir);
    const { port, server } = await startOnFreePort(home, user, dataDir);
    if (onExit) server.once("exit", onExit);
    return {
      url: `postgresql://prefect@127.0.0.1:${port}/postgres`,
      stop: async () => {
        server.removeAllListeners("exit");
        await stopServer(server);
        await rm(workDir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(workDir, { recursive: true, force: true });
    throw error;
  }
}

async function createDataDir(home, user, workDir) {
  const parent = await mkdtemp(join(workDir, "cluster-"));
  if (user.uid !== undefined) await chown(parent, user.uid, user.gid);
  const dataDir = join(parent, "data");
  const flags = ["--username=prefect", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"];
  const initdb = spawn(join(home, "bin/initdb"), [`--pgdata=${dataDir}`, ...flags], {
    ...user,
    cwd: workDir,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const { code, output } = await ended(initdb);
  if (code !== 0) throw new Error(`PostgreSQL's initdb failed (${code}):\n${output}`);
  return dataDir;
}

async function startOnFreePort(home, user, dataDir) {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      return { port, server: await startServer(home, user, dataDir, port) };
    } catch (error) {
      // Another process may have taken the port between our look and PostgreSQL's.
      if (attempt === PORT_ATTEMPTS || !/Address already in use/.test(error.message)) throw error;
    }
  }
}

function startServer(home, user, dataDir, port) {
  const settings = Object.entries({ ...SETTINGS, port }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = spawn(join(home, "bin/postgres"), ["-D", dataDir, ...settings], {
    ...user,
    cwd: dataDir,
    stdio: ["ignore", "ignore", "pipe"],
  });
  return new Promise((resolve, reject) => {
    let output = "";
    server.on("error", reject);
    server.on("exit", (code) => reject(new Error(`PostgreSQL did not start (${code}):\n${output}`)));
    server.stderr.on("data", (chunk) => {
      // Kept only until it is up; afterwards it is read and dropped, or a full pipe would stop the server.
      if (output === null) return;
      output += chunk;
      if (!output.includes("database system is ready to accept connections")) return;
      output = null;
      server.removeAllListeners("exit");
      resolve(server);
    });
  });
}

async function stopServer(server) {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exit = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGQUIT"); // immediate: there is nothing to save
  await exit;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function ended(child) {
  return new Promise((resolve, reject) => {
    let output = "";
    child.stderr.on("data", (chunk) => {
      output += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}
