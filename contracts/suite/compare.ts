import { isDeepStrictEqual } from "node:util";
import { kindOf } from "../client/request-kinds";
import { type AnyOperationId, operationTitle } from "../contract-version";
import type { ExchangeResponse } from "../exchange";
import { isRecord } from "../exchange";
import { laws } from "./checks/index";
import { ADDRESSES_OF_FILES } from "./differences";
import { isDocumentedError } from "./documented-errors";
import type { ContractOptions } from "./options";
import type { CheckOutcome, ContractReport, Difference, RecordedExchange } from "./report";
import { runContract } from "./run";
import { ContractSession } from "./session";

/** A mock of our own that holds what was read from the target. */
type LoadedMock = Pick<ContractOptions, "target" | "token">;

/**
 * Where a target differs in meaning from a mock that holds the same: laws that hold on the mock alone, and reads that both answer
 * differently. The same reads are asked of both; nothing is asked of the target again.
 */
export async function compareWithMock(report: ContractReport, mock: LoadedMock): Promise<Difference[]> {
  const options: ContractOptions = {
    ...mock,
    isOwnMock: false,
    rate: Number.POSITIVE_INFINITY,
    line: report.line,
    seed: report.seed,
  };
  const onMock = await runContract(
    options,
    laws.filter(({ operation }) => kindOf[operation] === "read"),
  );
  const broken = report.outcomes.filter((outcome) => isBrokenAlone(outcome, onMock.outcomes));
  const reported = new Set(broken.flatMap(({ exchanges }) => exchanges.map(({ request }) => request.path)));
  const session = new ContractSession(options);
  const others: Difference[] = [];
  for (const exchange of readsOf(report)) {
    if (reported.has(exchange.request.path)) continue;
    const { response } = await session.transport.send({ method: "GET", path: exchange.request.path });
    const found = firstDifference(exchange.response, response);
    const { operation } = exchange;
    if (found) others.push({ operation, meaning: meaningOf(operation, found), exchange, ...found });
  }
  return [...broken.flatMap(asDifference), ...eachOnce(others)];
}

/** A law that the mock keeps and the target does not. */
function isBrokenAlone({ check, id, evidence }: CheckOutcome, onMock: readonly CheckOutcome[]): boolean {
  return check === "law" && evidence !== undefined && onMock.some((other) => other.id === id && other.verdict === "pass");
}

function asDifference({ law, operation, evidence, exchanges, cause, title }: CheckOutcome): Difference[] {
  const exchange = exchanges.at(-1);
  if (law === undefined || !evidence || !exchange) return [];
  const { pointer, expected, received } = evidence;
  const meaning = cause ?? laws.find(({ number }) => number === law)?.broken ?? title;
  return [{ operation, law, meaning, pointer, target: received, mock: expected, exchange }];
}

/** What was read with the token of the account before anything was written, each path once, the last answer. */
function readsOf({ exchanges }: ContractReport): RecordedExchange<AnyOperationId>[] {
  const firstWrite = exchanges.findIndex(({ request }) => request.method !== "GET");
  const reads = exchanges
    .slice(0, firstWrite < 0 ? undefined : firstWrite)
    .filter(({ request, token }) => request.method === "GET" && token === "own");
  return [...new Map(reads.map((exchange) => [exchange.request.path, exchange])).values()];
}

/** One for each meaning and place. */
function eachOnce(differences: readonly Difference[]): Difference[] {
  const place = ({ operation, meaning, pointer }: Difference): string =>
    `${operation} ${meaning} ${pointer.replaceAll(/\/\d+(?=\/|$)/g, "/*")}`;
  return [...new Map(differences.toReversed().map((difference) => [place(difference), difference])).values()].reverse();
}

/** Where two answers differ first, and how. */
interface AnswerDifference {
  readonly pointer: string;
  readonly target: unknown;
  readonly mock: unknown;
  /** What kind of difference it is. */
  readonly sort: "status" | "order" | "entries" | "value";
}

/** When something was delivered last depends on who was listening. */
const UNEQUAL_ANYWAY = new Set(["last_delivered_at", "delivery_attempts"]);

/** The first difference between what a target and a mock have answered; undefined when there is none that means something. */
function firstDifference(target: ExchangeResponse, mock: ExchangeResponse): AnswerDifference | undefined {
  if (target.status !== mock.status) return { pointer: "status", target: target.status, mock: mock.status, sort: "status" };
  const isKnown = mock.status < 400 || isDocumentedError(mock.body); // how other errors are worded is assumed (A-error-wording)
  return isKnown ? differenceIn(target.body, mock.body, "") : undefined;
}

function differenceIn(target: unknown, mock: unknown, pointer: string): AnswerDifference | undefined {
  if (isDeepStrictEqual(target, mock)) return undefined;
  if (Array.isArray(target) && Array.isArray(mock)) return differenceInLists(target, mock, pointer);
  if (isRecord(target) && isRecord(mock)) {
    for (const key of Object.keys(mock)) {
      // what it does not have, the contract does not know, and the shape tells
      // each server keeps files at an address of its own
      const isKept = ADDRESSES_OF_FILES.has(key) && typeof target[key] === "string" && typeof mock[key] === "string";
      if (UNEQUAL_ANYWAY.has(key) || isKept) continue;
      const found = differenceIn(target[key], mock[key], `${pointer}/${key}`);
      if (found) return found;
    }
    return undefined;
  }
  return { pointer, target, mock, sort: "value" };
}

/** The same entries in another order are another thing than other entries. */
function differenceInLists(
  target: readonly unknown[],
  mock: readonly unknown[],
  pointer: string,
): AnswerDifference | undefined {
  const [ids, expected] = [idsOf(target), idsOf(mock)];
  if (!ids || !expected) {
    if (target.length !== mock.length) return { pointer, target: target.length, mock: mock.length, sort: "entries" };
  } else if (!isDeepStrictEqual(ids.toSorted(), expected.toSorted())) {
    return { pointer, target: ids, mock: expected, sort: "entries" };
  } else if (!isDeepStrictEqual(ids, expected)) {
    return { pointer, target: ids, mock: expected, sort: "order" };
  }
  for (const [i, entry] of target.entries()) {
    const found = differenceIn(entry, mock[i], `${pointer}/${i}`);
    if (found) return found;
  }
  return undefined;
}

function idsOf(list: readonly unknown[]): number[] | undefined {
  const ids = list.map((entry) => (isRecord(entry) && typeof entry["id"] === "number" ? entry["id"] : undefined));
  return ids.every((id) => id !== undefined) ? ids : undefined;
}

/** What a difference means, as a sentence about the target. */
function meaningOf(operation: AnyOperationId, { sort, target, mock, pointer }: AnswerDifference): string {
  const title = operationTitle(operation);
  if (sort === "status") return `${title} answers ${target} where the mock answers ${mock}`;
  if (sort === "order") return `${title} lists the same entries in another order`;
  if (sort === "entries") return `${title} lists other entries`;
  if (pointer === "/data/chat") {
    return target === null
      ? `${title} does not find a chat that the mock finds`
      : `${title} finds a chat that the mock does not find`;
  }
  if (pointer === "/data/chat/id") return `${title} finds another chat than the mock`;
  const field = pointer.split("/").at(-1);
  return `${title} shows another ${field}`;
}
