import { z } from "zod";
import { stateTypeSchema } from "./states.ts";
import { jsonSchema, timestampSchema, uuidSchema } from "./wire.ts";

const edgeSchema = z.object({ id: uuidSchema });

const graphArtifactSchema = z.object({
  id: uuidSchema,
  created: timestampSchema,
  key: z.string().nullable(),
  type: z.string().nullable(),
  is_latest: z.boolean(),
  /** Present for progress artifacts only. */
  data: jsonSchema,
});
export type GraphArtifact = z.output<typeof graphArtifactSchema>;

const graphNodeSchema = z.object({
  kind: z.enum(["flow-run", "task-run"]),
  id: uuidSchema,
  label: z.string(),
  state_type: stateTypeSchema,
  start_time: timestampSchema,
  end_time: timestampSchema.nullable(),
  parents: z.array(edgeSchema),
  children: z.array(edgeSchema),
  encapsulating: z.array(edgeSchema),
  artifacts: z.array(graphArtifactSchema),
});
export type GraphNode = z.output<typeof graphNodeSchema>;

/** What a run did, as nodes in time; `nodes` is a list of pairs, as the dashboards expect. */
export const graphSchema = z.object({
  start_time: timestampSchema.nullable(),
  end_time: timestampSchema.nullable(),
  root_node_ids: z.array(uuidSchema),
  nodes: z.array(z.tuple([uuidSchema, graphNodeSchema])),
  artifacts: z.array(graphArtifactSchema),
  states: z.array(z.object({ id: uuidSchema, timestamp: timestampSchema, type: stateTypeSchema, name: z.string() })),
});
export type Graph = z.output<typeof graphSchema>;
