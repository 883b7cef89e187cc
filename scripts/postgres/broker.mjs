/**
 * The process that owns the tests' PostgreSQL: a small HTTP service on the loopback that hands out databases.
 *
 *   POST   /databases                 { name, url }: an empty database of one's own
 *   POST   /databases?template=KEY    the same as a copy of KEY; or { prepare: { name, url } } for the first who asks:
 *                                     fill it, close every connection to it, then POST /templates/KEY
 *   POST   /templates/KEY             KEY is ready to be copied ({ failed: true }: it is not, let the next one try)
 *   DELETE /databases/NAME            drops it, whoever is still connected
 *   GET    /url                       { url }: the cluster's own, started by the first request that needs it
 *
 * A process of its own, because it must outlive its parent by a moment: when standard input closes (the parent ended
 * or was killed), it stops PostgreSQL and removes its folder. Prints its address as its only line.
 */
import { createServer } from "node:http";
import pg from "pg";
import { startCluster } from "./cluster.mjs";

let cluster;
let admin;
let counter = 0;
const templates = new Map();

function theCluster() {
  cluster ??= startCluster({ onExit: (code) => fatal(new Error(`PostgreSQL ended by itself (${code})`)) });
  return cluster;
}

/** One connection, so that statements queue up: PostgreSQL copies a template for one caller at a time anyway. */
async function theAdmin() {
  const { url } = await theCluster();
  admin ??= new pg.Pool({ connectionString: url, max: 1 }).on("error", () => {}); // the cluster stops before we do
  return admin;
}

async function createDatabase(template) {
  const client = await theAdmin();
  counter += 1;
  const name = `test_${counter}`;
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  const url = new URL((await theCluster()).url);
  url.pathname = `/${name}`;
  return { name, url: url.href };
}

/** Answers the name of a ready template, or a database that the caller is to fill. */
async function templateFor(key) {
  const known = templates.get(key);
  if (known) {
    const name = await known.ready;
    return name === undefined ? templateFor(key) : { name };
  }
  let settle;
  const ready = new Promise((resolve) => {
    settle = resolve;
  });
  templates.set(key, { ready, settle });
  try {
    const database = await createDatabase("template0");
    templates.get(key).name = database.name;
    return { prepare: database };
  } catch (error) {
    settleTemplate(key, true);
    throw error;
  }
}

function settleTemplate(key, failed) {
  const template = templates.get(key);
  if (!template) return;
  if (failed) templates.delete(key);
  template.settle(failed ? undefined : template.name);
}

async function answer(method, url, body) {
  const [kind, rest] = url.pathname.slice(1).split("/").map(decodeURIComponent);
  if (method === "GET" && kind === "url") return { url: (await theCluster()).url };
  if (method === "POST" && kind === "templates") return settleTemplate(rest, body.failed === true) ?? {};
  if (method === "DELETE" && kind === "databases" && /^test_\d+$/.test(rest ?? "")) {
    await (await theAdmin()).query(`DROP DATABASE IF EXISTS ${rest} WITH (FORCE)`);
    return {};
  }
  if (method === "POST" && kind === "databases") {
    const key = url.searchParams.get("template");
    if (key === null) return createDatabase("template0");
    const template = await templateFor(key);
    return template.prepare ? template : createDatabase(template.name);
  }
  throw new Error(`the test database service has no ${method} ${url.pathname}`);
}

const server = createServer(async (request, response) => {
  try {
    let text = "";
    for await (const chunk of request) text += chunk;
    const result = await answer(request.method, new URL(request.url, "http://broker"), text ? JSON.parse(text) : {});
    response.end(JSON.stringify(result));
  } catch (error) {
    response.statusCode = 500;
    response.end(JSON.stringify({ error: String(error?.message ?? error) }));
  }
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));

async function end(code) {
  server.close();
  const running = await Promise.resolve(cluster).catch(() => undefined);
  await running?.stop();
  process.exit(code);
}

function fatal(error) {
  console.error(`test database service: ${error.message}`);
  void end(1);
}

process.stdin.resume().on("end", () => void end(0));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void end(0));
