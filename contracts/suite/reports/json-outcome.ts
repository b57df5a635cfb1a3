import type { AnyAssumptionId, AnyOperationId } from "../../contract-version";
import type { CheckOutcome, ContractReport, KnownDeviation, RecordedExchange } from "../report";
import { adviceFor, reasonIn } from "./advice";
import { commandsFor } from "./commands";
import { cutLists } from "./cut-lists";
import { evidenceOf, type JsonEvidence } from "./evidence";
import type { Redaction } from "./redaction";

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
  readonly evidence: JsonEvidence | null;
  /** The exchanges that show it, the last one best; none of a check that passes. */
  readonly exchanges: readonly JsonExchange[];
  /** Makes the last request again. */
  readonly curl: string | null;
  /** What that changes, or why it is answered otherwise now; null of what only reads. */
  readonly curl_effect: string | null;
  /** What has to be asked before that, for its answer to show it; null where that shows it alone. */
  readonly curl_before: string | null;
  readonly curl_before_effect: string | null;
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

const MOST_ITEMS_OF_BODIES = 2;

/** What passes needs no commands. */
export function jsonOutcome(outcome: CheckOutcome, report: ContractReport, shown: Redaction): JsonOutcome {
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
    ...commandsFor({ ...outcome, exchanges }, report, shown),
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
