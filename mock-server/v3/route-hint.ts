import { operations } from "../../contracts/generated/v3/operations";
import { nearestRoutes } from "../server/nearest-routes";
import { PREFIX } from "./prefix";

/** What was meant by a path that V3 does not have. */
export function routeHint(method: string, path: string, sandboxName: string | undefined): string {
  const single = path.replaceAll(/\/{2,}/g, "/");
  if (single !== path) return `The path has a slash too many: ${single}.`;
  if (path.startsWith(`${PREFIX}${PREFIX}`)) return `The base URL has ${PREFIX} already, and so has the path.`;
  if (path.startsWith(`${PREFIX}/v3/`)) return "The base URL ends in /api/partner: the paths have /v3 themselves.";
  const hasPrefix = path.startsWith(PREFIX);
  const base = sandboxName === undefined ? PREFIX : `/s/${sandboxName}${PREFIX}`;
  const prefix = hasPrefix ? "" : `Paths start with ${base}. `;
  return `${prefix}${nearestRoutes(Object.values(operations), method, hasPrefix ? path.slice(PREFIX.length) : path)}`;
}
