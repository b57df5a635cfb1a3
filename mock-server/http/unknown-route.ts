import type { Request, RequestHandler, Response } from "express";
import { distance } from "fastest-levenshtein";
import { type OperationId, operations } from "../../contracts/generated/operations";
import { failure } from "../errors";
import { API_PREFIX } from "./paths";
import { send, sendFailure } from "./send";

/** A path that the API has, asked with a method that it has not (A-method-unknown). */
export function methodUnknown(ids: readonly OperationId[]): RequestHandler {
  const known = ids.map(describe).join("; ");
  const methods = ids.flatMap((id) => (operations[id].method === "GET" ? ["GET", "HEAD"] : [operations[id].method]));
  return (req: Request, res: Response) => {
    if (req.method === "OPTIONS") {
      res.setHeader("Allow", [...methods, "OPTIONS"].join(", "));
      return send(res, 204, undefined);
    }
    sendFailure(
      res,
      "Error",
      failure(404, `There is no ${printable(req)}`, { assuming: ["A-method-unknown"], hint: `That path takes ${known}.` }),
    );
  };
}

/** A path that the API does not have. */
export function unknownRoute(req: Request, res: Response): void {
  sendFailure(
    res,
    "Error",
    failure(404, `There is no ${printable(req)}`, { assuming: ["A-404-others"], hint: routeHint(req.method, req.path) }),
  );
}

function routeHint(method: string, path: string): string {
  if (/^\/api\/partner\/v(?!2(\/|$))/.test(path)) return `This is version 2 of the API: its paths start with ${API_PREFIX}.`;
  if (path === "/") return `Nothing is served here. The API is at ${API_PREFIX}, the mock's own at /__mock/health.`;
  const below = path.startsWith(API_PREFIX) ? path.slice(API_PREFIX.length) : path;
  const prefix = path.startsWith(API_PREFIX) ? "" : `Paths start with ${API_PREFIX}. `;
  return `${prefix}The nearest known: ${nearest(method, below).map(describe).join("; ")}.`;
}

/** The three operations whose method and path are the most alike; ids count as equal. */
function nearest(method: string, path: string): OperationId[] {
  const asked = `${method} ${path.slice(0, 100).replaceAll(/\/\d+(?=\/|$)/g, "/{}")}`;
  const unlike = (id: OperationId): number =>
    distance(asked, `${operations[id].method} ${operations[id].path.replaceAll(/\{\w+\}/g, "{}")}`);
  return (Object.keys(operations) as OperationId[]).sort((a, b) => unlike(a) - unlike(b)).slice(0, 3);
}

function describe(id: OperationId): string {
  const { method, path, title } = operations[id];
  return `${method} ${path} (${title})`;
}

function printable({ method, originalUrl }: Request): string {
  const [path = ""] = originalUrl.split("?");
  return `${method} ${path.length > 200 ? `${path.slice(0, 200)}...` : path}`;
}
