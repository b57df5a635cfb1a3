import type { NextFunction, Request, Response } from "express";
import { DEFAULT_SANDBOX } from "../world/sandboxes";
import type { ApiOperation } from "./api-operation";
import type { ApiVersion } from "./api-version";
import { readStrayBody } from "./body";
import { type Exchange, exchangeOf, serverUrl } from "./exchange";
import { Failure } from "./failure";
import { httpHints } from "./http-hints";
import { belowBase } from "./nearest-routes";
import { sandboxPath } from "./paths";
import { shortened } from "./printable-text";
import { send, sendFailure } from "./send";

const LONGEST_SHOWN_PATH = 200;

/** A path that the API has, asked with a method that it has not. */
export function methodUnknown(operations: readonly ApiOperation[]) {
  const documented = operations.filter(({ id }, i) => operations.findIndex((one) => one.id === id) === i); // not by other methods, too
  const known = documented.map(({ method, path, title }) => `${method} ${path} (${title})`).join("; ");
  const methods = operations.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  return (req: Request, res: Response): void => {
    if (req.method === "OPTIONS") {
      res.setHeader("Allow", [...methods, "OPTIONS"].join(", "));
      return send(res, 204, undefined, { reason: "methodUnknown" });
    }
    readStrayBody(req, res, () => sendFailure(res, notFound("methodUnknown", req, httpHints.methodsKnown(known))));
  };
}

/** A path that no version of the API has. */
export function unknownRoute(req: Request, res: Response): void {
  const exchange = exchangeOf(res);
  const { versions } = exchange;
  if (req.path === "/" && ["GET", "HEAD"].includes(req.method))
    return send(res, 200, {
      name: "linq-mock",
      apis: versions.map(({ prefix }) => prefix),
      health: "/__mock/health",
      inbox: "/__mock/ui/",
    }); // for tools that wait for a server
  if (!exchange.isOfApi) noteOther(req, exchange);
  const baseUrl = controlHint(req, exchange) ?? sandboxHint(req) ?? baseUrlHint(req, res);
  const likely = exchange.isOfApi ? [exchange.version] : byLikelihood(req, versions);
  const [first = exchange.version] = likely;
  if (!exchange.isOfApi && baseUrl === undefined && req.headers.authorization !== undefined) exchange.version = first;
  const bases = likely.map(({ prefix }) => `${sandboxPath(exchange.sandboxName ?? DEFAULT_SANDBOX)}${prefix}`).join(" or ");
  const hint = baseUrl ?? first.routeHint(req.method, req.path, bases);
  const refuse = (): void => sendFailure(res, notFound("routeUnknown", req, hint));
  if (exchange.isOfApi) readStrayBody(req, res, refuse);
  else refuse();
}

/** The versions that a path without one may be meant for: first those whose header of the token came with it, then those that have it. */
function byLikelihood({ method, path, headers }: Request, versions: Exchange["versions"]): ApiVersion[] {
  const unlike = ({ examples, operationAt }: ApiVersion): number =>
    (headers[examples.tokenHeader("").name.toLowerCase()] ? 0 : 2) +
    (operationAt(method, belowBase(path)) === undefined ? 1 : 0);
  return [...versions].sort((a, b) => unlike(a) - unlike(b));
}

/** What is wrong with a base URL, where the paths that follow it bring their version. The refusal is worded by that, unless it is below another. */
function baseUrlHint({ path }: Request, res: Response): string | undefined {
  const exchange = exchangeOf(res);
  const { versions, version, isOfApi } = exchange;
  const [, before = "", meant] = /^((?:\/[^/]+)*?)\/(v\d)\//.exec(isOfApi ? path.slice(version.prefix.length) : path) ?? [];
  const named = versions.find(({ name }) => name === meant);
  if (!named || (isOfApi && before !== "")) return undefined;
  const root = named.prefix.slice(0, -named.name.length - 1);
  const url = `${serverUrl(res)}${sandboxPath(exchange.sandboxName ?? DEFAULT_SANDBOX)}${root}`;
  if (!isOfApi) exchange.version = named;
  if (named.isInBaseUrl) return httpHints.baseUrlWithVersion(`${url}/${named.name}`, named.name);
  return isOfApi || before !== "" ? httpHints.baseUrlMeant(url, named.name) : httpHints.baseUrlLacks(root, url);
}

const LIKE_SANDBOX = /^\/(?:s|sandbox|sandboxes|sandbox-)\/?([\w-]+)(\/(?:api|__mock)\/.*)$/;

/** A sandbox that is named as no base URL names it. */
function sandboxHint({ path }: Request): string | undefined {
  const [, name, rest = ""] = LIKE_SANDBOX.exec(path) ?? [];
  return name === undefined
    ? undefined
    : `A sandbox is at /s/<name>: did you mean ${shortened(`/s/${name}${rest}`, LONGEST_SHOWN_PATH)}?`;
}

/** In words that the vendor may have, too (A-error-wording); what is ours is in the hint. */
function notFound(reason: "methodUnknown" | "routeUnknown", req: Request, advice: string): Failure<404> {
  return new Failure(404, "Route not found", { reason, hint: `${httpHints.routeMissing(shownRequest(req))} ${advice}` });
}

/** A misspelt `/__mock` is the mock's own. */
function controlHint({ path }: Request, { sandboxName }: Exchange): string | undefined {
  const [, rest] = /^\/_*mock_*(?=\/|$)(.*)/i.exec(path.replace(/\/{2,}/g, "/")) ?? [];
  if (rest === undefined) return undefined;
  const base = sandboxName === undefined ? "" : `/s/${sandboxName}`;
  return httpHints.controlMeant(`${base}/__mock${shortened(rest, LONGEST_SHOWN_PATH)}`);
}

function noteOther(req: Request, { sandboxes, sandboxName = DEFAULT_SANDBOX }: Exchange): void {
  const sandbox = sandboxes?.get(sandboxName);
  if (sandbox && req.path !== "/favicon.ico") sandbox.world.journal.lastOther = shownRequest(req);
}

function shownRequest({ method, originalUrl }: Request): string {
  const [path = ""] = originalUrl.split("?");
  return `${method} ${shortened(path, LONGEST_SHOWN_PATH)}`;
}

/** A path that cannot be decoded names nothing; anything else that was thrown is a defect of ours. */
export function handleError(error: unknown, req: Request, res: Response, next: NextFunction): void {
  if (res.headersSent) return next(error);
  const { operation, log, version, isOfApi } = exchangeOf(res);
  if (error instanceof URIError && operation === undefined) {
    const meant = !isOfApi ? undefined : version.operationAt(req.method, req.path.slice(version.prefix.length)); // it has one path, but for an id
    return sendFailure(res, notFound("routeUnknown", req, httpHints.pathUndecodable), meant);
  }
  log.error("linq-mock failed to answer", error);
  sendFailure(res, new Failure(500, "linq-mock failed to answer; its log says why"));
}
