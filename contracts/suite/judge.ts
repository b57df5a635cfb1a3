import { isDeepStrictEqual } from "node:util";
import { TargetError } from "../client/errors";
import { kindOf } from "../client/kinds";
import { operations } from "../generated/v2/operations";
import { Broken, Inconclusive, Refused, Skip, UnexpectedStatus } from "./expect";
import type { Law } from "./law";
import { type CheckOutcome, MOST_SHOWN, type RecordedExchange } from "./report";
import type { ContractSession } from "./session";
import type { Transport } from "./transport";

type Judgement = Pick<CheckOutcome, "verdict" | "reason" | "evidence">;
type Attempt = Judgement & Pick<CheckOutcome, "exchanges">;

const MOST_REREAD = 12;
/** A path that was made from a field that was not there. */
const WITHOUT_VALUE = /\b(?:undefined|null|NaN)\b/;

/**
 * Asks a law. On a server that others write to, one that does not hold is asked once more, and counts only when nothing has changed
 * meanwhile.
 *
 * @param broken the exchanges so far whose answers have broken shapes
 */
export async function judge(
  law: Law,
  session: ContractSession,
  broken: { has(exchange: RecordedExchange): boolean },
): Promise<CheckOutcome> {
  const { transport, options } = session;
  const [began, before] = [performance.now(), transport.requests];
  let found = await attempt(law, session, broken);
  if (found.verdict === "fail" && !options.isOwnMock) {
    if (!law.once) {
      session.forget();
      found = await attempt(law, session, broken);
    }
    if (found.verdict === "fail") found = { ...found, ...(await doubtOf(law, found, transport)) };
  }
  return {
    ...aboutLaw(law),
    ...found,
    exchanges: found.exchanges.slice(-MOST_SHOWN),
    requests: transport.requests - before,
    ms: performance.now() - began,
  };
}

async function attempt(law: Law, session: ContractSession, broken: Parameters<typeof judge>[2]): Promise<Attempt> {
  const exchanges: RecordedExchange[] = [];
  const stop = session.transport.listen((exchange) => exchanges.push(exchange));
  try {
    await law.check(session.context());
    return { verdict: "pass", exchanges };
  } catch (error) {
    if (error instanceof TargetError) throw error;
    const restsOnBroken = exchanges.some((exchange) => broken.has(exchange));
    return { ...verdictOf(law, error, restsOnBroken ? ON_BROKEN : "the check itself failed"), exchanges };
  } finally {
    stop();
  }
}

/** Why a law that does not hold on a server that others use may mean less. */
async function doubtOf(law: Law, { exchanges, reason }: Attempt, transport: Transport): Promise<Judgement | undefined> {
  const isRead = kindOf[law.operation] === "read";
  if (!law.once && isRead && (await hasMoved(exchanges, transport))) {
    return { verdict: "inconclusive", reason: `somebody was writing meanwhile; ${reason}` };
  }
  if (!law.assumptions) return undefined;
  const assumed = law.assumptions.join(", ");
  return { verdict: "skipped", reason: `it is only assumed (${assumed}), and this server does otherwise: ${law.broken}` };
}

const ON_BROKEN = "it rests on an answer whose shape is broken, which is reported separately";

/** `failed` says what it means when the law ends in an error of another kind. */
function verdictOf(law: Law, error: unknown, failed: string): Judgement {
  if (error instanceof Skip) return { verdict: "skipped", reason: error.message };
  if (error instanceof Inconclusive || error instanceof Refused) return { verdict: "inconclusive", reason: error.message };
  if (error instanceof Broken) return { verdict: "fail", reason: law.broken, evidence: error.evidence };
  if (error instanceof UnexpectedStatus) return verdictOnStatus(law, error);
  return { verdict: "inconclusive", reason: `${failed}: ${error instanceof Error ? error.message : String(error)}` };
}

/** A path without its value asks for nothing. A status that the contract does not know is reported by the check of the shape; one that it knows was not what the law says. */
function verdictOnStatus(law: Law, { exchange, expected, message }: UnexpectedStatus): Judgement {
  const { operation, response } = exchange;
  if (WITHOUT_VALUE.test(exchange.request.path)) {
    return { verdict: "inconclusive", reason: `it rests on a value that an answer did not have: ${message}` };
  }
  const declared: readonly number[] = operations[operation].statuses;
  if (!declared.includes(response.status)) {
    return { verdict: "inconclusive", reason: `it rests on an answer that the contract does not know: ${message}` };
  }
  const evidence = { what: `the status of ${operation}`, pointer: "status", expected, received: response.status };
  return { verdict: "fail", reason: law.broken, evidence };
}

/** Whether what was read is another thing when it is read again. */
async function hasMoved(exchanges: readonly RecordedExchange[], transport: Transport): Promise<boolean> {
  const own = exchanges.filter(({ request, token }) => request.method === "GET" && token === "own");
  const latest = new Map(own.map((exchange) => [exchange.request.path, exchange]));
  for (const { request, response } of [...latest.values()].slice(-MOST_REREAD)) {
    const again = await transport.send({ method: "GET", path: request.path }).catch((error: unknown) => {
      if (error instanceof TargetError) throw error;
      return undefined;
    });
    if (!again || !isDeepStrictEqual(again.response.body, response.body)) return true;
  }
  return false;
}

/** What an outcome says of its law, whatever came of it. */
export function aboutLaw({ number, title, operation, clause, assumptions = [] }: Law) {
  return {
    id: `law-${number}`,
    check: "law",
    law: number,
    title,
    operation,
    kind: kindOf[operation],
    clause,
    assumptions,
  } as const;
}
