import express, { type Request, type RequestHandler, type Response, type Router } from "express";
import type { ControlContext, ControlRefusal, ControlStream } from "../control/control-call";
import { type ControlId, controlCalls } from "../control/generated/calls";
import { controlRoutes } from "../control/routes";
import { DEFAULT_SANDBOX, SandboxError, type Sandboxes } from "../world/sandboxes";
import { originPolicy } from "./allow-origins";
import { attachmentsUrl } from "./attachments-url";
import { controlRequestReader } from "./control-request";
import { exchangeOf } from "./exchange";
import { guardControl } from "./guard-control";
import type { HttpOptions } from "./http-options";
import { parseControlBody } from "./parse-control-body";
import { CONTROL_PREFIX } from "./paths";
import { send, sendControlError } from "./send";
import { streamChanges } from "./stream-changes";

type AnyReply = ControlRefusal | ControlStream | { readonly status: number; readonly body: object | undefined };
type AnyCall = (context: ControlContext, request: never) => AnyReply | Promise<AnyReply>;

/** The mock's own API: for tests, tools and people at this machine, never for a foreign web page. */
export function controlRouter(sandboxes: Sandboxes, options: HttpOptions): Router {
  const router = express.Router({ caseSensitive: true });
  const allows = originPolicy(options.origins.filter((origin) => origin !== "*")); // to read answers is not to steer
  router.use(guardControl(allows, options));
  for (const id of Object.keys(controlCalls) as ControlId[]) {
    const { method, path, body } = controlCalls[id];
    const route = router.route(path.replaceAll(/\{(\w+)\}/g, ":$1"));
    const handlers = [...(body ? [parseControlBody] : []), perform(id, sandboxes)];
    route[method.toLowerCase() as "get" | "post" | "put" | "delete"](...handlers);
  }
  router.use(notFound);
  return router;
}

/** Reads the request by the control API's document, lets the call answer, and sends what it says. */
function perform(id: ControlId, sandboxes: Sandboxes): RequestHandler {
  const { method, path } = controlCalls[id];
  const call = controlRoutes[`${method} ${path}` as keyof typeof controlRoutes] as AnyCall;
  const read = controlRequestReader(id);
  return async (req, res) => {
    const request = read(req);
    if ("error" in request) return sendControlError(res, request.status, request.error);
    try {
      const sandbox = sandboxes.open(exchangeOf(res).sandboxName ?? DEFAULT_SANDBOX);
      const context = { sandbox, sandboxes, attachmentsUrl: attachmentsUrl(res, sandbox), gone: signalOfClose(res) };
      answer(res, await call(context, request as never)); // the reader has seen to its shape
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      const [status, code] = error.reason === "limit" ? ([429, "sandbox_limit"] as const) : ([404, "sandbox_unknown"] as const);
      sendControlError(res, status, { code, message: error.message });
    }
  };
}

function signalOfClose(res: Response): AbortSignal {
  const gone = new AbortController();
  res.on("close", () => gone.abort());
  return gone.signal;
}

function answer(res: Response, reply: AnyReply): void {
  if ("error" in reply) sendControlError(res, reply.status, reply.error);
  else if ("open" in reply) streamChanges(res, reply);
  else send(res, reply.status, reply.body);
}

const notFound: RequestHandler = ({ method, path }: Request, res: Response) => {
  const known = Object.keys(controlRoutes).filter((route) => route.split(" ")[1]?.split("/")[1] === path.split("/")[1]);
  const shown = (known.length > 0 ? known : Object.keys(controlRoutes)).map((route) =>
    route.replace(" ", ` ${CONTROL_PREFIX}`),
  );
  sendControlError(res, 404, {
    code: "not_found",
    message: `There is no ${method} ${CONTROL_PREFIX}${path}`,
    hint: `There are ${shown.join(", ")}.`,
  });
};
