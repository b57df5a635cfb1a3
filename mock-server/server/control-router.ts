import type { Request, RequestHandler, Response, Router } from "express";
import express from "express";
import { nearest } from "../../contracts/spelling-suggestion";
import { thereAre } from "../../contracts/text-lists";
import { type ControlContext, ControlPieces, ControlRefusal, type ControlStream } from "../control/control-call";
import { type ControlId, controlCalls } from "../control/generated/calls";
import { controlRoutes } from "../control/routes";
import { whyNoWebhook } from "../control/webhook-events";
import type { Memory } from "../world/memory-limits";
import { TOKEN_PREFIX } from "../world/sandbox-name";
import { DEFAULT_SANDBOX, SandboxError, type Sandboxes } from "../world/sandboxes";
import { type HttpOptions, originPolicy } from "./access";
import { parseControlBody } from "./control-body";
import { guardControl, guardFromPages, signIn } from "./control-guard";
import { controlRequestReader } from "./control-request";
import { streamChanges } from "./event-stream";
import { exchangeOf, sandboxUrl, selfUrl, serverUrl, wantsExisting } from "./exchange";
import { httpHints } from "./http-hints";
import { CONTROL_PREFIX, RECEIVER_HOOK } from "./paths";
import { receiverHook } from "./receiver-hook";
import { send, sendControlError, sendPieces } from "./send";
import { readUpload } from "./upload";

type AnyReply = ControlRefusal | ControlPieces | ControlStream | PlainReply;
interface PlainReply {
  readonly status: number;
  readonly body: object | undefined;
  readonly hints?: readonly string[];
}
type AnyCall = (context: ControlContext, request: never) => AnyReply | Promise<AnyReply>;

/** The mock's own API: for tests, tools and people at this machine, never for a foreign web page. */
export function controlRouter(versions: ControlContext["versions"], sandboxes: Sandboxes, options: HttpOptions): Router {
  const router = express.Router({ caseSensitive: true });
  const allows = originPolicy(options.origins.filter((origin) => origin !== "*")); // to read answers is not to steer
  router.post(RECEIVER_HOOK, guardFromPages(allows), receiverHook(versions, sandboxes));
  router.use(guardControl(allows, options));
  for (const id of Object.keys(controlCalls) as ControlId[]) {
    const { method, path, body } = controlCalls[id];
    const route = router.route(path.replaceAll(/\{(\w+)\}/g, ":$1"));
    const parse = body === "file" ? readUpload : parseControlBody;
    const handlers = [body ? parse : noteUnreadBody, perform(id, versions, sandboxes, options)];
    route[method.toLowerCase() as "get" | "post" | "put" | "delete"](...handlers);
  }
  router.use(notFound);
  return router;
}

/** What comes with a call that takes nothing is not read, and its sender is told. */
const noteUnreadBody: RequestHandler = ({ headers, method, path }, res, next) => {
  const { "content-length": length = "0", "transfer-encoding": encoding } = headers;
  const isEmpty = encoding === undefined && Number(length) <= "{}".length;
  if (!isEmpty) exchangeOf(res).hints.push(`The body is not read: ${method} ${CONTROL_PREFIX}${path} takes none.`);
  next();
};

/** Reads the request by the control API's document, lets the call answer, and sends what it says. */
function perform(
  id: ControlId,
  versions: ControlContext["versions"],
  sandboxes: Sandboxes,
  options: HttpOptions,
): RequestHandler {
  const { method, path } = controlCalls[id];
  const call = controlRoutes[`${method} ${path}` as keyof typeof controlRoutes] as AnyCall;
  const read = controlRequestReader(id);
  const isSimulation = path.startsWith("/simulate/");
  return async (req, res) => {
    const gone = signalOfClose(res);
    const name = exchangeOf(res).sandboxName ?? DEFAULT_SANDBOX;
    const request = await read(req, sandboxes.get(name)?.world.publicIds);
    if (request instanceof ControlRefusal) return sendControlError(res, request.status, request.error);
    try {
      if (wantsExisting(req.headers) && !sandboxes.get(name))
        return sendControlError(res, 404, { code: "sandbox_unknown", message: `There is no sandbox ${name}` });
      const sandbox = sandboxes.open(name);
      const last = req.headers["last-event-id"];
      const baseUrl = sandboxUrl(res, sandbox);
      sandbox.servedAt(baseUrl);
      const context = {
        ...{ sandbox, sandboxes, versions, gone, serverUrl: serverUrl(res), file: request.file },
        signIn: (token: string) => signIn(res, options, token),
        exampleToken: exampleToken(sandbox.name, options),
        baseUrl,
        selfUrl: selfUrl(res, sandbox),
        lastEventId: typeof last === "string" && last !== "" ? last : undefined,
      };
      const { lastId } = sandbox.world.webhookEvents;
      const reply = await call(context, request as never); // the reader has seen to its shape
      const hint = isSimulation && saysNothing(reply) ? whyNoWebhook(sandbox.world, lastId) : undefined;
      if (hint !== undefined) exchangeOf(res).hints.push(hint);
      answer(res, reply, sandboxes.memory);
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      const { reason, message } = error;
      if (reason === "name") return sendControlError(res, 404, { code: "sandbox_unknown", message });
      sendControlError(res, 429, { code: "sandbox_limit", message, hint: httpHints.sandboxLimit });
    }
  };
}

/** A token that works and is no secret; where only the user's own do, a word in its place. */
function exampleToken(sandboxName: string, { tokens }: HttpOptions): string {
  if (sandboxName !== DEFAULT_SANDBOX) return `${TOKEN_PREFIX}${sandboxName}`;
  return tokens.length === 0 ? "any-token" : "YOUR-TOKEN";
}

/** Neither that it is refused nor what there is to know of it. */
function saysNothing(reply: AnyReply): boolean {
  return !(reply instanceof ControlRefusal) && !("hints" in reply && reply.hints?.length);
}

function signalOfClose(res: Response): AbortSignal {
  const gone = new AbortController();
  res.on("close", () => gone.abort());
  return gone.signal;
}

function answer(res: Response, reply: AnyReply, memory: Memory): void {
  if (reply instanceof ControlRefusal) sendControlError(res, reply.status, reply.error);
  else if (reply instanceof ControlPieces) sendPieces(res, reply.json);
  else if ("open" in reply) streamChanges(res, reply, memory);
  else {
    exchangeOf(res).hints.push(...(reply.hints ?? []));
    send(res, reply.status, reply.body);
  }
}

const notFound: RequestHandler = ({ method, path }: Request, res: Response) => {
  const message = `There is no ${method} ${CONTROL_PREFIX}${path}`;
  sendControlError(res, 404, { code: "not_found", message, hint: routeMeant(method, path) });
};

/** What was meant by a path that `/__mock` does not have, or not with this method. */
function routeMeant(method: string, path: string): string {
  const routes = Object.values(controlCalls).map((call) => ({
    ...call,
    shown: `${call.method} ${CONTROL_PREFIX}${call.path}`,
  }));
  const [, first = ""] = path.split("/");
  const atPath = routes.filter((route) => pathPattern(route.path).test(path));
  if (atPath.length > 0) return `That path takes ${atPath.map(({ shown }) => shown).join(", ")}.`;
  const meant = nearest(
    path,
    routes.map((route) => route.path),
  );
  const [best] = routes.filter((route) => route.path === meant).sort((a) => (a.method === method ? -1 : 1));
  if (best) return `Did you mean ${best.shown}?`;
  const siblings = routes.filter((route) => route.path.split("/")[1] === first);
  if (siblings.length === 0) return `GET ${CONTROL_PREFIX}/openapi.json describes all there is.`;
  return thereAre(siblings.map(({ shown }) => shown));
}

function pathPattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}/?$`);
}
