import type { NextFunction, Request, RequestHandler, Response } from "express";
import { API_VERSIONS } from "../versions";
import { DEFAULT_SANDBOX } from "../world/sandboxes";
import { type ApiOperation, type ApiVersion, versionAt } from "./api-version";
import { type Exchange, exchangeOf } from "./exchange";
import { Failure } from "./failure";
import { send, sendFailure } from "./send";

const LONGEST_SHOWN_PATH = 200;

/** A path that the API has, asked with a method that it has not. */
export function methodUnknown(version: ApiVersion, operations: readonly ApiOperation[]): RequestHandler {
  const known = operations.map(({ method, path, title }) => `${method} ${path} (${title})`).join("; ");
  const methods = operations.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  return (req: Request, res: Response) => {
    const exchange = exchangeOf(res);
    exchange.version = version;
    exchange.isOfApi = true;
    if (req.method === "OPTIONS") {
      res.setHeader("Allow", [...methods, "OPTIONS"].join(", "));
      return send(res, 204, undefined, { reason: "methodUnknown" });
    }
    sendFailure(res, notFound("methodUnknown", printable(req), `That path takes ${known}.`));
  };
}

/** A path that no version of the API has. */
export function unknownRoute(versions: readonly [ApiVersion, ...ApiVersion[]]): RequestHandler {
  const [first] = versions;
  return (req: Request, res: Response) => {
    if (req.path === "/" && ["GET", "HEAD"].includes(req.method))
      return send(res, 200, { name: "linq-mock", api: first.prefix, health: "/__mock/health" }); // for tools that wait for a server
    const exchange = exchangeOf(res);
    const version = versionAt(versions, req.path);
    exchange.isOfApi = version !== undefined;
    if (!version) noteOther(req, exchange);
    exchange.version = version ?? first;
    const hint = controlHint(req, exchange) ?? exchange.version.routeHint(req.method, req.path, exchange.sandboxName);
    sendFailure(res, notFound("routeUnknown", printable(req), hint));
  };
}

/** In words that the vendor may have, too (A-error-wording); what is ours is in the hint. */
function notFound(reason: "methodUnknown" | "routeUnknown", asked: string, advice: string): Failure<404> {
  return new Failure(404, "Route not found", { reason, hint: `There is no ${asked}. ${advice}` });
}

/** A misspelt `/__mock` is the mock's own. */
function controlHint({ path }: Request, { sandboxName }: Exchange): string | undefined {
  const [, rest] = /^\/_*mock_*(?=\/|$)(.*)/i.exec(path) ?? [];
  if (rest === undefined) return undefined;
  const base = sandboxName === undefined ? "" : `/s/${sandboxName}`;
  return `Did you mean ${base}/__mock${rest.slice(0, LONGEST_SHOWN_PATH)}?`;
}

function noteOther(req: Request, { sandboxes, sandboxName = DEFAULT_SANDBOX }: Exchange): void {
  const sandbox = sandboxes?.get(sandboxName);
  if (sandbox && req.path !== "/favicon.ico") sandbox.world.journal.lastOther = printable(req);
}

function printable({ method, originalUrl }: Request): string {
  const [path = ""] = originalUrl.split("?");
  return `${method} ${path.length > LONGEST_SHOWN_PATH ? `${path.slice(0, LONGEST_SHOWN_PATH)}...` : path}`;
}

const PATH_UNDECODABLE = "The path is not validly percent-encoded.";

/** A path that cannot be decoded names nothing; anything else that was thrown is a defect of ours. */
export function handleError(error: unknown, req: Request, res: Response, next: NextFunction): void {
  if (res.headersSent) return next(error);
  const exchange = exchangeOf(res);
  const { operation, log } = exchange;
  if (error instanceof URIError && operation === undefined) {
    exchange.isOfApi = versionAt(API_VERSIONS, req.path) !== undefined;
    return sendFailure(res, notFound("routeUnknown", printable(req), PATH_UNDECODABLE), meant(req));
  }
  log.error("linq-mock failed to answer", error);
  sendFailure(res, new Failure(500, "linq-mock failed to answer; its log says why"));
}

/** The operation whose path, but for an id, one that cannot be decoded is. */
function meant({ method, path }: Request): string | undefined {
  const version = versionAt(API_VERSIONS, path);
  return version?.operationAt(method, path.slice(version.prefix.length));
}
