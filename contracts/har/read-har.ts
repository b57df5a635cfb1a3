import { TargetError } from "../client/errors";
import type { AnyOperationId } from "../contract-version";
import { asObject } from "../exchange";
import type { RecordedExchange } from "../suite/report";
import { isUrl } from "../urls";
import { endsTooEarly, harHeaders } from "./har-entry";
import { entriesOfCollection } from "./postman-collection";
import { type Ignored, readEntry, tokenIn } from "./read-entry";

/** How many entries a recording has, and what became of them. */
export type HarCounts = Readonly<Record<"entries" | "checked" | Ignored, number>>;

/** What a recording holds of the API. */
export interface HarRecording {
  readonly exchanges: readonly RecordedExchange<AnyOperationId>[];
  /** What the calls proved themselves with; the exchanges do not hold it. */
  readonly tokens: readonly string[];
  readonly counts: HarCounts;
  /** The one server that all of them went to, and the day of the last; undefined when there are several, or none is told. */
  readonly source: { readonly origin: string; readonly date: string } | undefined;
}

/**
 * Reads a HAR file (HTTP Archive 1.2) as browsers and proxies write it, or a collection of Postman. What it has of other addresses is
 * ignored, and counted.
 *
 * @throws TargetError when it is no HAR file, or was cut off
 */
export function readHar(text: string, name: string): HarRecording {
  const entries = entriesOf(text);
  if (!entries) throw noHarFile(text, name);
  const counts = { entries: entries.length, checked: 0, elsewhere: 0, unknown: 0, unanswered: 0, incomplete: 0, unreadable: 0 };
  const exchanges: RecordedExchange<AnyOperationId>[] = [];
  const checked: unknown[] = [];
  for (const entry of entries) {
    const read = readEntry(entry);
    counts[typeof read === "string" ? read : "checked"] += 1;
    if (typeof read === "string") continue;
    exchanges.push(read);
    checked.push(entry);
  }
  const tokens = new Set(
    entries.flatMap((entry) => tokenIn(harHeaders(asObject(asObject(entry)["request"])["headers"])) ?? []),
  );
  return { exchanges, tokens: [...tokens], counts, source: sourceOf(checked) };
}

const DAY = /^\d{4}-\d\d-\d\d(?=T)/;

function sourceOf(entries: readonly unknown[]): HarRecording["source"] {
  const origins = new Set<string>();
  let last = "";
  for (const { request, startedDateTime: began } of entries.map(asObject)) {
    const { url } = asObject(request);
    if (typeof url === "string" && isUrl(url)) origins.add(new URL(url).origin);
    const [day = ""] = DAY.exec(String(began)) ?? [];
    if (day > last) last = day;
  }
  const [origin, ...others] = origins;
  return origin === undefined || others.length > 0 || last === "" ? undefined : { origin, date: last };
}

/** The entries of a HAR file, as it has them. */
interface HarEntries {
  readonly entries: readonly unknown[];
  /** How many entries are known to be lost: the one that a file that was cut off ends in. How many were to follow, nobody knows. */
  readonly lost: number;
}

/** Reads the entries of a HAR file; of one that was cut off, those that are whole. @throws TargetError when it is no HAR file */
export function harEntries(text: string, name: string): HarEntries {
  const whole = entriesOf(text);
  if (whole) return { entries: whole, lost: 0 };
  const end = endOfLastEntry(text);
  const found = end === undefined ? undefined : entriesOf(`${text.slice(0, end)}]}}`);
  if (!found) throw noHarFile(text, name);
  return { entries: found, lost: text.slice(end).includes("{") ? 1 : 0 };
}

/** Undefined when it is no HAR file. */
function entriesOf(text: string): readonly unknown[] | undefined {
  try {
    const file: unknown = JSON.parse(withoutMark(text));
    const { entries } = asObject(asObject(file)["log"]);
    return Array.isArray(entries) ? entries : entriesOfCollection(file);
  } catch {
    return undefined;
  }
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, "");
}

function noHarFile(text: string, name: string): TargetError {
  const json = withoutMark(text).trim();
  if (json === "") return new TargetError(`${name} is empty; record it again.`);
  try {
    JSON.parse(json);
    return new TargetError(`${name} is JSON, but no HAR file; it has no log.entries.`);
  } catch {
    const isCut = json.startsWith("{") && endsTooEarly(json);
    return new TargetError(isCut ? `${name} is cut off; export it again.` : `${name} is no JSON, and so no HAR file.`);
  }
}

const ENTRIES = ["log", "entries"].join();

/** Where the last whole entry ends, or the list begins; undefined when a file does not get as far as its list. */
function endOfLastEntry(text: string): number | undefined {
  /** The names of the fields that the objects and lists around a place are in; the outermost has none. */
  const around: string[] = [];
  let key = "";
  let end: number | undefined;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i];
    if (character === '"') {
      const start = i;
      i = endOfString(text, i);
      if (around.length <= 2) key = text.slice(start + 1, i);
    } else if (character === "{" || character === "[") {
      around.push(key);
      if (around.length === 3 && around.slice(1).join() === ENTRIES) end = i + 1;
    } else if (character === "}" || character === "]") {
      if (end !== undefined && around.length === 3) return end;
      around.pop();
      if (end !== undefined && around.length === 3) end = i + 1;
    }
  }
  return end;
}

function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text[i] !== '"') i += text[i] === "\\" ? 2 : 1;
  return i;
}
