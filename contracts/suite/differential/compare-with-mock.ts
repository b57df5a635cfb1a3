import type { ContractOptions } from "../contract-options";
import type { ContractReport } from "../contract-report";
import { laws } from "../laws/index";
import type { Difference, Outcome } from "../outcome";
import type { RecordedExchange } from "../recorded-exchange";
import { runContract } from "../run-contract";
import { Session } from "../session";
import { firstDifference } from "./first-difference";
import { meaningOf } from "./meaning";

/** A mock of our own that holds what was read from the target. */
export type LoadedMock = Pick<ContractOptions, "target" | "token">;

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
    laws.filter(({ kind }) => kind === "read"),
  );
  const broken = report.outcomes.filter((outcome) => isBrokenAlone(outcome, onMock.outcomes));
  const told = new Set(broken.flatMap(({ exchanges }) => exchanges.map(({ request }) => request.path)));
  const session = new Session(options);
  const others: Difference[] = [];
  for (const exchange of readsOf(report)) {
    if (told.has(exchange.request.path)) continue;
    const { response } = await session.transport.ask({ method: "GET", path: exchange.request.path });
    const difference = differenceOf(exchange, { ...exchange, response });
    if (difference) others.push(difference);
  }
  return [...broken.flatMap((outcome) => asDifference(outcome) ?? []), ...eachOnce(others)];
}

/** A law that the mock keeps and the target does not. */
function isBrokenAlone({ check, id, evidence }: Outcome, onMock: readonly Outcome[]): boolean {
  return check === "law" && evidence !== undefined && onMock.some((other) => other.id === id && other.verdict === "pass");
}

function asDifference({ law, operation, evidence, exchanges, title }: Outcome): Difference | undefined {
  const exchange = exchanges.at(-1);
  if (law === undefined || !evidence || !exchange) return undefined;
  const { pointer, expected, received } = evidence;
  const meaning = laws.find(({ number }) => number === law)?.broken ?? title;
  return { operation, law, meaning, pointer, target: received, mock: expected, exchange };
}

/** What was read with the token of the account before anything was written, each path once, the last answer. */
function readsOf({ exchanges }: ContractReport): RecordedExchange[] {
  const firstWrite = exchanges.findIndex(({ request }) => request.method !== "GET");
  const reads = exchanges
    .slice(0, firstWrite < 0 ? undefined : firstWrite)
    .filter(({ request, token }) => request.method === "GET" && token === "own");
  return [...new Map(reads.map((exchange) => [exchange.request.path, exchange])).values()];
}

function differenceOf(onTarget: RecordedExchange, onMock: RecordedExchange): Difference | undefined {
  const found = firstDifference(onTarget.response, onMock.response);
  if (!found) return undefined;
  return { operation: onTarget.operation, meaning: meaningOf(onTarget, found), exchange: onTarget, ...found };
}

/** One for each meaning and place. */
function eachOnce(differences: readonly Difference[]): Difference[] {
  const place = ({ operation, meaning, pointer }: Difference): string =>
    `${operation} ${meaning} ${pointer.replaceAll(/\/\d+(?=\/|$)/g, "/*")}`;
  return [...new Map(differences.toReversed().map((difference) => [place(difference), difference])).values()].reverse();
}
