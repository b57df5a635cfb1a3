import { isDeepStrictEqual } from "node:util";
import { stillAssumed } from "../basis";
import { TargetError } from "../client/errors";
import { kindOf } from "../client/request-kinds";
import type { AnyAssumptionId } from "../contract-version";
import { messageOf } from "../error-message";
import { isRecord } from "../exchange";
import { type AssumptionId, operations } from "../generated/v2/operations";
import { MOST_PER_PAGE } from "../limits";
import { unsigned } from "./differences";
import { knownFields } from "./known-fields";
import { aboutLaw, type Law } from "./law";
import {
  Broken,
  Incomparable,
  Inconclusive,
  isOfTypeAlone,
  type LawEvidence,
  Refused,
  Skip,
  UnexpectedStatus,
} from "./law-errors";
import type { Demands } from "./options";
import { type CheckOutcome, isBroken, MOST_SHOWN, ONLY_ASSUMED, type RecordedExchange, SERVER_TROUBLE } from "./report";
import type { ContractSession } from "./session";
import type { Transport } from "./transport";

type Judgement = Pick<CheckOutcome, "verdict" | "reason" | "cause" | "evidence"> &
  Partial<Pick<CheckOutcome, "assumptions" | "clause">>;
type Attempt = Judgement & { readonly exchanges: readonly RecordedExchange[] };

const MOST_REREAD = 12;
/** A path that was made from a field that was not there. */
const WITHOUT_VALUE = /\b(?:undefined|null|NaN)\b/;

/** What is wrong with the shape of an answer. */
export interface ShapeProblem {
  /** JSON pointers to what breaks the contract; `status` for the status, empty for the whole body. */
  readonly broken: readonly string[];
  /** What is behind the first of them; undefined when nothing is broken. */
  readonly cause: string | undefined;
  /** What is contradicted. */
  readonly assumptions: readonly AnyAssumptionId[];
}

/** The answers so far whose shapes are not right. */
export interface ShapeProblems {
  get(exchange: RecordedExchange): ShapeProblem | undefined;
  /** All assumptions that shapes have contradicted: a law may rest on what was read for another. */
  readonly contradicted: ReadonlySet<AnyAssumptionId>;
}

/**
 * Asks a law. On a server that others write to, one that reads and does not hold is asked once more, and counts only when nothing has
 * changed meanwhile. One that writes has changed the server itself: where that could hide from a second attempt what the first has
 * found, that stands.
 */
export async function judge(law: Law, session: ContractSession, problems: ShapeProblems): Promise<CheckOutcome> {
  const { transport, options } = session;
  const [began, before] = [performance.now(), transport.requests];
  let found = await attempt(law, session, problems);
  if (isBroken(found.verdict, STRICT) && !options.isOwnMock && !law.once) {
    if (isReading(law)) {
      session.forget();
      found = await attempt(law, session, problems);
      const rests = found.verdict === "fail" ? found.exchanges : comparedWithLast(found.exchanges);
      if (isBroken(found.verdict, STRICT) && (await hasMoved(rests, transport)))
        found = { ...found, verdict: "skipped", reason: `somebody was writing meanwhile; ${found.reason}` };
    } else if (law.isRepeatable && found.verdict === "fail") {
      session.forget();
      const again = await attempt(law, session, problems);
      if (again.verdict === "pass") found = again; // what has disturbed it is over
    }
  }
  const isTurnedAway = found.evidence?.pointer === "status" && Number(found.evidence.received) >= 400;
  const last = found.evidence && found.exchanges.at(-1);
  const isShownByLast = law.isAboutEachList || found.evidence?.pointer === "status" || (last && isChange(last));
  const shownBy = isShownByLast ? last?.operation : undefined;
  return {
    ...aboutLaw(law),
    ...(isTurnedAway && { harm: 0 }), // with another status, and nobody gets in
    ...found,
    ...(shownBy !== undefined && { operation: shownBy }),
    exchanges: found.exchanges.slice(-MOST_SHOWN),
    requests: transport.requests - before,
    ms: performance.now() - began,
  };
}

const STRICT = { strict: true };

function isReading({ operation }: Law): boolean {
  return kindOf[operation] === "read";
}

async function attempt(law: Law, session: ContractSession, problems: ShapeProblems): Promise<Attempt> {
  const asked: { readonly exchange: RecordedExchange; readonly at: number }[] = [];
  const stop = session.transport.listen((exchange) => asked.push({ exchange, at: performance.now() }));
  try {
    await law.check(session.context(law));
    return { verdict: "pass", exchanges: asked.map(({ exchange }) => exchange) };
  } catch (error) {
    if (error instanceof TargetError) throw error;
    const exchanges = upTo(error, asked);
    const seen = exchanges.flatMap((exchange) => problems.get(exchange) ?? []);
    const broken = seen.flatMap((problem) => problem.broken);
    const own = new Set(seen.flatMap(({ assumptions }) => assumptions));
    const contradicted = own.size > 0 ? own : problems.contradicted;
    const told = error instanceof UnexpectedStatus ? problems.get(error.exchange) : undefined;
    const cause = told?.cause ?? seen.find((problem) => problem.cause !== undefined)?.cause;
    const follows = law.isAboutPaging && exchanges.slice(-2).some(isOverfull) ? OVERFULL : undefined;
    return { ...judgementOn(law, error, { broken, cause, contradicted, follows, demands: session.demands }), exchanges };
  } finally {
    stop();
  }
}

/** What was asked until something was found, what shows it last. */
function upTo(error: unknown, asked: readonly { readonly exchange: RecordedExchange; readonly at: number }[]) {
  if (!(error instanceof Broken || error instanceof UnexpectedStatus)) return asked.map(({ exchange }) => exchange);
  const before = asked.filter(({ at }) => at <= error.at).map(({ exchange }) => exchange);
  const told = error.exchange ?? (error.evidence.awaited && before.findLast(isChange)); // what was waited for follows from a change
  return told ? [...before.filter((exchange) => exchange !== told), told] : before;
}

function isChange({ operation }: RecordedExchange): boolean {
  return kindOf[operation] !== "read";
}

const ON_BROKEN = "it rests on an answer whose shape is broken, which is reported separately";

interface Circumstances {
  /** Where the answers that it has got break the contract. */
  readonly broken: readonly string[];
  /** What is behind that. */
  readonly cause: string | undefined;
  readonly contradicted: ReadonlySet<AnyAssumptionId>;
  /** What the law does not hold for, whatever it has found. */
  readonly follows: string | undefined;
  readonly demands: Demands;
}

function judgementOn(law: Law, error: unknown, { broken, cause, contradicted, follows, demands }: Circumstances): Judgement {
  const hidden = (reason: string): Judgement => ({ verdict: "inconclusive", reason, ...(cause !== undefined && { cause }) });
  if (error instanceof Skip) return { verdict: "skipped", reason: error.message };
  if ((error instanceof Refused || error instanceof Incomparable) && broken.length > 0) return hidden(error.message);
  if (error instanceof Inconclusive || error instanceof Refused) return { verdict: "inconclusive", reason: error.message };
  const against = (ids: readonly AssumptionId[] = [], { evidence, reason, clause }: Broken | UnexpectedStatus): Judgement => {
    if (isExplained(evidence, broken)) return hidden(ON_BROKEN);
    const assumed = stillAssumed(ids);
    const isOnlyAssumed = assumed.length > 0 && demands === "documented";
    const behind = isTrouble(evidence) ? SERVER_TROUBLE : (follows ?? reason);
    if (isOnlyAssumed && behind === SERVER_TROUBLE)
      return { verdict: "inconclusive", reason: reason ?? law.broken, cause: behind };
    const found = {
      evidence,
      reason: reason ?? law.broken,
      ...(behind !== undefined && { cause: behind }),
      ...(clause !== undefined && { clause }),
    };
    if (!isOnlyAssumed) return { verdict: "fail", ...found };
    return {
      verdict: "contradicted",
      assumptions: assumed,
      ...found,
      reason: `${found.reason}${ONLY_ASSUMED}`,
    };
  };
  if (error instanceof Broken) return against(error.assumptions.length > 0 ? error.assumptions : law.assumptions, error);
  if (error instanceof UnexpectedStatus) {
    const doubt = doubtOfStatus(error, broken.length > 0);
    if (doubt !== undefined) return hidden(doubt);
    return against(law.assumptions, error);
  }
  const text = messageOf(error);
  if (broken.length > 0) return hidden(ON_BROKEN);
  if (contradicted.size === 0) return { verdict: "inconclusive", reason: `the check itself failed: ${text}` };
  const reason = `it rests on what is only assumed, and this server does otherwise: ${text}`;
  return { verdict: "contradicted", assumptions: [...contradicted], reason };
}

/** Whether what a law has found is what a shape tells already: the same field, the same status, or a body that is another thing. */
function isExplained(evidence: LawEvidence, broken: readonly string[]): boolean {
  const { pointer, received, awaited } = evidence;
  const fieldOf = (place: string): string | undefined =>
    place.split("/").findLast((part) => part !== "" && !/^\d+$/.test(part));
  const field = fieldOf(pointer);
  if (broken.length > 0 && (received === undefined || awaited)) return true; // it has asked for what was not there
  if (broken.length > 0 && isOfTypeAlone(evidence)) return true;
  return broken.some((place) => place === "" || (field !== undefined && fieldOf(place) === field));
}

/** Whether a server fails where something else was expected. */
function isTrouble({ pointer, received }: LawEvidence): boolean {
  return pointer === "status" && Number(received) >= 500;
}

/** Why a status says nothing of the law: a path without its value asks for nothing, and one that is wrong itself is reported by its shape. */
function doubtOfStatus({ exchange, message }: UnexpectedStatus, isBrokenShape: boolean): string | undefined {
  if (WITHOUT_VALUE.test(exchange.request.path)) return `it rests on a value that an answer did not have: ${message}`;
  const declared: readonly number[] = operations[exchange.operation].statuses;
  const isKnown = declared.includes(exchange.response.status);
  return isKnown || !isBrokenShape ? undefined : `it rests on an answer that the contract does not know: ${message}`;
}

/** The first answer of the kind of the last: of what only contradicts an assumption, no more is read again. */
function comparedWithLast(exchanges: readonly RecordedExchange[]): readonly RecordedExchange[] {
  return exchanges
    .slice(0, -1)
    .filter(({ operation }) => operation === exchanges.at(-1)?.operation)
    .slice(0, 1);
}

/** Whether what was read is another thing when it is read again. What the contract does not know may be new in each answer. */
async function hasMoved(exchanges: readonly RecordedExchange[], transport: Transport): Promise<boolean> {
  const own = exchanges.filter(({ request, token }) => request.method === "GET" && token === "own");
  const latest = new Map(own.map((exchange) => [exchange.request.path, exchange]));
  for (const exchange of [...latest.values()].slice(-MOST_REREAD)) {
    const again = await transport.send({ method: "GET", path: exchange.request.path }).catch((error: unknown) => {
      if (error instanceof TargetError) throw error;
      return undefined;
    });
    if ([again, exchange].some((one) => one && one.response.status >= 500)) continue; // that says nothing of the account
    if (!again || !isDeepStrictEqual(toldOf(again), toldOf(exchange))) return true;
  }
  return false;
}

/** What an answer tells of the account; how a refusal is worded does not. */
function toldOf(exchange: RecordedExchange): unknown {
  const { status } = exchange.response;
  return { status, ...(status < 400 && { known: unsigned(knownFields(exchange)) }) };
}

/** The cause of whatever follows from pages that hold more entries than were asked for. */
const OVERFULL = "pages hold more entries than were asked for";

const USUAL = 25;

/** Whether an answer is a page of a list with more entries than were asked for. */
function isOverfull({ operation, request, response }: RecordedExchange): boolean {
  if (!("per_page" in operations[operation].query) || !isRecord(response.body)) return false;
  const entries = Object.values(response.body).find(Array.isArray);
  const asked = new URLSearchParams(request.path.split("?")[1]).get("per_page");
  return entries !== undefined && entries.length > Math.min(Number(asked ?? USUAL), MOST_PER_PAGE);
}
