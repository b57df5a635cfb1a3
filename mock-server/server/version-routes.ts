import type { NextFunction, Request, Response } from "express";
import { effectOnAnswer } from "../faults/answer-faults";
import type { FaultedCall } from "../faults/matching";
import type { Upload } from "../world/attachments";
import { causeOf } from "../world/event-cause";
import type { Sandbox } from "../world/sandbox";
import { DEFAULT_SANDBOX } from "../world/sandboxes";
import type { World } from "../world/world";
import type { ApiOperation, RawRequest } from "./api-operation";
import type { Access, ApiVersion, Authenticated } from "./api-version";
import type { ApiHandler } from "./base-app";
import { readBody } from "./body";
import { type Exchange, exchangeOf, sandboxUrl, wantsExisting } from "./exchange";
import { Failure } from "./failure";
import { httpHints } from "./http-hints";
import { type Preference, preferenceMeant, readPreference } from "./prefer-header";
import { PREFERENCE_APPLIED_HEADER, send, sendFailure } from "./send";
import { methodUnknown } from "./unknown-route";

const NO_FILES: readonly Upload[] = [];

/** Answers what is below the prefix of a version of the vendor's API, if the version has such a path. */
export function versionRoutes(access: Access): ApiHandler {
  const tables = new Map<ApiVersion, readonly Route[]>(); // each made once somebody asks for it: a start does not wait for what nobody takes
  return (exchange, req, res, next) => {
    const { version } = exchange;
    if (!req.path.startsWith(version.prefix)) return next(); // in other letters it is no path of ours
    const routes = tables.get(version) ?? routesOf(version);
    tables.set(version, routes);
    const path = req.path.slice(version.prefix.length);
    for (const { pattern, names, operations, otherMethod } of routes) {
      const found = pattern.exec(path);
      if (!found) continue;
      req.params = {};
      for (const [i, name] of names.entries()) req.params[name] = decodeURIComponent(found[i + 1] ?? "");
      const operation = operations.get(req.method);
      if (operation) serve({ operation, exchange, access }, req, res, next);
      else otherMethod(req, res);
      return;
    }
    next();
  };
}

/** A path of a version, and what it has there. */
interface Route {
  readonly pattern: RegExp;
  /** Of what the pattern captures. */
  readonly names: readonly string[];
  /** By method. HEAD is GET. */
  readonly operations: ReadonlyMap<string, ApiOperation>;
  otherMethod(req: Request, res: Response): void;
}

/** In the order of the version's operations. */
function routesOf(version: ApiVersion): Route[] {
  return [...byPath(version.operations)].map(([path, operations]) => {
    const byMethod = new Map(operations.map((operation) => [operation.method, operation]));
    const got = byMethod.get("GET");
    if (got) byMethod.set("HEAD", got);
    return {
      pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, "([^/]+)")}/?$`),
      names: [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name),
      operations: byMethod,
      otherMethod: methodUnknown(operations),
    };
  });
}

function byPath(operations: readonly ApiOperation[]): Map<string, ApiOperation[]> {
  const found = new Map<string, ApiOperation[]>();
  for (const operation of operations) found.set(operation.path, [...(found.get(operation.path) ?? []), operation]);
  return found;
}

/** Opens the sandbox that the URL or the token names or, for a caller that asks for an existing one, refuses one that is not there. */
function authenticate(
  { version, sandboxName, sandboxes }: Exchange,
  access: Access,
  { headers }: Request,
): Authenticated | Failure {
  if (!wantsExisting(headers)) return version.authenticate(headers, access, sandboxName);
  let unknown: string | undefined;
  const open = (name: string) => {
    const isThere = sandboxes?.get(name) !== undefined;
    if (!isThere) unknown = name;
    return access.sandboxes.open(isThere ? name : DEFAULT_SANDBOX);
  };
  const authenticated = version.authenticate(headers, { ...access, sandboxes: { open } }, sandboxName);
  return unknown === undefined
    ? authenticated
    : new Failure(404, `There is no sandbox ${unknown}`, { hint: httpHints.existing });
}

interface Call {
  readonly operation: ApiOperation;
  readonly exchange: Exchange;
  readonly access: Access;
}

/** Authenticates, reads the body, and lets the operation answer, or the documented answer stand in that is preferred. */
function serve({ operation, exchange, access }: Call, req: Request, res: Response, next: NextFunction): void {
  exchange.operation = operation.id;
  const { prefer } = req.headers;
  const preference = prefer === undefined ? undefined : readPreference(String(prefer));
  if (preference) res.vary("Prefer");
  else if (prefer !== undefined) {
    const meant = preferenceMeant(String(prefer));
    if (meant) exchange.hints.push(httpHints.preferenceMeant(meant.written, meant.meant));
  }
  const authenticated = authenticate(exchange, access, req);
  if (authenticated instanceof Failure) {
    if (preference?.code !== "401") return sendFailure(res, authenticated);
    return void force(operation, preference, req, res).catch(next);
  }
  const { sandbox, token, hint } = authenticated;
  exchange.sandbox = sandbox;
  sandbox.servedAt(sandboxUrl(res, sandbox));
  if (hint !== undefined) exchange.hints.push(hint);
  if (preference) return void force(operation, preference, req, res).catch(next);
  readBody(operation, req, res, (refusal) => {
    try {
      if (refusal) sendFailure(res, operation.refusalOfPath?.(req.params) ?? refusal);
      else perform({ operation, exchange, sandbox, token }, req, res);
    } catch (error) {
      next(error); // Express does not see what is thrown once the body is read
    }
  });
}

/** What is wrong with the body is for the journal alone. */
async function force(operation: ApiOperation, preference: Preference, req: Request, res: Response): Promise<void> {
  await new Promise((resolve) => readBody(operation, req, res, resolve));
  const { version, traceSource } = exchangeOf(res);
  const forced = await version.forcedAnswer(operation.id, preference, traceSource);
  if (forced instanceof Failure) return sendFailure(res, forced);
  res.setHeader(PREFERENCE_APPLIED_HEADER, forced.applied);
  for (const [name, value] of Object.entries(forced.headers)) res.setHeader(name, value);
  send(res, forced.status, forced.body as object | undefined, {
    hint: httpHints.answerForced,
    assumptions: forced.assumptions,
  });
}

interface Performance {
  readonly operation: ApiOperation;
  readonly exchange: Exchange;
  readonly sandbox: Sandbox;
  readonly token: string;
}

/** Reads the request, lets the operation answer, and sends that, or what a fault puts in its place. */
function perform({ operation, exchange, sandbox, token }: Performance, req: Request, res: Response): void {
  const { version, files } = exchange;
  const { world } = sandbox;
  const raw = { params: req.params, query: req.query, body: req.body as unknown, headers: req.headers };
  const effect = world.faults.isEmpty ? undefined : effectOnAnswer(world, callOf(version, operation, { world, raw, token }));
  if (effect) exchange.faultEffect = effect; // on its way out, the answer passes it
  const refusal = effect?.refusal && version.faultFailure(operation.id, effect.refusal, req.params as Record<string, string>);
  if (refusal && !effect?.isPerformed) return sendFailure(res, refusal);

  const repeat = operation.repeat?.(world, raw);
  if (repeat) {
    const answer = refusal ?? repeat;
    const isFailure = answer instanceof Failure;
    exchange.asked = { world, raw, request: undefined, reply: isFailure ? undefined : answer };
    return isFailure ? sendFailure(res, answer) : send(res, answer.status, answer.body);
  }
  const request = operation.read(raw, world.settings);
  if (refusal && request instanceof Failure) return sendFailure(res, refusal);
  if (request instanceof Failure) {
    exchange.asked = { world, raw, request: undefined, reply: undefined };
    return sendFailure(res, request);
  }
  const seen = effect?.age ? world.asOf(world.clock.now() - effect.age) : world;
  const uploads = files?.map((file) => ({ kind: "upload", file }) as const) ?? NO_FILES;
  const { requestId, traceSource } = exchange;
  const cause = causeOf(requestId, version.name);
  exchange.cause = cause;
  const { path: ids, names, query, body } = request;
  const asked = { path: ids, names, query, body, files: uploads, token, headers: req.headers, traceSource };
  const reply = seen.actFor(cause, operation.answer, asked);
  if (refusal) return sendFailure(res, refusal);
  const isFailure = reply instanceof Failure;
  exchange.asked = { world: seen, raw, request: asked, reply: isFailure ? undefined : reply };
  const { status } = reply;
  const path = req.path.slice(version.prefix.length);
  const hint = status === 404 ? version.unknownThing?.(seen, path, exchange.sandboxes?.values() ?? []) : undefined;
  if (hint !== undefined) exchange.hints.push(hint);
  if (isFailure) sendFailure(res, reply);
  else send(res, reply.status, reply.body);
}

/** A call as faults match it. Its path is that of the operation, however it was spelt. */
function callOf(
  version: ApiVersion,
  { id, method, path: template }: ApiOperation,
  { world, raw: { params, query, body }, token }: { readonly world: World; readonly raw: RawRequest; readonly token: string },
): FaultedCall {
  const ids = params as Record<string, string>;
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? "");
  let people: ReadonlySet<string> | undefined;
  return {
    operation: id,
    method,
    prefix: version.prefix,
    path,
    token,
    people() {
      people ??= version.peopleOfRequest(world, { path, params: ids, query, body });
      return people;
    },
  };
}
