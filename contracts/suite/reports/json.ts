import type { Kind } from "../../client/kinds";
import type { AnyAssumptionId, AnyOperationId } from "../../contract-version";
import type { AssumptionId, OperationId } from "../../generated/v2/operations";
import { parseTimestamp } from "../../timestamps";
import {
  type AssumptionOutcome,
  type CheckOutcome,
  type CheckVerdict,
  type ContractReport,
  type Difference,
  type ExitCode,
  exitCodeOf,
  type KnownDeviation,
  type RecordedExchange,
} from "../report";
import { adviceFor, reasonIn } from "./advice";
import { type AnswerCounts, countAnswers, type ServerError, serverErrorsIn } from "./answers";
import { curl, effectOf } from "./curl";
import { cutLists } from "./cut-lists";
import { OTHER_ZONE } from "./findings";
import { type Redaction, type RedactionOptions, redactionFor, wordsOf } from "./redaction";

/**
 * A report as JSON, version 2, from which all other formats are made. Fields may be added; a change of one that is here gets another
 * number. Private values are their kind and a number (`phone 2`), the same in all of it, unless `values` says that they are shown.
 */
export interface JsonReport {
  /** The version of this format. */
  readonly linq_mock_contract: 2;
  /** The base URL that was asked; null for a recording. */
  readonly target: string | null;
  readonly is_own_mock: boolean;
  /** ISO 8601. */
  readonly started_at: string;
  readonly ms: number;
  readonly seed: number;
  /** The own line that was asked about; null when the account has none. */
  readonly line: string | null;
  readonly values: "redacted" | "shown";
  readonly allowed: readonly Kind[];
  /** How many were made of each kind. */
  readonly requests: Readonly<Record<Kind, number>>;
  readonly strict: boolean;
  readonly exit_code: ExitCode;
  /** How many checks there are of each verdict; `known` ones are in no other count. */
  readonly counts: Readonly<Record<CheckVerdict | "known", number>>;
  readonly answers: AnswerCounts;
  readonly server_errors: readonly ServerError[];
  readonly outcomes: readonly JsonOutcome[];
  readonly assumptions: readonly {
    readonly id: AssumptionId;
    readonly text: string;
    readonly outcome: AssumptionOutcome["outcome"];
    readonly detail: string;
    /** Of one that is contradicted, the request that shows it, with its answer's status, and what makes it again. */
    readonly request: string | null;
    readonly curl: string | null;
    readonly curl_effect: string | null;
  }[];
  readonly differences: readonly JsonDifference[];
  /** What could not be removed. */
  readonly left: readonly {
    readonly operation: OperationId;
    readonly path: string;
    readonly undo: { readonly method: string; readonly path: string };
  }[];
}

export interface JsonOutcome
  extends Pick<CheckOutcome, "id" | "check" | "operation" | "kind" | "verdict" | "clause" | "assumptions" | "requests" | "ms"> {
  readonly law: number | null;
  /** `law 7: find agrees with get`. */
  readonly name: string;
  /** Of a shape, what has it: `Find Chat 200`. */
  readonly place: string | null;
  /** What is behind it; findings with the same one are one, and hide what is inconclusive with it. */
  readonly cause: string;
  /** Assumptions that the server contradicts, which explain it. */
  readonly explained_by: readonly AnyAssumptionId[];
  /** How much harm it does, whatever else is wrong; mostly 0. */
  readonly harm: number;
  /** Why; null when it passes. */
  readonly meaning: string | null;
  readonly evidence: {
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
  } | null;
  /** Those that tell, the last most; none of a check that passes. */
  readonly exchanges: readonly JsonExchange[];
  /** Makes the last request again. */
  readonly curl: string | null;
  /** What that changes, or why it is answered otherwise now; null of what only reads. */
  readonly curl_effect: string | null;
  readonly advice: string | null;
  /** What a baseline calls it. */
  readonly fingerprint: string | null;
  readonly known: KnownDeviation | null;
}

export interface JsonExchange {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly token: RecordedExchange["token"];
  readonly ms: number;
  /** The bodies, of the last exchange alone; their lists are cut. */
  readonly sent?: unknown;
  readonly answered?: unknown;
}

export interface JsonDifference {
  readonly operation: AnyOperationId;
  readonly law: number | null;
  readonly meaning: string;
  readonly pointer: string;
  readonly target: unknown;
  readonly mock: unknown;
  readonly request: { readonly method: string; readonly path: string };
  readonly curl: string;
}

export interface JsonOptions extends RedactionOptions {
  /** Whether what the server shows and the contract does not know counts as broken. */
  readonly strict: boolean;
}

const MOST_ITEMS = 20;
const MOST_ITEMS_OF_BODIES = 2;
/** Characters of a body that is no JSON. */
const BEGINNING = 80;
const MOST_TO_REDACT = 2_000;

/** What a run has found as it may be shown: this is the one place where values are redacted. */
export function jsonReport(report: ContractReport, { strict, ...options }: JsonOptions): JsonReport {
  const shown = redactionFor(report, options);
  const { target, isOwnMock, startedAt, ms, seed, line, allowed, requests, outcomes, assumptions, differences, left } = report;
  return {
    linq_mock_contract: 2,
    target: target === "" ? null : target,
    is_own_mock: isOwnMock,
    started_at: startedAt,
    ms: Math.round(ms),
    seed,
    line: line === undefined ? null : String(shown.value(line, "/phone_number")),
    values: shown.values,
    allowed,
    requests,
    strict,
    exit_code: exitCodeOf(report, { strict }),
    counts: countsOf(outcomes),
    answers: countAnswers(report),
    server_errors: serverErrorsIn(report, shown),
    outcomes: outcomes.map((outcome) => outcomeOf(outcome, report, shown)),
    assumptions: assumptions.map((assumption) => assumptionOf(assumption, report, shown)),
    differences: differences.map((difference) => differenceOf(difference, report, shown)),
    left: left.map(({ operation, path, undo }) => ({
      operation,
      path: shown.path(path),
      undo: { method: undo.method, path: shown.path(undo.path) },
    })),
  };
}

function assumptionOf(
  { id, text, outcome, detail, exchanges }: AssumptionOutcome,
  report: ContractReport,
  shown: Redaction,
): JsonReport["assumptions"][number] {
  const last = outcome === "contradicted" ? exchanges.at(-1) : undefined;
  return {
    ...{ id, text, outcome, detail: shown.text(detail) },
    request: last ? `${last.request.method} ${shown.path(last.request.path)} → ${last.response.status}` : null,
    curl: last ? curl(last, report, shown, { isHead: true }) : null,
    curl_effect: last ? (effectOf(last, report) ?? null) : null,
  };
}

function countsOf(outcomes: readonly CheckOutcome[]): JsonReport["counts"] {
  const counts = { pass: 0, fail: 0, contradicted: 0, added: 0, inconclusive: 0, skipped: 0, known: 0 };
  for (const { verdict, known } of outcomes) counts[known ? "known" : verdict] += 1;
  return counts;
}

/** What passes needs no commands. */
function outcomeOf(outcome: CheckOutcome, report: ContractReport, shown: Redaction): JsonOutcome {
  const { id, check, law, title, operation, kind, verdict, reason, clause, assumptions, evidence, requests, ms } = outcome;
  const { place, cause = id, harm = 0 } = outcome;
  const name = shown.text(title);
  const exchanges = verdict === "pass" ? [] : outcome.exchanges;
  const last = exchanges.at(-1);
  return {
    ...{ id: shown.text(id), check, law: law ?? null, name: law === undefined ? name : `law ${law}: ${name}` },
    ...{ place: place === undefined ? null : shown.text(place), cause: shown.text(cause), harm },
    explained_by: verdict === "fail" ? contradictedOf(outcome, report) : [],
    ...{ operation, kind, verdict, clause, assumptions, requests, ms: Math.round(ms) },
    meaning: verdict === "pass" ? null : shown.text(reasonIn(report, reason ?? title)),
    evidence: evidence ? evidenceOf(outcome, evidence, shown) : null,
    exchanges: exchanges.map((exchange) => ({
      ...exchangeOf(exchange, shown),
      ...(exchange === last && bodiesOf(exchange, evidence?.pointer ?? "", shown)),
    })),
    curl: last ? curl(last, report, shown, { isHead: isAboutHead(outcome) }) : null,
    curl_effect: last ? (effectOf(last, report) ?? null) : null,
    advice: adviceFor(outcome, report) ?? null,
    fingerprint: outcome.fingerprint === undefined ? null : shown.text(outcome.fingerprint),
    known: outcome.known ? knownOf(outcome.known, shown) : null,
  };
}

/** Those of the assumptions that explain an outcome which the server contradicts. */
function contradictedOf({ explainedBy = [] }: CheckOutcome, { outcomes, assumptions }: ContractReport): AnyAssumptionId[] {
  return explainedBy.filter(
    (id) =>
      assumptions.some((assumption) => assumption.id === id && assumption.outcome === "contradicted") ||
      outcomes.some((outcome) => outcome.verdict === "contradicted" && outcome.assumptions.includes(id)),
  );
}

/** Whether the status and the headers of an answer show it. */
function isAboutHead({ evidence }: CheckOutcome): boolean {
  return evidence?.pointer === "status" || evidence?.what === "status" || evidence?.what === "content-type";
}

function evidenceOf(
  outcome: CheckOutcome,
  evidence: NonNullable<CheckOutcome["evidence"]>,
  shown: Redaction,
): NonNullable<JsonOutcome["evidence"]> {
  const { what, pointer } = evidence;
  const words = { expected: wordsOf(outcome, "expected"), received: wordsOf(outcome, "received") };
  const side = (name: keyof typeof words): unknown => {
    const said = words[name];
    return said === undefined ? shownValue(evidence[name], pointer, shown) : shown.text(said);
  };
  const found = {
    what: shown.text(what),
    pointer: shown.pointer(pointer),
    expected: side("expected"),
    received: side("received"),
    in_words: (["expected", "received"] as const).filter((name) => words[name] !== undefined),
  };
  const isSame = JSON.stringify(found.expected) === JSON.stringify(found.received);
  const note = isSame ? "the two differ in what is redacted or cut here" : (offsetBetween(evidence) ?? null);
  return {
    ...found,
    note,
    awaited: evidence.awaited === true,
    between: evidence.between ?? null,
    everywhere: evidence.everywhere === true,
    begins: what === "content-type" ? beginningOf(outcome.exchanges.at(-1), shown) : null,
  };
}

const HOUR = 3_600_000;
/** No zone is further from another. */
const MOST_HOURS = 26;

/** How far two times are apart that differ by whole hours, as they do where a zone or daylight-saving time is wrong. */
function offsetBetween({ expected, received }: NonNullable<CheckOutcome["evidence"]>): string | undefined {
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

function shownValue(value: unknown, pointer: string, shown: Redaction): unknown {
  return cutLists(value, MOST_ITEMS, (kept) => shown.value(kept, pointer)) ?? null;
}

function exchangeOf({ request, response, token, ms }: RecordedExchange<AnyOperationId>, shown: Redaction): JsonExchange {
  return { method: request.method, path: shown.path(request.path), status: response.status, token, ms: Math.round(ms) };
}

function bodiesOf(
  { request, response }: RecordedExchange<AnyOperationId>,
  pointer: string,
  shown: Redaction,
): Pick<JsonExchange, "sent" | "answered"> {
  const body = (json: unknown): unknown => cutLists(json, MOST_ITEMS_OF_BODIES, (kept) => shown.value(kept), pointer);
  return {
    ...(request.body !== undefined && { sent: body(request.body) }),
    ...(response.body !== undefined && { answered: body(response.body) }),
  };
}

function knownOf({ fingerprint, reason, owner, expires }: KnownDeviation, shown: Redaction): KnownDeviation {
  return {
    fingerprint: shown.text(fingerprint),
    reason: shown.text(reason),
    owner: shown.text(owner),
    expires: shown.text(expires),
  };
}

function differenceOf(difference: Difference, report: ContractReport, shown: Redaction): JsonDifference {
  const { operation, law, meaning, pointer, target, mock, exchange } = difference;
  return {
    operation,
    law: law ?? null,
    meaning: shown.text(meaning),
    pointer: shown.pointer(pointer),
    target: shownValue(target, pointer, shown),
    mock: shownValue(mock, pointer, shown),
    request: { method: exchange.request.method, path: shown.path(exchange.request.path) },
    curl: curl(exchange, report, shown),
  };
}
