import { API_PREFIX_V3 } from "../../contracts/client/url-and-token";
import { WEBHOOK_EVENTS } from "../../contracts/generated/v3/enumerations";
import { type OperationId, operations } from "../../contracts/generated/v3/operations";
import { JSON_TYPES, operationFinder } from "../../contracts/operations";
import type { ApiOperation, Reply } from "../server/api-operation";
import type { ApiVersion } from "../server/api-version";
import { Failure } from "../server/failure";
import { calls } from "./advice";
import { authenticate } from "./authenticate";
import { asListed, envelope, faultFailure, withOwnCode } from "./errors";
import { exampleAnswer } from "./example-answer";
import { examples } from "./examples";
import { note } from "./hints-and-assumptions";
import { chatView } from "./operations/chats/view";
import { messageView, reactionView } from "./operations/messages/view";
import { hasThing, routeHint, unknownThing } from "./paths";
import { peopleOfRequest } from "./people-of-request";
import { pathReader, requestReader } from "./read-request";
import { routes } from "./routes";
import { isSending, repeatOf } from "./sending-answers";
import { TRACE_HEADER, traceOf, withTrace } from "./trace";
import { newSecret, signatures, webhookHeaders } from "./webhook-signatures";
import { dataOf, eventTypeOf, webhookBody, webhookPayloadVersion } from "./webhooks";

/** Version 3 of the Partner API. */
export const v3: ApiVersion = {
  name: "v3",
  prefix: API_PREFIX_V3,
  isInBaseUrl: false,
  operations: (Object.keys(operations) as OperationId[]).map(operationOf),
  authenticate,
  envelope,
  headers(source, { operation, status }) {
    const type = operation && JSON_TYPES[`${operation} ${status}`];
    return { [TRACE_HEADER]: traceOf(source), ...(type && { "Content-Type": type }) };
  },
  note,
  faultFailure,
  peopleOfRequest,
  routeHint,
  hasThing,
  unknownThing,
  operationAt: operationFinder<OperationId>(operations),
  pagination: "refuse",
  views: { chat: chatView, message: messageView, reaction: (chat, reaction, world) => reactionView(world, chat, reaction) },
  calls,
  examples,
  eventTypes: WEBHOOK_EVENTS,
  eventType: eventTypeOf,
  eventData: dataOf,
  webhookPayloadVersion,
  webhookBody,
  webhookHeaders,
  newSecret,
  signatures,
  async forcedAnswer(operation, preference, source) {
    const [{ forcedAnswer }, { default: answers }, { contractV3 }] = await Promise.all([
      import("../forced-answers/forced-answer"),
      import("../forced-answers/generated/v3"), // with all that can be answered
      import("../../contracts/contract-version"),
    ]);
    const forced = await forcedAnswer({ contract: contractV3, answers }, operation, preference);
    if (forced instanceof Failure) return forced;
    return withOwnCode(operation, { ...forced, body: withTrace(forced.body, source) }, preference, source);
  },
  async loadContract() {
    const [{ checkEvent, checkResponse }, { contractV3 }] = await Promise.all([
      import("../../contracts/check"),
      import("../../contracts/contract-version"),
    ]);
    return {
      answer: (operation, status, body) => checkResponse(operation as OperationId, status, body, contractV3),
      event: (type, body) => ((body as { api_version: string }).api_version === "v3" ? checkEvent(type, body) : []),
    };
  },
  deliveryPolicy: { attemptsAtMs: retryTimes(), jitter: 0.1, timeoutMs: 10_000 }, // A-v3-retry-schedule
};

/** Ten attempts within half an hour (A-v3-retry-schedule). */
function retryTimes(): number[] {
  let atMs = 0;
  return [0, 5, 15, 30, 60, 120, 240, 300, 480, 550].map((pauseS) => {
    atMs += pauseS * 1000;
    return atMs;
  });
}

type AnyOperation = (world: unknown, request: unknown) => Reply | Failure;

function operationOf(id: OperationId): ApiOperation {
  const { method, path, title, body } = operations[id];
  const refusalOfPath = pathReader(id);
  const answer = routes[`${method} ${path}` as keyof typeof routes] as AnyOperation | undefined;
  return {
    id,
    method,
    path,
    title,
    takes: body ? "json" : "nothing",
    fileFields: [],
    bodySize: "large",
    bodyRefusal: 400,
    refusalOfPath,
    read: requestReader(id),
    ...(isSending(id) && {
      repeat: (world, request) => (refusalOfPath(request.params) ? undefined : repeatOf(id, world, request)),
    }),
    answer: (world, { names, query, body: sent, token, headers, traceSource }) => {
      if (!answer) return exampleAnswer(id, world, { names: names ?? {}, body: sent, traceId: traceOf(traceSource) });
      const idempotencyKey = headers["idempotency-key"];
      const reply = answer(world, {
        path: names,
        query,
        body: sent,
        idempotencyKey: typeof idempotencyKey === "string" ? idempotencyKey : undefined,
        traceSource,
        token,
      });
      return reply instanceof Failure ? asListed(id, reply) : reply;
    },
  };
}
