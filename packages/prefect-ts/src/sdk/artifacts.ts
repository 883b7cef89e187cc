/** What a run leaves for people to look at: tables, texts, links, pictures and progress bars on its page. */
import { currentContext } from "./context.ts";
import { InvalidOptionError } from "./exceptions.ts";
import { currentCompanion } from "./process-companion.ts";
import { getRunLogger } from "./run-logger.ts";

export interface ArtifactOptions {
  /** Lowercase letters, digits and dashes. Artifacts with the same key are versions of one, the newest first. */
  readonly key?: string;
  /** Markdown shown above it. */
  readonly description?: string;
}

const KEY_FORM = /^[a-z0-9-]+$/;

/** Rows as objects, as lists, or columns by name. */
export type Table =
  | readonly Readonly<Record<string, unknown>>[]
  | readonly (readonly unknown[])[]
  | Readonly<Record<string, readonly unknown[]>>;

/**
 * A table on the run's page; gives its id.
 *
 * @example
 * ```ts
 * await createTableArtifact({ key: "busiest", table: [{ airport: "ATL", flights: 812 }] });
 * ```
 */
export function createTableArtifact(options: ArtifactOptions & { readonly table: Table }): Promise<string> {
  const json = JSON.stringify(options.table, (_, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  );
  return create("table", json, options);
}

/** A text in Markdown on the run's page; gives its id. */
export function createMarkdownArtifact(options: ArtifactOptions & { readonly markdown: string }): Promise<string> {
  return create("markdown", options.markdown, options);
}

/** A link on the run's page; gives its id. */
export function createLinkArtifact(
  options: ArtifactOptions & { readonly link: string; readonly linkText?: string },
): Promise<string> {
  return create("markdown", `[${options.linkText ?? options.link}](${options.link})`, options);
}

/** A picture on the run's page, by its address; gives its id. */
export function createImageArtifact(options: ArtifactOptions & { readonly imageUrl: string }): Promise<string> {
  return create("image", options.imageUrl, options);
}

/** A progress bar on the run's page, 0 to 100; gives the id that `updateProgressArtifact` takes. */
export function createProgressArtifact(options: ArtifactOptions & { readonly progress: number }): Promise<string> {
  return create("progress", clamped(options.progress), options);
}

/** Moves a progress bar. */
export async function updateProgressArtifact(
  id: string,
  options: { readonly progress: number; readonly description?: string },
): Promise<void> {
  const { description } = options;
  await currentCompanion().client.artifacts.update({
    id,
    data: clamped(options.progress),
    ...(description === undefined ? {} : { description }),
  });
}

async function create(type: string, data: unknown, { key, description }: ArtifactOptions): Promise<string> {
  if (key !== undefined && !KEY_FORM.test(key)) {
    throw new InvalidOptionError("Artifact key must only contain lowercase letters, numbers, and dashes.");
  }
  const { flowRun, taskRun } = currentContext();
  const artifact = await currentCompanion().client.artifacts.create({
    type,
    data,
    key: key ?? null,
    description: description ?? null,
    flow_run_id: flowRun?.flowRun.id ?? null,
    task_run_id: taskRun?.taskRun.id ?? null,
  });
  return artifact.id;
}

function clamped(progress: number): number {
  if (progress >= 0 && progress <= 100) return progress;
  const { flowRun, taskRun } = currentContext();
  if (flowRun !== undefined || taskRun !== undefined) {
    getRunLogger().warning("The progress of an artifact goes from 0 to 100; %s was given.", progress);
  }
  return Math.min(100, Math.max(0, Number.isNaN(progress) ? 0 : progress));
}
