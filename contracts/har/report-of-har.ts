import { TargetError } from "../client/errors";
import { type Kind, kindOf } from "../client/kinds";
import { type ClientTime, realTime } from "../client/pace";
import { withFingerprint } from "../suite/baseline";
import type { ContractReport } from "../suite/report";
import { ShapeChecker } from "../suite/shapes";
import { type HarCounts, readHar } from "./read-har";

/** What a recording shows of the contract. */
export interface HarReport extends ContractReport {
  readonly recording: HarCounts;
}

/**
 * Checks what was recorded against the contract: the shape of each answer, and no law. Nothing is sent. `name` is what the file is
 * called in messages.
 *
 * @throws TargetError when it is no HAR file, was cut off, or has nothing of the API to check
 */
export function reportOfHar(text: string, name: string, time: Pick<ClientTime, "now"> = realTime): HarReport {
  const began = performance.now();
  const { exchanges, tokens, counts } = readHar(text, name);
  if (exchanges.length === 0) throw new TargetError(nothingIn(name, counts));
  const shapes = new ShapeChecker({ demands: "documented" });
  for (const exchange of exchanges) shapes.check(exchange, { tentative: false });
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
    outcomes: shapes.outcomes().map(withFingerprint),
    assumptions: [],
    differences: [],
    left: [],
    exchanges,
    tokens,
    recording: counts,
  };
}

const said: readonly [Exclude<keyof HarCounts, "entries" | "checked">, string][] = [
  ["elsewhere", "went elsewhere"],
  ["unanswered", "had no answer"],
  ["incomplete", "came without body or headers"],
  ["unreadable", "cannot be read"],
];

function nothingIn(name: string, counts: HarCounts): string {
  const reasons = said.filter(([why]) => counts[why] > 0).map(([why, what]) => `${counts[why]} ${what}`);
  const entries = counts.entries === 0 ? "it has no entries" : `of its entries, ${reasons.join(", ")}`;
  return `${name} has nothing to check: ${entries}; record calls below /api/partner/v2, with their bodies.`;
}
