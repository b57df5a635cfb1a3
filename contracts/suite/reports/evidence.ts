import type { AnyOperationId } from "../../contract-version";
import { parseTimestamp } from "../../timestamps";
import { isOfTypeAlone, type LawEvidence } from "../law-errors";
import type { CheckOutcome, RecordedExchange } from "../report";
import { cutLists } from "./cut-lists";
import { OTHER_ZONE } from "./findings";
import { type Redaction, wordsOf } from "./redaction";

/** What was found, where something else was expected, as it may be shown. */
export interface JsonEvidence {
  readonly what: string;
  /** JSON pointer; `status`, or empty for the whole. */
  readonly pointer: string;
  readonly expected: unknown;
  readonly received: unknown;
  /** Which of the two are no values, and said in words. */
  readonly in_words: readonly ("expected" | "received")[];
  readonly note: string | null;
  /** Whether it is an event that was waited for and has not come. */
  readonly awaited: boolean;
  /** Of two answers that differ, and of which either may be wrong, the operations: of what was received, and what was expected. */
  readonly between: readonly [here: string, there: string] | null;
  /** Of a field that is missing, whether all lack it that were seen. */
  readonly everywhere: boolean;
  /** Of a body that is no JSON, how it begins. */
  readonly begins: string | null;
}

const MOST_ITEMS = 20;
/** Characters of a body that is no JSON. */
const BEGINNING = 80;
const MOST_TO_REDACT = 2_000;

type Side = "expected" | "received";

export function evidenceOf(outcome: CheckOutcome, evidence: LawEvidence, shown: Redaction): JsonEvidence {
  const { what, pointer } = evidence;
  const isAlike = isOfTypeAlone(evidence);
  const said = (side: Side): { readonly shown: unknown; readonly isWords: boolean } => {
    const words = wordsOf(outcome, side);
    if (words !== undefined) return { shown: shown.text(words), isWords: true };
    const value = shownValue(isAlike ? Number(evidence[side]) : evidence[side], pointer, shown);
    if (isAlike && typeof value === "number") return { shown: evidence[side], isWords: false }; // as a text it would be taken for a private one
    return isMaskedNumber(evidence, side, value) ? { shown: "a number", isWords: true } : { shown: value, isWords: false };
  };
  const sides = { expected: said("expected"), received: said("received") };
  const found = {
    what: shown.text(what),
    pointer: shown.pointer(pointer),
    expected: sides.expected.shown,
    received: sides.received.shown,
    in_words: (["expected", "received"] as const).filter((side) => sides[side].isWords),
  };
  const isSame = JSON.stringify(found.expected) === JSON.stringify(found.received);
  const differing = isAlike ? "the same value, in another type" : offsetBetween(evidence);
  const note = isSame ? "the two differ in what is redacted or cut here" : (differing ?? null);
  return {
    ...found,
    note,
    awaited: evidence.awaited === true,
    between: evidence.between ?? null,
    everywhere: evidence.everywhere === true,
    begins: what === "content-type" ? beginningOf(outcome.exchanges.at(-1), shown) : null,
  };
}

/** Whether a number is shown as a text that stands for it, as if it were one. Beside another number, it is no matter of its type. */
function isMaskedNumber({ expected, received }: LawEvidence, side: Side, shown: unknown): boolean {
  const isNumber = (value: unknown): boolean => typeof value === "number" || typeof value === "bigint";
  const value = side === "expected" ? expected : received;
  return isNumber(expected) !== isNumber(received) && isNumber(value) && typeof shown === "string";
}

const HOUR = 3_600_000;
/** No zone is further from another. */
const MOST_HOURS = 26;

/** How far two times are apart that differ by whole hours, as they do where a zone or daylight-saving time is wrong. */
function offsetBetween({ expected, received }: LawEvidence): string | undefined {
  if (typeof expected !== "string" || typeof received !== "string") return undefined;
  const hours = Math.abs(parseTimestamp(received) - parseTimestamp(expected)) / HOUR;
  if (!Number.isInteger(hours) || hours < 1 || hours > MOST_HOURS) return undefined;
  const [here, there] = [received, expected].map((time) => time.slice(0, "2025-10-20T08:05:48".length));
  const apart = `${hours} ${hours === 1 ? "hour" : "hours"} apart`;
  return `${here === there ? "the same clock time, " : ""}${apart}: ${OTHER_ZONE}`;
}

/** Private values are replaced before it is cut, so that no half of one is left. */
function beginningOf(exchange: RecordedExchange<AnyOperationId> | undefined, shown: Redaction): string | null {
  const { text = "", body } = exchange?.response ?? {};
  const isRead = typeof body === "object" && body !== null; // whatever its type says: what is private in it is known by its place
  const begins = text.slice(0, MOST_TO_REDACT).replaceAll(/\s+/g, " ").trim();
  const masked = isRead ? JSON.stringify(shown.value(body)) : shown.text(begins);
  if (masked === "") return null;
  return masked.length > BEGINNING ? `${masked.slice(0, BEGINNING)}…` : masked;
}

export function shownValue(value: unknown, pointer: string, shown: Redaction): unknown {
  return cutLists(value, MOST_ITEMS, (kept) => shown.value(kept, pointer)) ?? null;
}
