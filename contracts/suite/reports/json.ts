import { version } from "../../../package.json";
import type { Kind } from "../../client/request-kinds";
import type { AnyAssumptionId, AnyOperationId } from "../../contract-version";
import type { AssumptionId, OperationId } from "../../generated/v2/operations";
import {
  type AssumptionOutcome,
  type CheckOutcome,
  type CheckVerdict,
  type ContractReport,
  type Difference,
  type ExitCode,
  exitCodeOf,
} from "../report";
import { type AnswerCounts, countAnswers, type ServerError, serverErrorsIn } from "./answers";
import { curl, effectOf } from "./curl";
import { shownValue } from "./evidence";
import { type JsonOutcome, jsonOutcome } from "./json-outcome";
import { type Redaction, type RedactionOptions, redactionFor } from "./redaction";

/**
 * A report as JSON, version 2, from which all other formats are made. Fields may be added; a change of one that is here gets another
 * number. Private values are their kind and a number (`phone 2`), the same in all of it, unless `values` says that they are shown.
 */
export interface JsonReport {
  /** The version of this format. */
  readonly linq_mock_contract: 2;
  /** The version of the kit that has asked. */
  readonly kit_version: string;
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
  /** Why answers did not come that were then asked for again. */
  readonly lost_answers: readonly string[];
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
    /** Of one that is contradicted by what fails already, the id of that outcome. */
    readonly follows_from: string | null;
  }[];
  readonly differences: readonly JsonDifference[];
  /** What could not be removed. */
  readonly left: readonly {
    readonly operation: OperationId;
    readonly path: string;
    readonly undo: { readonly method: string; readonly path: string };
  }[];
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

/** What a run has found as it may be shown: this is the one place where values are redacted. */
export function jsonReport(report: ContractReport, { strict, ...options }: JsonOptions): JsonReport {
  const shown = redactionFor(report, options);
  const { target, isOwnMock, startedAt, ms, seed, line, allowed, requests, outcomes, assumptions, differences, left } = report;
  return {
    linq_mock_contract: 2,
    kit_version: version,
    target: target === "" ? null : target,
    is_own_mock: isOwnMock,
    started_at: startedAt,
    ms: Math.round(ms),
    seed,
    line: line === undefined ? null : String(shown.value(line, "/phone_number")),
    values: shown.values,
    allowed,
    requests,
    lost_answers: (report.lost ?? []).map((reason) => shown.text(reason)),
    strict,
    exit_code: exitCodeOf(report, { strict }),
    counts: countsOf(outcomes),
    answers: countAnswers(report),
    server_errors: serverErrorsIn(report, shown),
    outcomes: outcomes.map((outcome) => jsonOutcome(outcome, report, shown)),
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
    follows_from: outcome === "contradicted" ? shownId(failureBehind({ id, detail, exchanges }, report), shown) : null,
  };
}

/** By the law that fails and by what the server does, what is otherwise than is assumed for that alone. */
const CONSEQUENCES: readonly (readonly [law: number, does: RegExp, id: AnyAssumptionId])[] = [
  [57, /not active|not made/, "A-webhook-paused"],
];

/** The failure that contradicts an assumption, too: a status that is no documented one, or a law that says more. */
function failureBehind(
  { id, detail, exchanges }: Pick<AssumptionOutcome, "id" | "detail" | "exchanges">,
  { outcomes }: Pick<ContractReport, "outcomes">,
): CheckOutcome | undefined {
  const failed = outcomes.filter(({ verdict, known }) => verdict === "fail" && !known);
  const last = exchanges.at(-1);
  const isStatus = ({ check, operation, evidence }: CheckOutcome): boolean =>
    check === "shape" &&
    evidence?.what === "status" &&
    operation === last?.operation &&
    evidence.received === last.response.status &&
    detail.includes(`answers ${last.response.status} instead of`);
  const isLaw = ({ law, reason = "" }: CheckOutcome): boolean =>
    CONSEQUENCES.some(([number, does, one]) => one === id && number === law && does.test(reason));
  return failed.find(isStatus) ?? failed.find(isLaw);
}

function shownId(outcome: CheckOutcome | undefined, shown: Redaction): string | null {
  return outcome ? shown.text(outcome.id) : null;
}

function countsOf(outcomes: readonly CheckOutcome[]): JsonReport["counts"] {
  const counts = { pass: 0, fail: 0, contradicted: 0, added: 0, inconclusive: 0, skipped: 0, known: 0 };
  for (const { verdict, known } of outcomes) counts[known ? "known" : verdict] += 1;
  return counts;
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
