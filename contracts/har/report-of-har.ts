import { TargetError } from "../client/errors";
import { type ClientTime, realTime } from "../client/pace";
import { type Kind, kindOf } from "../client/request-kinds";
import { assumptionTests } from "../suite/assumptions/index";
import { assumptionsSeen, withContradictions } from "../suite/assumptions/run-assumptions";
import { withFingerprint } from "../suite/baseline";
import type { AssumptionOutcome, ContractReport } from "../suite/report";
import { ShapeChecker } from "../suite/shapes";
import { isOfV2 } from "./read-entry";
import { type HarCounts, type HarRecording, readHar } from "./read-har";

/** What a recording shows of the contract. */
export interface HarReport extends ContractReport {
  readonly recording: HarCounts;
  /** Whose answers they are, as facts name it: where all calls went, and when the last did. */
  readonly source: HarRecording["source"];
}

/**
 * Checks what was recorded against the contract: the shape of each answer, what all together show of what is assumed, and no law. Nothing is sent. `name` is what the file is
 * called in messages.
 *
 * @throws TargetError when it is no HAR file, was cut off, or has nothing of the API to check
 */
export function reportOfHar(text: string, name: string, time: Pick<ClientTime, "now"> = realTime): HarReport {
  const began = performance.now();
  const { exchanges, tokens, counts, source } = readHar(text, name);
  if (exchanges.length === 0) throw new TargetError(nothingIn(name, counts));
  const shapes = new ShapeChecker({ demands: "documented" });
  for (const exchange of exchanges) shapes.check(exchange, { tentative: false });
  const outcomes = shapes.outcomes().map(withFingerprint);
  const requests: Record<Kind, number> = { read: 0, write: 0, visible: 0, send: 0 };
  for (const { operation } of exchanges) requests[kindOf[operation]] += 1;
  return {
    target: "",
    isOwnMock: false,
    startedAt: new Date(time.now()).toISOString(),
    ms: performance.now() - began,
    seed: 0,
    line: undefined,
    allowed: [],
    requests,
    outcomes,
    assumptions: withContradictions(assumptionsSeen(exchanges.filter(isOfV2), assumptionTests), outcomes).filter(isSettled),
    differences: [],
    left: [],
    exchanges,
    tokens,
    recording: counts,
    source,
  };
}

function isSettled({ outcome }: AssumptionOutcome): boolean {
  return outcome !== "not tried";
}

/** Which entries were not judged, as a sentence; undefined when all were. */
export function leftOut({ recording }: Pick<HarReport, "recording">): string | undefined {
  const reasons = reasonsIn(recording);
  return reasons.length > 0 ? `Left out of ${recording.entries} entries: ${reasons.join(", ")}.` : undefined;
}

function reasonsIn(counts: HarCounts): string[] {
  return said.filter(([why]) => counts[why] > 0).map(([why, what]) => `${counts[why]} ${what}`);
}

const said: readonly [Exclude<keyof HarCounts, "entries" | "checked">, string][] = [
  ["elsewhere", "went elsewhere or were no HTTP"],
  ["unknown", "asked for what the contract does not have"],
  ["unanswered", "had no whole answer"],
  ["incomplete", "came without body or headers"],
  ["unreadable", "cannot be read"],
];

function nothingIn(name: string, counts: HarCounts): string {
  const entries = counts.entries === 0 ? "it has no entries" : `of its entries, ${reasonsIn(counts).join(", ")}`;
  return `${name} has nothing to check: ${entries}; record calls below /api/partner/v2 or v3, with their bodies.`;
}
