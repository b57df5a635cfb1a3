/** What was asked. */
export interface ExchangeRequest {
  readonly method: string;
  /** Below the API's prefix, with its query. */
  readonly path: string;
  /** Parsed JSON, or undefined when there was none. */
  readonly body?: unknown;
  /** The names of files that were sent along, in a form. */
  readonly files?: readonly string[];
}

/** What was answered. */
export interface ExchangeResponse {
  readonly status: number;
  /** By their names in lower case. When they are not given, the content type is not checked. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Parsed JSON; undefined when the body is empty, the text when it is no JSON. */
  readonly body?: unknown;
}

/** Headers as others have them: by names in any case, or the `Headers` of fetch. */
export type GivenHeaders = Readonly<Record<string, unknown>> | { entries(): Iterable<readonly [string, string]> };

/** Headers by their names in lower case. */
export function headersByName(headers: object): Record<string, string> {
  const { entries, toJSON } = headers as { entries?: unknown; toJSON?: unknown };
  const plain = typeof toJSON === "function" ? (toJSON.call(headers) as object) : headers;
  const all = typeof entries === "function" ? (entries.call(headers) as Iterable<[string, unknown]>) : Object.entries(plain);
  const given = [...all].filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** What a body holds: parsed JSON; undefined when it is empty, and the text when it is no JSON, or nested too deeply to be looked at. */
export function parseBody(text: string): unknown {
  if (text.trim() === "") return undefined;
  if (isTooDeep(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Fields of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value that somebody else wrote, taken for an empty object when it is none. */
export function asObject(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

const DEEPEST = 200;
const [QUOTE, BACKSLASH, BRACE, BRACKET] = ['"', "\\", "{", "["].map((character) => character.charCodeAt(0));
const [END_OF_BRACE, END_OF_BRACKET] = ["}", "]"].map((character) => character.charCodeAt(0));

/** Whether JSON, as text or as its bytes in UTF-8, is nested deeper than anything that the API sends, so deep that what writes it again may fail. */
export function isTooDeep(json: string | Uint8Array): boolean {
  if (json.length <= DEEPEST) return false;
  const codeAt = typeof json === "string" ? (i: number) => json.charCodeAt(i) : (i: number) => json[i];
  let depth = 0;
  for (let i = 0; i < json.length; i += 1) {
    const code = codeAt(i);
    if (code === QUOTE) i = endOfString(json, i);
    else if (code === BRACE || code === BRACKET) depth += 1;
    else if (code === END_OF_BRACE || code === END_OF_BRACKET) depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}

/** Where the string ends that begins at a place. Long ones are texts of messages, so they are not gone through one by one. */
function endOfString(json: string | Uint8Array, start: number): number {
  for (let end = start + 1; ; end += 1) {
    end = typeof json === "string" ? json.indexOf('"', end) : json.indexOf(34, end);
    if (end === -1) return json.length;
    let escapes = 0;
    while ((typeof json === "string" ? json.charCodeAt(end - 1 - escapes) : json[end - 1 - escapes]) === BACKSLASH)
      escapes += 1;
    if (escapes % 2 === 0) return end;
  }
}
