import { isDeepStrictEqual } from "node:util";
import { kindOf } from "../../client/request-kinds";
import { operationTitle } from "../../contract-version";
import { operations } from "../../generated/v2/operations";
import { knownFields } from "../known-fields";
import type { CheckOutcome, ContractReport, RecordedExchange } from "../report";

type Exchange = CheckOutcome["exchanges"][number];

/** What comes before the last request of a law. */
interface Earlier {
  /** The request without which the last one shows nothing: what it changed, or what its answer is compared with. */
  readonly earlier: Exchange | undefined;
  /** What is odd about the two, for people. */
  readonly alike?: string;
}

export function earlierOf(outcome: CheckOutcome, report: Pick<ContractReport, "exchanges">): Earlier {
  const { check, exchanges, evidence } = outcome;
  const last = exchanges.at(-1);
  if (check !== "law" || !last || !evidence) return { earlier: undefined };
  const before = exchanges.slice(0, -1).filter(({ token }) => token === "own");
  const repeated = isRead(last) ? undefined : before.findLast(({ request }) => isDeepStrictEqual(request, last.request));
  if (repeated || evidence.pointer === "status") return { earlier: repeated };
  const changes = before.filter((one) => !isRead(one) && one.response.status < 300);
  const update = changes.findLast(({ operation }) => operation === "updateWebhookSubscription");
  if (outcome.isAboutDeliveries && update) return { earlier: update };
  if (!isRead(last)) return { earlier: changes.findLast(({ operation }) => operation === last.operation) };
  if (changes.length > 0) return { earlier: changes.at(-1) };
  const twin = isNothing(evidence.received) ? undefined : twinOf(last, report);
  if (twin) return { earlier: twin, alike: "it gets the same answer as the first, which asks for something else" };
  const isCompared = (one: Exchange): boolean =>
    isOther(one, last) || (evidence.between?.includes(operationTitle(one.operation)) ?? false);
  return { earlier: before.findLast(isCompared) };
}

/** An earlier request for something else that was answered with the same: a cache, or what takes no notice of what is asked for. */
function twinOf(last: Exchange, { exchanges }: Pick<ContractReport, "exchanges">): Exchange | undefined {
  if (!isOfV2(last)) return undefined;
  const told = knownFields(last);
  return exchanges
    .slice(0, exchanges.indexOf(last))
    .findLast((one) => isOther(one, last) && isOfV2(one) && isDeepStrictEqual(knownFields(one), told));
}

/** Whether it asks the same place for something else. */
function isOther(one: Exchange, last: Exchange): boolean {
  const [route] = last.request.path.split("?");
  const isSamePlace = one.operation === last.operation && one.request.path.split("?")[0] === route;
  return isSamePlace && one.token === "own" && one.response.status === 200 && questionOf(one) !== questionOf(last);
}

/** The order of what is asked for is none of it. */
function questionOf({ request }: Exchange): string {
  return (request.path.split("?")[1] ?? "").split("&").sort().join("&");
}

function isNothing(received: unknown): boolean {
  return received === null || received === undefined || (Array.isArray(received) && received.length === 0);
}

function isRead(exchange: Exchange): boolean {
  return isOfV2(exchange) && kindOf[exchange.operation] === "read";
}

function isOfV2(exchange: Exchange): exchange is RecordedExchange {
  return exchange.operation in operations;
}
