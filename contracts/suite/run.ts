import { isJsonType, ServerTrouble, TargetError } from "../client/errors";
import { realTime } from "../client/pace";
import { ALLOW_FLAGS, KINDS, type Kind, kindOf } from "../client/request-kinds";
import type { AnyAssumptionId } from "../contract-version";
import { type AssumptionTests, assumptionTests, probes } from "./assumptions/index";
import { testAssumptions, withContradictions } from "./assumptions/run-assumptions";
import { withFingerprint } from "./baseline";
import { laws } from "./checks/index";
import { judge, type ShapeProblem, type ShapeProblems } from "./judge-law";
import type { Law } from "./law";
import { aboutLaw } from "./law";
import type { ContractOptions } from "./options";
import {
  type AssumptionOutcome,
  type CheckOutcome,
  type ContractReport,
  isBroken,
  MOST_SHOWN,
  type RecordedExchange,
} from "./report";
import { ContractSession, readLines } from "./session";
import { ShapeChecker } from "./shapes";

/**
 * Asks a server whether it behaves as the contract says. Whatever it makes there, it removes.
 *
 * @param probed what to find out about assumptions after that; all of it when all laws are asked
 * @throws TargetError when nothing can be judged there, or the run was stopped
 */
export async function runContract(
  options: ContractOptions,
  asked: readonly Law[] = laws,
  probed: Partial<AssumptionTests> = asked === laws ? assumptionTests : {},
): Promise<ContractReport> {
  const session = new ContractSession(options);
  const began = performance.now();
  const startedAt = new Date((options.time ?? realTime).now()).toISOString();
  const exchanges: RecordedExchange[] = [];
  const shapes = new ShapeChecker({ demands: session.demands });
  const problems = new WeakMap<RecordedExchange, ShapeProblem>();
  const contradicted = new Set<AnyAssumptionId>();
  let tentative = false;
  const recorded = new WeakSet<RecordedExchange>();
  session.transport.listen((exchange) => {
    if (recorded.has(exchange)) return; // it is recalled
    recorded.add(exchange);
    exchanges.push(exchange);
    const isOfLaws = session.demands === "documented" && isTurnedAway(exchange);
    const problem = shapes.check(exchange, { tentative: tentative || isOfLaws });
    if (problem) problems.set(exchange, problem);
    for (const id of problem?.assumptions ?? []) contradicted.add(id);
  });

  const seen: ShapeProblems = { get: (exchange) => problems.get(exchange), contradicted };
  const outcomes: CheckOutcome[] = [];
  const assumptions: AssumptionOutcome[] = [];
  const checks = asked.length + Object.keys(probed).length;
  await session.open();
  const left = await cleaningUp(session, async () => {
    for (const [i, law] of asked.toSorted(firstOnes).entries()) {
      const before = exchanges.length;
      outcomes.push(session.kinds.has(kindOf[law.operation]) ? await judge(law, session, seen) : notAllowed(law));
      options.onProgress?.(i + 1, checks);
      if (exchanges.slice(before).some(isRefused)) await requireApi(session);
    }
    const numbers = asked.map(({ number }) => number);
    outcomes.sort((one, other) => numbers.indexOf(one.law ?? 0) - numbers.indexOf(other.law ?? 0));
    tentative = true; // what is only assumed may be answered with any status
    const onProgress = (done: number): void => options.onProgress?.(asked.length + done, checks);
    assumptions.push(...(await testAssumptions(session, { outcomes, exchanges, onProgress }, probed)));
    for (const [law, look] of session.laters) await judgeLater({ ...law, once: true, check: look }, session, seen, outcomes);
  });
  for (const { event } of await session.deliveries()) if (event) shapes.checkEvent(event);
  const all = [...shapes.outcomes(), ...outcomes];

  return {
    target: session.transport.baseUrl,
    isOwnMock: options.isOwnMock,
    startedAt,
    ms: performance.now() - began,
    seed: options.seed ?? 1,
    line: session.line,
    allowed: [...session.kinds],
    requests: countByKind(exchanges),
    lost: session.transport.lost,
    outcomes: all.map(withFingerprint),
    assumptions: withContradictions(assumptions, all),
    differences: [],
    left,
    exchanges,
  };
}

function firstOnes(one: Law, other: Law): number {
  return Number(other.isFirst ?? false) - Number(one.isFirst ?? false);
}

/** Looks once more at a law that has not failed. What is worse takes its place among the outcomes. */
async function judgeLater(law: Law, session: ContractSession, seen: ShapeProblems, outcomes: CheckOutcome[]): Promise<void> {
  const place = outcomes.findIndex((outcome) => outcome.law === law.number && outcome.verdict !== "fail");
  const before = outcomes[place];
  if (!before) return;
  const found = await judge(law, session, seen);
  if (isBroken(found.verdict, { strict: before.verdict === "pass" }))
    outcomes[place] = { ...withRequests(found, before), requests: before.requests + found.requests, ms: before.ms + found.ms };
}

/** What was asked before, up to what has shown it in the end. */
function withRequests(found: CheckOutcome, before: CheckOutcome): CheckOutcome {
  const last = found.exchanges.at(-1);
  const until = last ? before.exchanges.indexOf(last) : before.exchanges.length;
  const earlier = before.exchanges.slice(0, until < 0 ? undefined : until);
  return { ...found, operation: before.operation, exchanges: [...earlier, ...found.exchanges].slice(-MOST_SHOWN) };
}

/** Does something, and cleans up after it whatever comes of it; returns what is left. */
async function cleaningUp(session: ContractSession, work: () => Promise<void>): Promise<ContractReport["left"]> {
  try {
    await work();
  } catch (error) {
    const left = await session.close();
    if (left.length === 0 || !(error instanceof TargetError)) throw error;
    const things = left.length === 1 ? "1 thing that it made is" : `${left.length} things that it made are`;
    throw new TargetError(`${error.message} ${things} left; the same command with --sweep removes them.`);
  }
  return session.close();
}

/** Ends a run whose token has expired, or that is led to something else. What a server in trouble has answered is judged all the same. */
async function requireApi({ transport }: ContractSession): Promise<void> {
  await readLines(transport).catch((error: unknown) => {
    if (!(error instanceof ServerTrouble)) throw error;
  });
}

/** An answer as of a token that has expired, or a login page. */
function isRefused({ token, response }: RecordedExchange): boolean {
  const { status, headers, body } = response;
  if (status >= 500) return false;
  return token === "own" && (status === 401 || (typeof body === "string" && !isJsonType(headers["content-type"])));
}

/** Whether it has no token of the account, and is refused: with which status is a matter of laws, and no other assumption's. */
function isTurnedAway({ token, response: { status } }: RecordedExchange): boolean {
  return token !== "own" && status >= 400 && status < 500;
}

function notAllowed(law: Law): CheckOutcome {
  const reason = `it is not allowed; --allow ${ALLOW_FLAGS[kindOf[law.operation]]} does`;
  return { ...aboutLaw(law), verdict: "skipped", reason, exchanges: [], requests: 0, ms: 0 };
}

function countByKind(exchanges: readonly RecordedExchange[]): Record<Kind, number> {
  const counts: Record<Kind, number> = { read: 0, write: 0, visible: 0, send: 0 };
  for (const { operation } of exchanges) counts[kindOf[operation]] += 1;
  return counts;
}

/** What a run would do of one kind. */
interface PlannedKind {
  readonly kind: Kind;
  /** Laws and probes. */
  readonly checks: number;
  /** At most so many. */
  readonly requests: number;
  readonly isAllowed: boolean;
}

/** How much the sample reads: the lines, lists, and what is in them. */
const SAMPLE_REQUESTS = 12;

/** How many requests of which kind a run makes at most. */
export function planOf(allowed: ReadonlySet<Kind>): PlannedKind[] {
  return KINDS.map((kind) => {
    const ofKind = [
      ...laws.filter(({ operation }) => kindOf[operation] === kind),
      ...probes.filter((probe) => probe.kind === kind),
    ];
    const requests = ofKind.reduce((sum, check) => sum + check.requests, kind === "read" ? SAMPLE_REQUESTS : 0);
    return { kind, checks: ofKind.length, requests, isAllowed: allowed.has(kind) };
  });
}
