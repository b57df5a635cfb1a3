import type { AnyOperationId } from "../../contract-version";
import { isRecord } from "../../exchange";
import type { AssumptionId } from "../../generated/v2/operations";
import type { ContractReport, RecordedExchange } from "../report";
import { type RedactionOptions, redactionFor } from "./redaction";

/** What a run has found out about what is assumed, to be passed on: nothing of it is about anybody. A file of contracts/observed. */
export interface ObservedFacts {
  /** The version of this format. */
  readonly linq_mock_facts: 1;
  /** The day of the run: `2026-12-31`. */
  readonly date: string;
  /** Whose server it was. Only the vendor's makes facts. */
  readonly target: "vendor" | "other";
  readonly facts: readonly ObservedFact[];
}

export interface ObservedFact {
  readonly assumption: AssumptionId;
  readonly answer: "confirmed" | "contradicted";
  /** Whether it was confirmed in part: then it is still assumed. */
  readonly partly: boolean;
  /** In words. */
  readonly seen: string;
  /** What the server does instead, where the mock can do so, too. */
  readonly instead: string | null;
  /** Which answers show it; empty where what was read at the beginning does. */
  readonly evidence: readonly { readonly operation: AnyOperationId; readonly status: number }[];
}

const DAY = "yyyy-mm-dd".length;
const VENDOR = /(?:^|\.)linqapp\.com$/;
/** None of our sentences has a longer number. */
const LONG_NUMBER = /\d{4,}/g;

/** The outcomes of assumptions that a run has observed, as the file that `--facts` writes. */
export function observedFacts(report: ContractReport, { token }: Pick<RedactionOptions, "token">): ObservedFacts {
  const shown = redactionFor(report, { ...(token !== undefined && { token }), showValues: false });
  return {
    linq_mock_facts: 1,
    date: report.startedAt.slice(0, DAY),
    target: VENDOR.test(new URL(report.target).hostname) ? "vendor" : "other",
    facts: report.assumptions.flatMap(({ id, outcome: answer, isPartial = false, detail, exchanges }) => {
      if (answer === "not tried") return [];
      const evidence = exchanges.map(({ operation, response: { status } }) => ({ operation, status }));
      const isFirst = ({ operation, status }: (typeof evidence)[number], i: number): boolean =>
        evidence.findIndex((other) => other.operation === operation && other.status === status) === i;
      return {
        assumption: id,
        answer,
        partly: answer === "confirmed" && isPartial,
        seen: shown.text(detail).replaceAll(LONG_NUMBER, "…"),
        instead: answer === "contradicted" ? (answersKnown[id]?.(exchanges) ?? null) : null,
        evidence: evidence.filter(isFirst),
      };
    }),
  };
}

type AnyExchange = RecordedExchange<AnyOperationId>;

/** What the mock can do instead of what is assumed, and how it is told from answers. */
const answersKnown: Readonly<Partial<Record<AssumptionId, (exchanges: readonly AnyExchange[]) => string | undefined>>> = {
  "A-page-invalid": (exchanges) => (exchanges.some(isFirstPageForNone) ? "clamped" : undefined),
};

/** Whether a page 0 was served as page 1. */
function isFirstPageForNone({ request, response: { status, body } }: AnyExchange): boolean {
  const counters = isRecord(body) ? body["pagination"] : undefined;
  return status === 200 && request.path.endsWith("/contacts?page=0") && isRecord(counters) && counters["current_page"] === 1;
}
