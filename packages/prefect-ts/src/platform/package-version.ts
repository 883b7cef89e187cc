import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

interface PackageManifest {
  readonly name?: string;
  readonly version?: string;
  /** The commit that was published; npm writes it. */
  readonly gitHead?: string;
}

/** The version of this package, from its own package.json, which lies above the sources and above the build alike. */
export function packageVersion(): string {
  return packageManifest().version ?? "unknown";
}

export function packageManifest(): PackageManifest {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const file = join(folder, "package.json");
    if (existsSync(file)) {
      const manifest = JSON.parse(readFileSync(file, "utf8")) as PackageManifest;
      if (manifest.name === "prefect-ts") return manifest;
    }
    const parent = dirname(folder);
    if (parent === folder) return {};
    folder = parent;
  }
}
