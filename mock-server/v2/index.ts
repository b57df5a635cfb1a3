import { API_PREFIX } from "../../contracts/client/url-and-token";
import { type OperationId, operations } from "../../contracts/generated/v2/operations";
import { matchOperation } from "../../contracts/operations";
import type { ApiOperation } from "../server/api-operation";
import type { ApiVersion } from "../server/api-version";
import { plusNotEncoded, type RawQuery } from "../server/raw-query";
import { calls } from "./advice";
import { assumptionsOf } from "./assumptions";
import { authenticate } from "./authenticate";
import { envelope, faultFailure } from "./errors";
import { examples } from "./examples";
import { hintsOf } from "./hints/rules";
import { chatView } from "./operations/chats/view";
import { DEFAULT_PAGINATION } from "./operations/list-page";
import { messageView } from "./operations/messages/view";
import { reactionView } from "./operations/reactions/view";
import { hasThing, routeHint } from "./paths";
import { peopleOfRequest } from "./people-of-request";
import { bodyRefusalStatus } from "./request/body";
import { NOT_READ_ON, requestReader } from "./request/read-request";
import { routes } from "./routes";
import { eventTypeOf, eventTypes, payloadOf, signatures, webhookBody } from "./webhooks";

/** Version 2 of the Partner API. */
export const v2: ApiVersion = {
  name: "v2",
  prefix: API_PREFIX,
  isInBaseUrl: true,
  operations: (Object.keys(operations) as OperationId[]).map(operationOf).flatMap(withPatch),
  authenticate,
  envelope,
  note(answer) {
    const { operation, asked, failure } = answer;
    const isRead = asked && !NOT_READ_ON.has(failure?.reason);
    const pluses = isRead ? plusNotEncoded(operations[operation as OperationId].query, asked.raw.query as RawQuery) : [];
    return { hints: hintsOf(answer, pluses), assumptions: assumptionsOf(answer, pluses) };
  },
  async forcedAnswer(operation, preference) {
    const [{ forcedAnswer }, { default: answers }, { contractV2 }] = await Promise.all([
      import("../forced-answers/forced-answer"),
      import("../forced-answers/generated/v2"), // with all that can be answered
      import("../../contracts/contract-version"),
    ]);
    return forcedAnswer({ contract: contractV2, answers }, operation, preference);
  },
  faultFailure,
  peopleOfRequest,
  routeHint,
  hasThing,
  foundNothing,
  operationAt: matchOperation,
  pagination: DEFAULT_PAGINATION,
  eventTypes,
  eventType: eventTypeOf,
  eventData: payloadOf,
  views: { chat: chatView, message: messageView, reaction: reactionView },
  calls,
  async loadContract() {
    const { checkEvent, checkResponse } = await import("../../contracts/check");
    return {
      answer: (operation, status, body) => checkResponse(operation as OperationId, status, body),
      event: (type, body) => ((body as { api_version: string }).api_version === "v2" ? checkEvent(type, body) : []),
    };
  },
  deliveryPolicy: { attemptsAtMs: [0], timeoutMs: 15_000 }, // documented: nothing is tried again
  examples,
  webhookPayloadVersion: () => "v2",
  webhookBody,
  signatures,
};

/** Whether an answer of Find Chat or Find Contact says, with 200, that there is none. */
function foundNothing(body: unknown): boolean {
  const { data, contact } = (body ?? {}) as { data?: { chat?: unknown }; contact?: unknown };
  return data?.chat === null || contact === null;
}

/** PATCH is taken wherever PUT is (A-patch). */
function withPatch(operation: ApiOperation): ApiOperation[] {
  const { id, method, path } = operation;
  const isPut = method === "PUT" && matchOperation("PATCH", path.replaceAll(/\{\w+\}/g, "1")) === id;
  return isPut ? [operation, { ...operation, method: "PATCH" }] : [operation];
}

function operationOf(id: OperationId): ApiOperation {
  const { method, path, title, body, form } = operations[id];
  const withBody = form ? "json-or-form" : "json";
  return {
    id,
    method,
    path,
    title,
    takes: body ? withBody : "nothing",
    fileFields: form ? ["message[attachments][]", "message[attachments]"] : [],
    bodySize: "usual",
    bodyRefusal: bodyRefusalStatus(id),
    read: requestReader(id),
    answer: routes[`${method} ${path}` as keyof typeof routes] as unknown as ApiOperation["answer"], // what is read has the shape that it demands
  };
}
