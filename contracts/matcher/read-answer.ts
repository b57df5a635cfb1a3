import { types } from "node:util";
import { type ExchangeResponse, type Fields, headersByName, parseBody } from "../exchange";

/** What a matcher needs of an answer, whichever client has read it. */
export interface ReadAnswer {
  /** Undefined when the client does not tell it. */
  readonly method: string | undefined;
  /** Undefined when nobody has asked for anything. */
  readonly url: string | undefined;
  readonly response: ExchangeResponse;
}

const TAKEN =
  "a response of supertest, superagent or axios, a Response of fetch, or an object { method, url, status, body, headers? }";

/** Reads an answer, whichever client has got it. That of fetch is read later. @throws TypeError when it is none, or was read already */
export function readAnswer(value: unknown): ReadAnswer | Promise<ReadAnswer> {
  const fields = typeof value === "object" && value !== null ? (value as Fields) : undefined;
  const answer = fields && (ofFetch(fields) ?? ofSuperagent(fields) ?? ofAxios(fields) ?? byHand(fields));
  if (answer) return answer;
  throw new TypeError(`toSatisfyContract takes ${TAKEN}; this is ${kindOf(value)}.`);
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value !== "object") return `a ${typeof value}`;
  if ("then" in value) return "a promise; await it first";
  if (types.isNativeError(value)) return `an error, ${value.name}; its response may be one`;
  if (Array.isArray(value)) return "an array";
  const fields = Object.keys(value);
  if (fields.length === 0) return "an empty object";
  return `an object with ${fields.slice(0, 6).join(", ")}${fields.length > 6 ? ", ..." : ""}`;
}

/** Answers of fetch tell no method, and are read from a clone, so that they can be read again. */
function ofFetch(value: Fields): Promise<ReadAnswer> | undefined {
  if (typeof value["clone"] !== "function" || typeof value["text"] !== "function") return undefined;
  const answer = value as unknown as Response;
  if (answer.bodyUsed) {
    throw new TypeError(
      "toSatisfyContract: the body of this Response was already read. Check it before reading it, " +
        "or give { method, url, status, headers, body }.",
    );
  }
  return readFetched(answer);
}

async function readFetched(answer: Response): Promise<ReadAnswer> {
  const { status, url, headers } = answer;
  const text = await answer.clone().text();
  return { method: undefined, url: url === "" ? undefined : url, response: responseOf(status, headers, text) };
}

/** Of superagent, and so of supertest. */
function ofSuperagent({ request, status, headers, body, text }: Fields): ReadAnswer | undefined {
  const { method, url } = (request ?? {}) as Fields;
  if (typeof method !== "string" || typeof url !== "string" || typeof status !== "number") return undefined;
  const isEmpty = text === undefined && isEmptyObject(body); // superagent's word for no body
  return { method, url, response: responseOf(status, headers, isEmpty ? undefined : (text ?? body)) };
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !ArrayBuffer.isView(value) && Object.keys(value).length === 0;
}

function ofAxios({ config, status, headers, data, ...others }: Fields): ReadAnswer | undefined {
  if (typeof config !== "object" || config === null || typeof status !== "number" || !("statusText" in others))
    return undefined;
  const { method = "GET", url, baseURL } = config as Fields; // the default of axios
  return { method: String(method), url: combined(baseURL, url), response: responseOf(status, headers, data) };
}

function combined(base: unknown, url: unknown): string {
  const path = typeof url === "string" ? url : "";
  if (typeof base !== "string" || /^(?:[a-z][a-z\d+.-]*:)?\/\//i.test(path)) return path;
  return `${base.replace(/\/+$/, "")}/${path.replace(/^\/+/, "")}`;
}

/** What is put down by hand: `{ method, url, status, body, headers? }`. */
function byHand({ method, url, status, body, headers, ...others }: Fields): ReadAnswer | undefined {
  if (typeof status !== "number" || Object.keys(others).length > 0) return undefined;
  const known = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
  return { method: known(method), url: known(url), response: responseOf(status, headers, body) };
}

function responseOf(status: number, headers: unknown, body: unknown): ExchangeResponse {
  return { status, ...(typeof headers === "object" && headers && { headers: headersByName(headers) }), body: parsed(body) };
}

/** What a client has made of a body: a text or bytes are read as JSON, and nothing at all is no body. */
function parsed(body: unknown): unknown {
  if (body === null || body === undefined) return undefined;
  if (typeof body === "string") return parseBody(body);
  if (types.isAnyArrayBuffer(body)) return parseBody(Buffer.from(body).toString("utf8"));
  if (!ArrayBuffer.isView(body)) return body;
  return parseBody(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8"));
}
