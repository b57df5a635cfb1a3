import { isDeepStrictEqual } from "node:util";
import { TargetError } from "../client/errors";
import { operations } from "../generated/v2/operations";
import { Broken, Inconclusive, type LawEvidence, Refused, Skip, UnexpectedStatus } from "./errors";
import type { Law, LawContext } from "./law";
import { type CheckOutcome, MOST_SHOWN, type RecordedExchange, type Verdict } from "./report";
import type { Transport } from "./transport";

interface JudgeOptions {
  readonly transport: Transport;
  /** Whether others write to the server meanwhile, so that what was read before may not be true any more. */
  readonly isShared: boolean;
  /** A context whose sample is new when `afresh`. */
  context(afresh: boolean): LawContext;
  /** Whether the shape of an answer is broken. */
  isBroken(exchange: RecordedExchange): boolean;
}

interface Judgement {
  readonly verdict: Verdict;
  readonly reason?: string;
  readonly evidence?: LawEvidence;
  readonly exchanges: RecordedExchange[];
}

const MOST_REREAD = 12;
/** A path that was made from a field that was not there. */
const WITHOUT_VALUE = /\b(?:undefined|null|NaN)\b/;

/**
 * Asks a law. On a server that others write to, one that does not hold is asked once more, and counts only when nothing has changed
 * meanwhile.
 */
export async function judge(law: Law, options: JudgeOptions): Promise<CheckOutcome> {
  const { transport, isShared } = options;
  const [began, before] = [performance.now(), transport.requests];
  let judgement = await attempt(law, options, false);
  if (judgement.verdict === "fail" && isShared && !law.once) {
    judgement = await attempt(law, options, true);
    if (judgement.verdict === "fail" && law.kind === "read" && (await hasMoved(judgement.exchanges, transport))) {
      judgement = { ...judgement, verdict: "inconclusive", reason: `somebody was writing meanwhile; ${judgement.reason}` };
    }
  }
  if (judgement.verdict === "fail" && isShared && law.assumptions) {
    const assumed = law.assumptions.join(", ");
    judgement = {
      ...judgement,
      verdict: "skipped",
      reason: `it is only assumed (${assumed}), and this server does otherwise: ${law.broken}`,
    };
  }
  const { exchanges, ...found } = judgement;
  return {
    ...aboutLaw(law),
    ...found,
    exchanges: exchanges.slice(-MOST_SHOWN),
    requests: transport.requests - before,
    ms: performance.now() - began,
  };
}

async function attempt(law: Law, options: JudgeOptions, afresh: boolean): Promise<Judgement> {
  const exchanges: RecordedExchange[] = [];
  const stop = options.transport.listen((exchange) => exchanges.push(exchange));
  try {
    await law.check(options.context(afresh));
    return { verdict: "pass", exchanges };
  } catch (error) {
    return { ...verdictOf(law, error, exchanges, options), exchanges };
  } finally {
    stop();
  }
}

function verdictOf(
  law: Law,
  error: unknown,
  exchanges: readonly RecordedExchange[],
  options: JudgeOptions,
): Omit<Judgement, "exchanges"> {
  if (error instanceof TargetError) throw error;
  if (error instanceof Skip) return { verdict: "skipped", reason: error.message };
  if (error instanceof Inconclusive || error instanceof Refused) return { verdict: "inconclusive", reason: error.message };
  if (error instanceof Broken) return { verdict: "fail", reason: law.broken, evidence: error.evidence };
  if (error instanceof UnexpectedStatus) return verdictOnStatus(law, error);
  const reason = error instanceof Error ? error.message : String(error);
  if (exchanges.some((exchange) => options.isBroken(exchange))) {
    return {
      verdict: "inconclusive",
      reason: `it rests on an answer whose shape is broken, which is reported separately: ${reason}`,
    };
  }
  return { verdict: "inconclusive", reason: `the check itself failed: ${reason}` };
}

/** A path without its value asks for nothing. A status that the contract does not know is reported by the check of the shape; one that it knows was not what the law says. */
function verdictOnStatus(law: Law, { exchange, expected, message }: UnexpectedStatus): Omit<Judgement, "exchanges"> {
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

type AboutLaw = Pick<CheckOutcome, "id" | "check" | "law" | "title" | "operation" | "kind" | "clause" | "assumptions">;

/** What an outcome says of its law, whatever came of it. */
export function aboutLaw({ number, title, operation, kind, clause, assumptions = [] }: Law): AboutLaw {
  return { id: `law-${number}`, check: "law", law: number, title, operation, kind, clause, assumptions };
}
