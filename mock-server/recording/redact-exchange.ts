import { isUtf8 } from "node:buffer";
import { randomBytes } from "node:crypto";
import { TOKEN_HEADER } from "../../contracts/client/address";
import { NO_ID } from "../../contracts/client/guard";
import { isTooDeep } from "../../contracts/exchange";
import { redactHeader } from "../../contracts/redact/headers";
import { looksLike } from "../../contracts/redact/patterns";
import { Redactor } from "../../contracts/redact/redactor";
import { Fakes } from "../../fixtures/pull/fakes";
import { KeyedHash } from "../../fixtures/pull/keyed-hash";
import type { ProxiedExchange } from "../proxy/call";
import type { Header, WrittenContent, WrittenExchange } from "./har-file";
import { MADE_BY_RUNS, MadeByRuns } from "./made-by-runs";

/** Stands for the server that was asked, whose name is nobody's business. */
const ORIGIN = "https://target.example";
const FORM = /^(?:multipart\/form-data|application\/x-www-form-urlencoded)\b/i;
/** Of a machine, with its port. */
const ADDRESS = /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b|\[?[\da-f]*(?::[\da-f]*){2,}\]?(?::\d+)?/gi;
const UNKNOWN_TYPE = "x-unknown";
/** What may be told of why there was no answer: a code, a count, a coding, an address that is made up. */
const HOLE = String.raw`(?:[A-Z][A-Z\d]*(?:_[A-Z\d]+)*|\d+|gzip|br|deflate|zstd|https://redacted\.example\.com/[\da-f]+)`;
/** Stands before the digits of an integer that is parsed as a text; for private use, and so in no text. */
const LONG_MARK = "\uE000";
const MARKED_INTEGER = new RegExp(`^${LONG_MARK}-?\\d+$`);
const QUOTED_INTEGER = new RegExp(`"${LONG_MARK}(-?\\d+)"`, "g");
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
        .join(HOLE)}$`,
    ),
);

/**
 * Replaces whatever is somebody's in calls, the same by the same wherever it stands: by a key that nobody keeps, so that nobody can turn
 * it back. What a contract run makes up stays.
 */
export class ExchangeRedactor {
  readonly #made = new MadeByRuns();
  readonly #redactor: Redactor;

  constructor() {
    const fakes = new Fakes(new KeyedHash(randomBytes(32).toString("hex")));
    this.#redactor = new Redactor({
      replace: (value) => this.#made.keptIn(value.written, (text) => fakes.replace({ ...value, written: text })),
      kept: [MADE_BY_RUNS],
      // a key that is a UUID tells nothing, and a replay knows that it is another in every run
      keeps: (text, field, around) =>
        this.#made.keeps(text, field, around) || (field === "idempotency_key" && looksLike("uuid", text)),
    });
    this.#redactor.learnId(String(NO_ID));
  }

  redact({ startedAt, ms, request, response }: ProxiedExchange): WrittenExchange {
    for (const token of [request.headers[TOKEN_HEADER]].flat()) if (token?.trim()) this.#redactor.add(token, "secret");
    const headers = this.#headers(request.headers);
    const sent = request.body.length === 0 ? undefined : this.#content(request.body, headers);
    const url = `${ORIGIN}${this.#redactor.path(request.url.replace(/^(?!\/)/, "/"))}`;
    const asked = { startedAt, ms, request: { method: request.method, url, headers, sent } };
    if (response.error !== undefined) return { ...asked, response: { error: this.#reason(response.error) } };
    const answered = this.#headers(response.headers);
    this.#redactor.learnIds(jsonIn(response.body));
    return {
      ...asked,
      response: { status: response.status, headers: answered, content: this.#content(response.body, answered) },
    };
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

  #content(body: Buffer, headers: readonly Header[]): WrittenContent {
    const mimeType = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? UNKNOWN_TYPE;
    if (FORM.test(mimeType)) return { mimeType, text: "", comment: "The content of forms is not recorded." };
    if (!isUtf8(body)) return { mimeType, text: "", comment: "What is no text is not recorded." };
    const json = jsonIn(body);
    const text = json === undefined ? this.#redactor.sentence(body.toString("utf8")) : writeJson(this.#redactor.json(json));
    return { mimeType, text };
  }

  /** Why no answer has come, as the proxy says it. */
  #reason(reason: string): string {
    const redacted = this.#redactor.text(reason.replaceAll(ADDRESS, "address"));
    return REASONS.some((known) => known.test(redacted)) ? redacted : this.#redactor.sentence(redacted);
  }
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
