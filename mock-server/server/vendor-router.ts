import express, { type NextFunction, type Request, type RequestHandler, type Response, type Router } from "express";
import { TOKEN_HEADER } from "../../contracts/client/address";
import { type OperationId, operations } from "../../contracts/generated/v2/operations";
import { effectOnAnswer } from "../faults/answer-faults";
import type { Call } from "../faults/matching";
import { type Failure, faultFailure } from "../v2/errors";
import type { Notes } from "../v2/operation";
import { peopleOfCall } from "../v2/people-of-call";
import { combineNotes } from "../v2/request/query";
import { requestReader } from "../v2/request/read-request";
import { routes } from "../v2/routes";
import { methodUnknown } from "../v2/unknown-route";
import type { StoredFile, Upload } from "../world/attachments";
import type { Sandbox } from "../world/sandbox";
import type { World } from "../world/world";
import { attachmentsUrl, exchangeOf } from "./exchange";
import { parseForm } from "./form";
import { parseBody } from "./json-body";
import { prefer } from "./prefer";
import { send, sendFailure } from "./send";

const NO_FILES: readonly Upload[] = [];

type AnyOperation = (world: World, request: never) => Failure | (Notes & { status: number; body: object | undefined });

/** The vendor's API: one Express route per path of the table, in the table's order. */
export function vendorRouter(authenticate: RequestHandler): Router {
  const router = express.Router({ caseSensitive: true });
  for (const [path, ids] of operationsByPath()) {
    const route = router.route(path.replaceAll(/\{(\w+)\}/g, ":$1"));
    for (const id of ids) {
      const { method, body, form } = operations[id];
      const steps = [authenticate, ...(form ? [parseForm] : []), ...(body ? [parseBody] : [])];
      const handlers = [name(id), prefer(id, steps), ...steps, perform(id)];
      route[method.toLowerCase() as "get" | "post" | "put" | "patch" | "delete"](...handlers);
    }
    route.all(methodUnknown(ids));
  }
  return router;
}

function operationsByPath(): Map<string, OperationId[]> {
  const byPath = new Map<string, OperationId[]>();
  for (const id of Object.keys(operations) as OperationId[]) {
    const { path } = operations[id];
    byPath.set(path, [...(byPath.get(path) ?? []), id]);
  }
  return byPath;
}

function name(id: OperationId): RequestHandler {
  return (_req: Request, res: Response, next: NextFunction) => {
    exchangeOf(res).operation = id;
    next();
  };
}

/** Reads the request, lets the operation answer, and puts the answer into its envelope. */
function perform(id: OperationId): RequestHandler {
  const { method, path, envelope } = operations[id];
  const operation = routes[`${method} ${path}` as keyof typeof routes] as AnyOperation;
  const read = requestReader(id);
  return (req, res) => {
    const exchange = exchangeOf(res);
    const { sandbox, files } = exchange;
    if (!sandbox) throw new Error("a request got past authentication without a sandbox");
    const { world } = sandbox;
    const effect = world.faults.values().length === 0 ? undefined : effectOnAnswer(world, callOf(world, id, req));
    if (effect) exchange.faultEffect = effect; // on its way out, the answer passes it
    const refusal = effect?.refusal && faultFailure(id, effect.refusal);
    if (refusal && !effect?.isPerformed) return sendFailure(res, envelope, refusal);

    const request = read(req);
    if ("detail" in request) return sendFailure(res, envelope, refusal ?? request);
    const { path: ids, query, body, notes: requestNotes } = request;
    const given = { path: ids, query, body, files: uploads(files, res, sandbox), token: String(req.headers[TOKEN_HEADER]) };
    const seen = effect?.age ? world.asOf(world.clock.now() - effect.age) : world;
    const reply = operation(seen, given as never); // the reader has seen to its shape
    if (refusal) return sendFailure(res, envelope, refusal);
    const notes = combineNotes(requestNotes, reply);
    if ("detail" in reply) return sendFailure(res, envelope, { ...reply, ...notes });
    send(res, reply.status, reply.body, notes);
  };
}

/** Its path is that of the operation, however it was spelt. */
function callOf(world: World, operation: OperationId, { params, query, body }: Request): Call {
  const { method, path: template } = operations[operation];
  const ids = params as Record<string, string>;
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? "");
  let people: ReadonlySet<string> | undefined;
  return {
    operation,
    method,
    path,
    people() {
      people ??= peopleOfCall(world, { path, params: ids, query, body });
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
