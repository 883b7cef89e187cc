import { allRoutes } from "./dispatch.ts";
import { Reply } from "./implement.ts";

const routes = [...allRoutes()].map(({ method, path }) => ({
  method,
  pattern: new RegExp(`^${path.replaceAll(/:\w+/g, "[^/]+")}$`),
}));

/** `path` is relative to the API's base, `url` what was asked for. */
export interface UnknownRequest {
  readonly path: string;
  readonly url: string;
}

/** What the reference's router answers where no route fits: another method, the other spelling of a slash, or nothing. */
export function answerUnknown({ path, url }: UnknownRequest): Reply {
  const methods = methodsOf(path);
  if (methods.length > 0) {
    return new Reply(405, { detail: "Method Not Allowed" }, { allow: methods.join(", ") });
  }
  const other = path.endsWith("/") ? path.slice(0, -1) : `${path}/`;
  if (methodsOf(other).length > 0) {
    const [before = "", query] = url.split("?", 2);
    const target = before.endsWith("/") ? before.slice(0, -1) : `${before}/`;
    return new Reply(307, "", { location: query === undefined ? target : `${target}?${query}` });
  }
  return new Reply(404, { detail: "Not Found" });
}

function methodsOf(path: string): string[] {
  return routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
}
