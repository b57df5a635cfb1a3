import { TOKEN_HEADER } from "../client/url-and-token";
import { type AnyOperationId, addressOf, writtenPath } from "../contract-version";
import { asObject, type Fields, parseBody } from "../exchange";
import type { RecordedExchange } from "../suite/report";
import { harAddress, harHeaders, harStatus, readAnswerBody, readSentText } from "./har-entry";

/** Why an entry says nothing of the API. */
export type Ignored =
  /** The call went to another address, or is no call of HTTP. */
  | "elsewhere"
  /** The contract has no such operation. */
  | "unknown"
  /** There was no answer, or it was broken off. */
  | "unanswered"
  /** The body or the headers of the answer were not recorded, or the body was cut short, or is packed in a way that cannot be undone. */
  | "incomplete"
  /** The entry is none, or far too large. */
  | "unreadable";

const MAX_LENGTH = 10 * 1024 * 1024;
const NOT_MODIFIED = 304;

/** One call and its answer, as a HAR file has it. Tokens are left out. */
export function readEntry(entry: unknown): RecordedExchange<AnyOperationId> | Ignored {
  const { request, response, time } = asObject(entry);
  const { method, url, headers: sent, postData } = asObject(request);
  if (typeof method !== "string" || typeof url !== "string") return "unreadable";
  const address = isWebSocket(entry) ? undefined : harAddress(asObject(request));
  if (address === undefined || method.toUpperCase() === "OPTIONS") return "elsewhere"; // a browser asks for leave
  const operation = address.contract.operationAt(method.toUpperCase(), address.path.split("?")[0] ?? "");
  if (operation === undefined) return "unknown";
  const path = writtenPath(address.contract, address.path);

  const answer = asObject(response);
  const status = harStatus(answer);
  if (status < 100) return "unanswered";
  const headers = headersOf(answer);
  const text = readAnswerBody(answer, { method, status, headers })?.toString("utf8");
  const isFromCache = status === NOT_MODIFIED; // what it would have been is not known
  if (text === undefined || isFromCache || Object.keys(headers).length === 0) return "incomplete";
  if (text.length > MAX_LENGTH) return "unreadable";
  const sentHeaders = harHeaders(sent);
  const asked = readJson(postData, sentHeaders);
  return {
    operation,
    request: { method: method.toUpperCase(), path, ...(asked !== undefined && { body: asked }) },
    response: { status, headers, body: parseBody(text), text },
    token: tokenIn(sentHeaders) === undefined ? "none" : "own",
    ms: typeof time === "number" && time > 0 ? time : 0,
  };
}

/** Whether an exchange is one of V2: its path has no prefix. */
export function isOfV2(exchange: RecordedExchange<AnyOperationId>): exchange is RecordedExchange {
  return addressOf(exchange.request.path) === undefined;
}

/** What a call proved itself with. V3 wants a bearer. */
export function tokenIn({ [TOKEN_HEADER]: token, authorization = "" }: Readonly<Record<string, string>>): string | undefined {
  return token ?? /^Bearer\s+(\S+)/i.exec(authorization)?.[1];
}

function isWebSocket(entry: unknown): boolean {
  const { _resourceType: type, _webSocketMessages: messages } = asObject(entry);
  return type === "websocket" || messages !== undefined;
}

/** Some leave out the headers, and tell the content type alone. */
function headersOf({ headers, content }: Fields): Record<string, string> {
  const { mimeType } = asObject(content);
  const isType = typeof mimeType === "string" && mimeType.includes("/");
  return { ...(isType && { "content-type": mimeType }), ...harHeaders(headers) };
}

function readJson(content: unknown, headers: Readonly<Record<string, string>>): unknown {
  const text = /json/i.test(String(asObject(content)["mimeType"])) ? readSentText(content, headers) : undefined;
  return text === undefined || text.length > MAX_LENGTH ? undefined : parseBody(text);
}
