import express, { type Request, type RequestHandler, type Response, type Router } from "express";
import { effectOnAnswer } from "../faults/answer-faults";
import type { Call } from "../faults/matching";
import type { StoredFile, Upload } from "../world/attachments";
import type { Sandbox } from "../world/sandbox";
import type { Sandboxes } from "../world/sandboxes";
import type { World } from "../world/world";
import type { ApiOperation, ApiVersion } from "./api-version";
import { readBody } from "./body";
import { attachmentsUrl, type Exchange, exchangeOf } from "./exchange";
import { Failure } from "./failure";
import { type Preference, readPreference } from "./preference";
import { PREFERENCE_APPLIED_HEADER, send, sendFailure } from "./send";
import { methodUnknown } from "./unknown-route";

const FORCED = "This answer was forced by the header Prefer; the operation did nothing.";
const NO_FILES: readonly Upload[] = [];

/** A version of the vendor's API: one Express route per path, in the order of its operations. */
export function versionRouter(version: ApiVersion, sandboxes: Sandboxes, acceptedTokens: readonly string[]): Router {
  const router = express.Router({ caseSensitive: true });
  const tokens = new Set(acceptedTokens);
  const open = (name: string): Sandbox => sandboxes.open(name);
  for (const [path, operations] of byPath(version.operations)) {
    const route = router.route(path.replaceAll(/\{(\w+)\}/g, ":$1"));
    for (const operation of operations) {
      route[operation.method.toLowerCase() as "get" | "post" | "put" | "patch" | "delete"](serve(operation));
    }
    route.all(methodUnknown(version, operations));
  }
  return router;

  /** Authenticates, reads the body, and lets the operation answer, or the documented answer stand in that is preferred. */
  function serve(operation: ApiOperation): RequestHandler {
    return (req, res, next) => {
      const exchange = exchangeOf(res);
      exchange.version = version;
      exchange.operation = operation.id;
      const { prefer } = req.headers;
      const preference = prefer === undefined ? undefined : readPreference(String(prefer));
      if (preference) res.vary("Prefer");
      const access = { tokens, sandboxName: exchange.sandboxName, open };
      const authenticated = version.authenticate(req.headers, access, operation.id);
      if (authenticated instanceof Failure) {
        if (preference?.code !== "401") return sendFailure(res, authenticated);
      } else {
        exchange.sandbox = authenticated.sandbox;
        if (authenticated.hint !== undefined) exchange.hints.push(authenticated.hint);
      }
      const token = authenticated instanceof Failure ? "" : authenticated.token;
      const answer = (refusal?: Failure): void => {
        if (preference)
          void force(operation, preference, res).catch(next); // what is wrong with the body is for the journal
        else if (refusal) sendFailure(res, refusal);
        else perform(operation, token, req, res);
      };
      if (operation.takes === "nothing") answer();
      else readBody(operation, req, res, answer);
    };
  }
}

function byPath(operations: readonly ApiOperation[]): Map<string, ApiOperation[]> {
  const found = new Map<string, ApiOperation[]>();
  for (const operation of operations) found.set(operation.path, [...(found.get(operation.path) ?? []), operation]);
  return found;
}

async function force(operation: ApiOperation, preference: Preference, res: Response): Promise<void> {
  const forced = await exchangeOf(res).version.forcedAnswer(operation.id, preference);
  if (forced instanceof Failure) return sendFailure(res, forced);
  res.setHeader(PREFERENCE_APPLIED_HEADER, forced.applied);
  for (const [name, value] of Object.entries(forced.headers)) res.setHeader(name, value);
  send(res, forced.status, forced.body as object | undefined, { hint: FORCED, assumptions: forced.assumptions });
}

/** Reads the request, lets the operation answer, and sends that, or what a fault puts in its place. */
function perform(operation: ApiOperation, token: string, req: Request, res: Response): void {
  const exchange = exchangeOf(res);
  const { sandbox, files } = exchange;
  if (!sandbox) throw new Error("a request got past authentication without a sandbox");
  const { world } = sandbox;
  const effect =
    world.faults.values().length === 0 ? undefined : effectOnAnswer(world, callOf(exchange, operation, world, req));
  if (effect) exchange.faultEffect = effect; // on its way out, the answer passes it
  const refusal = effect?.refusal && exchange.version.faultFailure(operation.id, effect.refusal);
  if (refusal && !effect?.isPerformed) return sendFailure(res, refusal);

  const request = operation.read(req);
  if (refusal && request instanceof Failure) return sendFailure(res, refusal);
  if (request instanceof Failure) {
    exchange.asked = { world, raw: req, request: undefined, files: [], reply: undefined };
    return sendFailure(res, request);
  }
  const seen = effect?.age ? world.asOf(world.clock.now() - effect.age) : world;
  const reply = operation.answer(seen, { ...request, files: uploads(files, res, sandbox), token });
  if (refusal) return sendFailure(res, refusal);
  exchange.asked = { world: seen, raw: req, request, files: files ?? [], reply: reply instanceof Failure ? undefined : reply };
  if (reply instanceof Failure) sendFailure(res, reply);
  else send(res, reply.status, reply.body);
}

/** A call as faults match it. Its path is that of the operation, however it was spelt. */
function callOf(
  { version }: Exchange,
  { id, method, path: template }: ApiOperation,
  world: World,
  { params, query, body }: Request,
): Call {
  const ids = params as Record<string, string>;
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? "");
  let people: ReadonlySet<string> | undefined;
  return {
    operation: id,
    method,
    path,
    people() {
      people ??= version.peopleOfCall(world, { path, params: ids, query, body });
      return people;
    },
  };
}

/** The files of a form, to be served where their sender can reach them. */
function uploads(files: readonly StoredFile[] | undefined, res: Response, sandbox: Sandbox): readonly Upload[] {
  if (!files) return NO_FILES;
  const servedBelow = attachmentsUrl(res, sandbox);
  return files.map((file) => ({ kind: "upload", file, servedBelow }));
}
