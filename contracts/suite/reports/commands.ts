import { isDeepStrictEqual } from "node:util";
import type { AnyOperationId } from "../../contract-version";
import type { CheckOutcome, ContractReport, RecordedExchange } from "../report";
import { curl, effectOf } from "./curl";
import { earlierOf } from "./earlier-requests";
import type { JsonOutcome } from "./json-outcome";
import type { Redaction } from "./redaction";

type Commands = Pick<JsonOutcome, "curl" | "curl_effect" | "curl_before" | "curl_before_effect">;

/** What shows an outcome again: its last request, and what has to be asked before that. */
export function commandsFor(outcome: CheckOutcome, report: ContractReport, shown: Redaction): Commands {
  const last = outcome.exchanges.at(-1);
  const { earlier, alike } = earlierOf(outcome, report);
  const isAgain = isDeepStrictEqual(earlier?.request, last?.request); // the statuses of the two tell them apart
  return {
    curl: last ? curl(last, report, shown, { isHead: isAgain || isAboutHead(outcome) }) : null,
    curl_effect: last ? (effectIn(outcome, last, report, alike) ?? null) : null,
    curl_before: earlier ? curl(earlier, report, shown, { isHead: isAgain }) : null,
    curl_before_effect: earlier ? (effectOf(earlier, report) ?? null) : null,
  };
}

/** What asking again changes, and what to look at where the answer alone does not tell. */
function effectIn(
  outcome: CheckOutcome,
  last: RecordedExchange<AnyOperationId>,
  report: ContractReport,
  alike: string | undefined,
) {
  const isDelivered = outcome.isAboutDeliveries && last.request.method !== "GET";
  const hint = isDelivered ? "what is delivered to a subscription then shows it, and not the answer" : alike;
  const parts = [effectOf(last, report), hint].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join("; ");
}

/** Whether the status and the headers of an answer show it. */
function isAboutHead({ evidence }: CheckOutcome): boolean {
  return evidence?.pointer === "status" || evidence?.what === "status" || evidence?.what === "content-type";
}
