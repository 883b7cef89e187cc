import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { machine } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { API_VERSION, PREFECT_VERSION } from "../../domain/emulation.ts";
import { packageManifest } from "../../platform/package-version.ts";
import type { Settings } from "../../platform/settings/settings.ts";
import { command, flagOption } from "../command.ts";
import type { CliContext } from "../context.ts";

/** Names and values, nested; a group without lines is not shown. */
interface Lines {
  readonly [name: string]: string | Lines;
}

const VALUE_COLUMN = 21;

const version = command({
  name: "version",
  summary: "Get the current Prefect version and integration information.",
  options: { omitIntegrations: flagOption("Omit integration information", false) },

  async run({ omitIntegrations }, { out, cwd, uncheckedSettings: settings }) {
    const manifest = packageManifest();
    print(out, {
      Version: manifest.version ?? "unknown",
      "Prefect version": PREFECT_VERSION,
      "API version": API_VERSION,
      "Node version": process.versions.node,
      "Git commit": manifest.gitHead?.slice(0, 8) ?? "unknown",
      Built: builtAt(),
      "OS/Arch": `${process.platform}/${machine()}`,
      Profile: settings.profileName,
      "Server type": settings.serverType,
      "Zod version": installedVersion("zod"),
      Server: await describeDatabase(settings),
      Integrations: omitIntegrations ? {} : findIntegrations(cwd),
    });
  },
});

function print(out: CliContext["out"], lines: Lines, indent = ""): void {
  for (const [name, value] of Object.entries(lines)) {
    if (typeof value === "string") {
      out.line(`${indent}${`${name}:`.padEnd(VALUE_COLUMN - indent.length)} ${value}`);
    } else if (Object.keys(value).length > 0) {
      out.line(`${indent}${name}:`);
      print(out, value, `${indent}  `);
    }
  }
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** When this file was written, by the build or by npm that unpacked it: `Tue, Oct 06, 2026 04:33 PM`. */
function builtAt(): string {
  const built = statSync(fileURLToPath(import.meta.url)).mtime;
  const two = (part: number) => String(part).padStart(2, "0");
  const hours = built.getHours();
  const day = `${DAYS[built.getDay()]}, ${MONTHS[built.getMonth()]} ${two(built.getDate())}, ${built.getFullYear()}`;
  return `${day} ${two(hours % 12 || 12)}:${two(built.getMinutes())} ${hours < 12 ? "AM" : "PM"}`;
}

function installedVersion(name: string): string {
  try {
    const require = createRequire(import.meta.url);
    return (require(`${name}/package.json`) as { version: string }).version;
  } catch {
    return "Not installed";
  }
}

async function describeDatabase(settings: Settings): Promise<Lines> {
  const url = settings.get("PREFECT_SERVER_DATABASE_CONNECTION_URL");
  if (!url.startsWith("postgres")) {
    const { openSqlite } = await import("../../storage/dialects/sqlite-binding.ts");
    const sqlite = openSqlite(":memory:");
    const { version: sqliteVersion } = sqlite.prepare("SELECT sqlite_version() AS version").get() as {
      version: string;
    };
    sqlite.close();
    return { Database: "sqlite", "SQLite version": sqliteVersion };
  }
  const postgresVersion = await askPostgres(url, settings.get("PREFECT_SERVER_DATABASE_CONNECTION_TIMEOUT") * 1000);
  return {
    Database: "postgresql",
    ...(postgresVersion === undefined ? {} : { "PostgreSQL version": postgresVersion }),
  };
}

/** Nothing when it does not answer: this command describes the installation, it does not check it. */
async function askPostgres(url: string, timeoutMs: number): Promise<string | undefined> {
  const { default: pg } = await import("pg");
  const client = new pg.Client({
    connectionString: url.replace(/^postgres(ql)?(\+\w+)?:/, "postgresql:"),
    connectionTimeoutMillis: timeoutMs,
  });
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>("SHOW server_version");
    return rows[0]?.server_version;
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Packages `@prefect-ts/…` that a program in this folder would find. */
function findIntegrations(cwd: string): Lines {
  const found: Record<string, string> = {};
  for (let folder = cwd; ; folder = dirname(folder)) {
    const scope = join(folder, "node_modules", "@prefect-ts");
    for (const name of existsSync(scope) ? readdirSync(scope) : []) {
      const manifest = join(scope, name, "package.json");
      if (!existsSync(manifest)) continue;
      const { version: installed, private: isPrivate } = JSON.parse(readFileSync(manifest, "utf8")) as {
        version?: string;
        private?: boolean;
      };
      if (isPrivate !== true && installed !== undefined) found[`@prefect-ts/${name}`] ??= installed;
    }
    if (dirname(folder) === folder) return found;
  }
}

export const versionCommands = [version];
