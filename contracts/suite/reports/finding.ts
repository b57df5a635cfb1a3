import { operations } from "../../generated/v2/operations";
import type { Evidence } from "../errors";
import type { ContractReport, Outcome } from "../report";
import { type FindingSummary, findingSummary } from "./finding-summary";
import { limited } from "./limited";
import type { Mask } from "./mask";
import { type ShownExchange, shownExchange } from "./shown-exchange";

/** An outcome as it may be shown: everything in it is masked. */
export interface Finding
  extends FindingSummary,
    Pick<Outcome, "check" | "verdict" | "kind" | "operation" | "clause" | "assumptions" | "requests" | "ms"> {
  /** As the vendor names the operation. */
  readonly operationTitle: string;
  readonly evidence: ShownEvidence | undefined;
  readonly exchanges: readonly ShownExchange[];
  /** The command that asks the telling request again; undefined when there was none, or nobody to ask any more. */
  readonly curl: string | undefined;
  /** The command that asks a mock the like. */
  readonly mockCurl: string | undefined;
}

export interface ShownEvidence {
  readonly what: string;
  readonly pointer: string;
  /** As JSON. */
  readonly expected: unknown;
  readonly received: unknown;
  /** Why what is expected and what came look the same, when they do. */
  readonly note: string | undefined;
}

export function findingOf(outcome: Outcome, report: ContractReport, mask: Mask): Finding {
  const { check, verdict, kind, operation, evidence, exchanges, clause, assumptions, requests, ms } = outcome;
  const telling = exchanges.at(-1);
  return {
    ...findingSummary(outcome, report, mask),
    ...{ check, verdict, kind, operation, clause, assumptions, requests, ms },
    operationTitle: operations[operation].title,
    evidence: evidence && evidenceOf(evidence, outcome, mask),
    exchanges: exchanges.map((exchange) => shownExchange(exchange, mask)),
    curl: telling && !report.isOwnMock ? mask.curl(telling) : undefined,
    mockCurl: telling && mask.mockCurl(telling),
  };
}

/** What a shape expects is said in words; what a law expects is a value. */
function evidenceOf({ what, pointer, expected, received }: Evidence, { check }: Outcome, mask: Mask): ShownEvidence {
  const show = (kept: unknown): unknown => mask.value(kept, pointer);
  const shown = {
    what: mask.text(what),
    pointer: mask.pointer(pointer),
    expected: check === "shape" && typeof expected === "string" ? mask.text(expected) : limited(expected, show),
    received: limited(received, show),
  };
  const looksSame = JSON.stringify(shown.expected) === JSON.stringify(shown.received);
  return { ...shown, note: looksSame ? "the two differ in what is masked or cut here" : undefined };
}
