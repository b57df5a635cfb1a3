import { type IncomingHttpHeaders, validateHeaderName, validateHeaderValue } from "node:http";
import stringify from "safe-stable-stringify";
import { TargetError } from "../../contracts/client/errors";
import { tokenOf } from "../../contracts/client/url-and-token";
import { type ContractVersion, contracts } from "../../contracts/contract-version";
import { asObject, type Fields, isTooDeep } from "../../contracts/exchange";
import { harAddress, harHeaders, harStatus, readAnswerBody, readSentText } from "../../contracts/har/har-entry";
import type { Ignored as NotRead } from "../../contracts/har/read-entry";
import { harEntries } from "../../contracts/har/read-har";
import { HIDDEN } from "../../contracts/redact/headers";

/** A request of the API, as it is looked up. */
export interface RecordedCall {
  readonly contract: ContractVersion;
  readonly method: string;
  /** Below the API's prefix, without its query. */
  readonly path: string;
  /** The query as it was sent, without the question mark. */
  readonly query: string;
  /** The token as it was recorded; undefined when there was none. */
  readonly token: string | undefined;
  /** What was sent, as it is compared: JSON in one spelling, a form by its type alone, another text as it is; empty for nothing. */
  readonly bodyKey: string;
}

/** A call that was recorded, and its answer, to be given again. */
export interface RecordedAnswer extends RecordedCall {
  /** Why no answer had come, as far as the recording says it, and else empty; undefined when one had. */
  readonly noAnswer: string | undefined;
  /** This and what follows is nothing when no answer had come. */
  readonly status: number;
  readonly headers: readonly (readonly [name: string, values: readonly string[]])[];
  readonly body: Buffer;
}

/** Why an entry cannot be given again. */
type Ignored = Exclude<NotRead, "unanswered" | "unknown">;

/** What a recording holds of the API, in the order in which it was asked. */
interface Recorded {
  readonly answers: readonly RecordedAnswer[];
  readonly ignored: Readonly<Record<Ignored, number>>;
  /** How many of the answers are none, because nothing had come. */
  readonly unanswered: number;
  /** How many entries are known to be lost, because the file was cut off. */
  readonly lost: number;
}

const NOT_MODIFIED = 304;
const NOTHING = { status: 0, headers: [], body: Buffer.alloc(0) };
/** Of one connection, or of a body that is no longer as it came (RFC 9110, 7.6.1). */
const NOT_KEPT = new Set(
  "connection content-encoding content-length keep-alive proxy-authenticate proxy-connection te trailer transfer-encoding upgrade".split(
    " ",
  ),
);

/**
 * Reads a HAR file with what is needed to answer from it. One that was cut off is read as far as it goes.
 *
 * @throws TargetError when it is no HAR file, or has nothing of the API
 */
export function readRecorded(text: string, name: string): Recorded {
  const { entries, lost } = harEntries(text, name);
  const ignored: Record<Ignored, number> = { elsewhere: 0, incomplete: 0, unreadable: 0 };
  const answers = entries.flatMap((entry) => {
    const read = readAnswer(entry);
    if (typeof read !== "string") return read;
    ignored[read] += 1;
    return [];
  });
  const unanswered = answers.filter(({ noAnswer }) => noAnswer !== undefined).length;
  if (answers.length === unanswered) throw new TargetError(nothingIn(name, entries.length, { ...ignored, unanswered }));
  return { answers, ignored, unanswered, lost };
}

function readAnswer(entry: unknown): RecordedAnswer | Ignored {
  const { request, response } = asObject(entry);
  const { method, url, headers: sentHeaders, postData } = asObject(request);
  if (typeof method !== "string" || typeof url !== "string") return "unreadable";
  const address = harAddress(asObject(request));
  if (!address) return "elsewhere";
  const sent = harHeaders(sentHeaders);
  const posted = asObject(postData);
  const type = typeof posted["mimeType"] === "string" ? posted["mimeType"] : (sent["content-type"] ?? "");
  const bodyKey = bodyKeyOf(type, readSentText(posted, sent) ?? "");
  const recorded = callOf(method.toUpperCase(), address, sent, bodyKey);
  const answered = asObject(response);
  const { _error: reason } = answered;
  const status = harStatus(answered);
  if (status < 200 || status > 999) {
    return { ...recorded, ...NOTHING, noAnswer: typeof reason === "string" ? reason : "" };
  }
  const headers = headersOf(answered);
  const body = readAnswerBody(answered, { method, status, headers: harHeaders(answered["headers"]) });
  if (!body || status === NOT_MODIFIED) return "incomplete";
  return {
    ...recorded,
    noAnswer: undefined,
    status,
    headers: headers.filter(([header]) => !NOT_KEPT.has(header.toLowerCase())),
    body,
  };
}

/** A request at a path and query below a version's prefix. */
export function callOf(
  method: string,
  { contract, path: pathAndQuery }: { readonly contract: ContractVersion; readonly path: string },
  headers: IncomingHttpHeaders,
  bodyKey: string,
): RecordedCall {
  const [path = "", ...query] = pathAndQuery.split("?");
  return { contract, method, path, query: query.join("?"), token: tokenOf(contract.token, headers), bodyKey };
}

/** As they were written, those of one name together. Some leave them out, and tell the content type alone. */
function headersOf({ headers, content }: Fields): [name: string, values: string[]][] {
  const found = new Map<string, [name: string, values: string[]]>();
  for (const header of Array.isArray(headers) ? headers : []) {
    const { name, value } = asObject(header);
    if (typeof name !== "string" || typeof value !== "string" || name.startsWith(":") || !isSendable(name, value)) continue;
    if (value === HIDDEN) continue; // nobody knows what it was
    const known = found.get(name.toLowerCase());
    if (known) known[1].push(value);
    else found.set(name.toLowerCase(), [name, [value]]);
  }
  const { mimeType } = asObject(content);
  const isTold = typeof mimeType === "string" && mimeType.includes("/") && isSendable("Content-Type", mimeType);
  if (isTold && !found.has("content-type")) found.set("content-type", ["Content-Type", [mimeType]]);
  return [...found.values()];
}

function isSendable(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

const said: Readonly<Record<Ignored | "unanswered", string>> = {
  elsewhere: "went elsewhere",
  unanswered: "had no answer",
  incomplete: "came without their bodies",
  unreadable: "cannot be read",
};

function nothingIn(name: string, entries: number, ignored: Readonly<Record<keyof typeof said, number>>): string {
  const reasons = (Object.keys(said) as (keyof typeof said)[])
    .filter((why) => ignored[why] > 0)
    .map((why) => `${ignored[why]} ${said[why]}`);
  const what = entries === 0 ? "it has no entries" : `of its entries, ${reasons.join(", ")}`;
  return `${name} has nothing to answer from: ${what}; record calls below ${contracts.map(({ prefix }) => prefix).join(" or ")}, with their bodies.`;
}

const FORM = /^(?:multipart\/form-data|application\/x-www-form-urlencoded)\b/i;

/** A body that was sent, as it is compared. Secrets of webhooks are not compared, because none is recorded. */
export function bodyKeyOf(type: string, text: string): string {
  const form = FORM.exec(type.trim())?.[0];
  if (form !== undefined) return `form ${form.toLowerCase()}`;
  if (text.trim() === "") return "";
  if (isTooDeep(text)) return text;
  try {
    return stringify(JSON.parse(text), withoutSecret) ?? text;
  } catch {
    return text;
  }
}

function withoutSecret(key: string, value: unknown): unknown {
  return key === "secret" && typeof value === "string" ? "" : value;
}
