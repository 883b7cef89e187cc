const VERSION = /^v?(\d+(?:\.\d+)*)((?:a|b|rc|\.?dev)\d*)?/i;

/**
 * Whether a version of Prefect is this one or a later one. A preview of a release (`3.5.0rc1`, `3.5.0.dev2`) comes
 * before it. What cannot be read as a version counts as very old.
 */
export function isVersionAtLeast(version: string | null | undefined, minimum: string): boolean {
  const match = VERSION.exec(version ?? "");
  if (match === null) return false;
  const [, release = "", preview] = match;
  const have = release.split(".").map(Number);
  const need = minimum.split(".").map(Number);
  for (let index = 0; index < Math.max(have.length, need.length); index += 1) {
    const difference = (have[index] ?? 0) - (need[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return preview === undefined;
}
