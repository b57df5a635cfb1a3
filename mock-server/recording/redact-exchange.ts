import { isUtf8 } from "node:buffer";
import { randomBytes } from "node:crypto";
import { NO_ID } from "../../contracts/client/guard";
import { TOKEN_HEADER } from "../../contracts/client/url-and-token";
import { CONTACT_FIELDS } from "../../contracts/contacts";
import { isTooDeep } from "../../contracts/exchange";
import { NO_BODY } from "../../contracts/har/har-entry";
import { redactHeader } from "../../contracts/redact/headers";
import { looksLike } from "../../contracts/redact/patterns";
import { Redactor } from "../../contracts/redact/redactor";
import { LINKED_FILE, MARK } from "../../contracts/suite/cleanup/created";
import { FakeValues } from "../../fixtures/pull/fake-values";
import { KeyedHash } from "../../fixtures/pull/keyed-hash";
import type { ProxiedExchange } from "../proxy/call";

/** A header by its name and its value. */
export type Header = readonly [name: string, value: string];

/** A call and its answer with nothing of anybody in them. */
export interface RedactedExchange {
  /** In ms since 1970. */
  readonly startedAt: number;
  readonly ms: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly Header[];
    readonly sent: RedactedBody | undefined;
  };
  /** What came, or why nothing did. */
  readonly response:
    | { readonly ok: true; readonly status: number; readonly headers: readonly Header[]; readonly content: RedactedBody }
    | { readonly ok: false; readonly error: string };
}

export interface RedactedBody {
  readonly mimeType: string;
  readonly text: string;
  /** Why the text is not what was sent. */
  readonly comment?: string;
}

/** Stands for the server that was asked, whose name is nobody's business. */
const ORIGIN = "https://target.example";
const FORM = /^(?:multipart\/form-data|application\/x-www-form-urlencoded)\b/i;
/** The IP address of a machine, with its port. */
const ADDRESS = /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b|\[?[\da-f]*(?::[\da-f]*){2,}\]?(?::\d+)?/gi;
const UNKNOWN_TYPE = "x-unknown";
/** What may be told of why there was no answer: a code, a count, a coding, an address that is made up. */
const PLACEHOLDER = String.raw`(?:[A-Z][A-Z\d]*(?:_[A-Z\d]+)*|\d+|gzip|br|deflate|zstd|https://redacted\.example\.com/[\da-f]+)`;
/** Stands before the digits of an integer that is parsed as a text; for private use, and so in no text. */
const LONG_MARK = "\uE000";
const MARKED_INTEGER = new RegExp(`^${LONG_MARK}-?\\d+$`);
const QUOTED_INTEGER = new RegExp(`(?<!\\\\)"${LONG_MARK}(-?\\d+)"`, "g");
const LONG_INTEGER = /\d{16}/;
/** A text of JSON, or an integer that may be long. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\w.+-])-?[1-9]\d{15,}(?![\d.eE])/gs;
const REASONS = [
  "the connection failed",
  "the connection failed with *",
  "the connection ended in the middle of the answer",
  "it closed the connection without an answer",
  "there was no whole answer within * s",
  "the proxy was stopped",
  "whoever asked had gone before it was sent",
  "its status is *, which HTTP does not have",
  "its body cannot be decoded from * (*)",
  "its body has more than * MB; no page is so large",
  "* does not speak HTTP as it should (*)",
  "* does not speak TLS; check the address and the port.",
  "The certificate of * is not trusted (*); name its authority in NODE_EXTRA_CA_CERTS.",
].map(
  (reason) =>
    new RegExp(
      `^${reason
        .split("*")
        .map((text) => text.replace(/[.()]/g, "\\$&"))
        .join(PLACEHOLDER)}$`,
    ),
);

/**
 * Replaces private values in recorded calls, equal ones by equal ones wherever they stand: by a key that nobody keeps, so that nobody can turn
 * it back. What a contract run makes up stays.
 */
export class ExchangeRedactor {
  readonly #ofRuns = new ContractRunValues();
  readonly #redactor: Redactor;

  constructor() {
    const fakes = new FakeValues(new KeyedHash(randomBytes(32).toString("hex")));
    this.#redactor = new Redactor({
      replace: (value) => this.#ofRuns.keptIn(value.written, (text) => fakes.replace({ ...value, written: text })),
      kept: [RUN_VALUE, EXAMPLE_NUMBER],
      // a key that is a UUID tells nothing, and a replay knows that it is another in every run
      keeps: (text, field, around) =>
        this.#ofRuns.keeps(text, field, around) || (field === "idempotency_key" && looksLike("uuid", text)),
    });
    this.#redactor.learnId(String(NO_ID));
  }

  redact({ startedAt, ms, request, response }: ProxiedExchange): RedactedExchange {
    const [, bearer] = /^Bearer\s+(\S+)/i.exec(request.headers.authorization ?? "") ?? [];
    for (const token of [request.headers[TOKEN_HEADER], bearer].flat()) if (token?.trim()) this.#redactor.add(token, "secret");
    const headers = this.#headers(request.headers);
    const sent = request.body.length === 0 ? undefined : this.#content(request.body, headers, jsonIn(request.body));
    const url = `${ORIGIN}${this.#redactor.path(request.url.replace(/^(?!\/)/, "/"))}`;
    const common = { startedAt, ms, request: { method: request.method, url, headers, sent } };
    if (!response.ok) return { ...common, response: { ok: false, error: this.#reason(response.error) } };
    const answerHeaders = this.#headers(response.headers);
    const json = jsonIn(response.body);
    this.#redactor.learnIds(json);
    const content = this.#content(response.body, answerHeaders, json);
    return { ...common, response: { ok: true, status: response.status, headers: answerHeaders, content } };
  }

  /** Headers that tell nothing of anybody, as they are; of what is a secret, that it was there. All others are left out. */
  #headers(headers: Readonly<Record<string, string | string[] | undefined>>): Header[] {
    return Object.entries(headers).flatMap(([name, values]) =>
      [values ?? []].flat().flatMap((value): Header[] => {
        const shown = redactHeader(name, value, this.#redactor);
        return shown === undefined ? [] : [[name, shown]];
      }),
    );
  }

  /** `json` is undefined where the body is none. */
  #content(body: Buffer, headers: readonly Header[], json: unknown): RedactedBody {
    const mimeType = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? UNKNOWN_TYPE;
    if (body.length === 0) return { mimeType, text: "", comment: NO_BODY };
    if (FORM.test(mimeType)) return { mimeType, text: "", comment: "The content of forms is not recorded." };
    if (!isUtf8(body)) return { mimeType, text: "", comment: "What is no text is not recorded." };
    const text = json === undefined ? this.#redactor.sentence(body.toString("utf8")) : writeJson(this.#redactor.json(json));
    return { mimeType, text };
  }

  /** Why no answer has come, as the proxy says it. */
  #reason(reason: string): string {
    const redacted = this.#redactor.text(reason.replaceAll(ADDRESS, "address"));
    return REASONS.some((known) => known.test(redacted)) ? redacted : this.#redactor.sentence(redacted);
  }
}

const MARKED = new RegExp(`^(?:Contract check )?${MARK}-[a-z]{10}(?![a-z])`);
/** What a run makes up, wherever it stands. */
const MARKS = new RegExp(`(${MARK}(?:-[a-z]+)*)`);
/** A name of a group: joined names begin with it, and go on with those of people. */
const RUN_NAME = new RegExp(`^${MARK}(?:-[a-z]+)+$`);
/** At a place of a text. */
const RUN_VALUE = new RegExp(`${MARK}(?:-[a-z]+)*`, "y");
/** The number in the documented refusal of one that is none, which is nobody's. */
const EXAMPLE_NUMBER = /(?<=\(e\.g\., )\+15551234567(?=\)$)/y;
/** The fields by which a run marks the contacts and messages that it makes. */
const FIELDS: readonly string[] = [...CONTACT_FIELDS.filter((name) => name !== "phone_number"), "text", "idempotency_key"];
/** What a run sends to be refused, and the file that it links to. */
const SENT = new Set(["nobody", "nowhere", "some", "somebody", "yesterday", LINKED_FILE]);
const WORD = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*/gu;

/** Knows what contract runs have made up, which stays in a recording so that a run can be asked of it. */
class ContractRunValues {
  readonly #words = new Set<string>();

  /** Whether a value is made up: it is marked, or a field of something that is. */
  keeps(text: string, field: string, around: object): boolean {
    if (SENT.has(text) || (field === "display_name" && RUN_NAME.test(text))) return true;
    const isMade =
      FIELDS.includes(field) &&
      (isMarked(text) || Object.entries(around).some(([name, value]) => FIELDS.includes(name) && isMarked(value)));
    if (isMade) for (const [word] of text.matchAll(WORD)) this.#words.add(word);
    return isMade;
  }

  /** Replaces the rest of a text in which something is that was made up. */
  keptIn(text: string, replace: (text: string) => string): string {
    if (!text.includes(MARK)) return replace(text);
    return text
      .split(MARKS)
      .map((part, i) => (i % 2 === 1 ? part : part.replace(/[^,]+/g, (words) => this.#rest(words, replace))))
      .join("");
  }

  #rest(words: string, replace: (text: string) => string): string {
    const isMade = [...words.matchAll(WORD)].every(([word]) => this.#words.has(word));
    return isMade ? words : words.replace(/\S(?:.*\S)?/s, replace);
  }
}

function isMarked(text: unknown): boolean {
  return typeof text === "string" && MARKED.test(text);
}

/** Integers that no number of JavaScript can hold, as ids may be, are bigints. */
function jsonIn(body: Buffer): unknown {
  const text = body.toString("utf8");
  if (isTooDeep(text)) return undefined;
  try {
    if (!LONG_INTEGER.test(text)) return JSON.parse(text) as unknown;
    return JSON.parse(text.replace(TOKEN, markLong), (_, value: unknown) =>
      typeof value === "string" && MARKED_INTEGER.test(value) ? BigInt(value.slice(1)) : value,
    ) as unknown;
  } catch {
    return undefined;
  }
}

function writeJson(json: unknown): string {
  const text = JSON.stringify(json, (_, value: unknown) => (typeof value === "bigint" ? `${LONG_MARK}${value}` : value));
  return text.replace(QUOTED_INTEGER, "$1");
}

function markLong(token: string): string {
  return token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `"${LONG_MARK}${token}"`;
}
