import { artifactRoutes } from "../../contract/artifacts.ts";
import * as artifacts from "../../resources/artifacts.ts";
import { countArtifacts } from "../../storage/queries/artifacts.ts";
import { implement } from "../implement.ts";

export const implementation = implement(artifactRoutes, {
  create: ({ body }, { db, now }) => artifacts.createArtifact(db, body, now),
  get: ({ params }, { db }) => artifacts.getArtifact(db, params.id),
  get_latest: ({ params }, { db }) => artifacts.getLatestArtifact(db, params.key),
  update: ({ params, body }, { db, now }) => artifacts.updateArtifact(db, params.id, body, now),
  delete: ({ params }, { db, now }) => artifacts.deleteArtifact(db, params.id, now),
  filter: ({ body }, { db }) => artifacts.listArtifacts(db, body),
  count: ({ body }, { db }) => countArtifacts(db, "artifact", body),
  filter_latest: ({ body }, { db }) => artifacts.listLatestArtifacts(db, body),
  count_latest: ({ body }, { db }) => countArtifacts(db, "artifact_collection", body),
});
