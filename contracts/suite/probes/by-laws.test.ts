import { law03 } from "../laws/law-03-find-matches-exactly";
import { law04 } from "../laws/law-04-find-collapses-duplicates";
import type { Outcome } from "../outcome";
import { byLaws } from "./by-laws";

const LAWS = [law03, law04];

function outcome(law: 3 | 4, found: Pick<Outcome, "verdict"> & Partial<Outcome>): Outcome {
  const { title, operation, kind, clause } = law === 3 ? law03 : law04;
  const rest = { check: "law", assumptions: [], exchanges: [], requests: 1, ms: 1 } as const;
  return { id: `law-${law}`, law, title, operation, kind, clause, ...rest, ...found };
}

const evidence = { what: "find", pointer: "", expected: null, received: {} };

function found(...outcomes: Outcome[]): [string, string] {
  const { outcome: what, detail } = byLaws([3, 4], LAWS, outcomes);
  return [what, detail];
}

test("laws that hold confirm, and are named", () => {
  const confirmed = found(outcome(3, { verdict: "pass" }), outcome(4, { verdict: "pass" }));
  expect(confirmed).toEqual(["confirmed", `${law03.title} (law 3); ${law04.title} (law 4)`]);
});

test("one that the server breaks contradicts, whatever the others say", () => {
  const broken = outcome(4, { verdict: "skipped", reason: "it is only assumed", evidence });
  expect(found(outcome(3, { verdict: "pass" }), broken)).toEqual(["contradicted", `${law04.broken} (law 4)`]);
  expect(found(outcome(3, { verdict: "fail", evidence }))).toEqual(["contradicted", `${law03.broken} (law 3)`]);
});

test("one that was skipped for another reason says nothing", () => {
  const skipped = outcome(3, { verdict: "skipped", reason: "the line has no group chat" });
  expect(found(skipped, outcome(4, { verdict: "pass" }))).toEqual(["confirmed", `${law04.title} (law 4)`]);
  expect(found(skipped)).toEqual(["not tried", "law 3: the line has no group chat"]);
});

test("one that is in doubt says nothing, and neither does one that was not asked", () => {
  const doubtful = outcome(3, { verdict: "inconclusive", reason: "somebody was writing meanwhile", evidence });
  expect(found(doubtful)).toEqual(["not tried", "law 3: somebody was writing meanwhile"]);
  expect(found()).toEqual(["not tried", "not asked: law 3, law 4"]);
});
