import { TargetError } from "../client/errors";
import { applyBaseline, fingerprintOf, readBaseline } from "./baseline";
import { type CheckOutcome, exitCodeOf, type KnownDeviation } from "./report";

const TODAY = "2026-11-25";

function outcome(changes: Partial<CheckOutcome> = {}): CheckOutcome {
  const evidence = { what: "the chat", pointer: "/3/id", expected: 4, received: null };
  const common = {
    check: "law",
    title: "",
    operation: "findChat",
    kind: "read",
    clause: "#",
    assumptions: [],
    exchanges: [],
    requests: 1,
    ms: 1,
  } as const;
  const failed = { ...common, id: "law-7", law: 7, verdict: "fail", reason: "it differs", evidence } as const;
  return { ...failed, fingerprint: fingerprintOf(failed), ...changes };
}

function known(changes: Partial<KnownDeviation> = {}): KnownDeviation {
  return { fingerprint: outcome().fingerprint ?? "", reason: "LINQ-12", owner: "ann", expires: TODAY, ...changes };
}

function codeOf(outcomes: readonly CheckOutcome[]): number {
  return exitCodeOf({ outcomes, left: [] } as unknown as Parameters<typeof exitCodeOf>[0], { strict: true });
}

test("what the baseline knows does not count, to the last day", () => {
  const [judged] = applyBaseline([outcome()], [known()], TODAY);
  expect(judged).toMatchObject({ verdict: "fail", known: { owner: "ann" } });
  expect(codeOf([judged as CheckOutcome])).toBe(0);
});

test("different checks have different ends, and what 0.1.0 has called one is known still", () => {
  const { evidence } = outcome();
  const [end, other] = ["law-7", "law-8"].map((id) => fingerprintOf({ id, ...(evidence && { evidence }) }).split("#")[1]);
  expect(end).not.toBe(other);
  const [judged] = applyBaseline([outcome()], [known({ fingerprint: "law-7#93892ca6" })], TODAY);
  expect(judged).toMatchObject({ known: { owner: "ann" } });
});

test("what has expired is new", () => {
  const [judged] = applyBaseline([outcome()], [known({ expires: "2026-11-24" })], TODAY);
  expect(judged).toMatchObject({ reason: "it differs; the baseline knew it until 2026-11-24" });
  expect(codeOf([judged as CheckOutcome])).toBe(1);
});

test("what has changed is new: another place, another kind of value, another status", () => {
  const evidence = { what: "", pointer: "/3/id", expected: 4, received: null };
  const fingerprints = [
    { ...evidence },
    { ...evidence, pointer: "/3/group" },
    { ...evidence, received: "4" },
    { ...evidence, pointer: "status", expected: 200, received: 404 },
    { ...evidence, pointer: "status", expected: 200, received: 500 },
  ].map((found) => fingerprintOf({ id: "law-7", evidence: found }));
  expect(new Set(fingerprints).size).toBe(fingerprints.length);
  const [judged] = applyBaseline([outcome({ fingerprint: fingerprints[1] as string })], [known()], TODAY);
  expect(judged).toMatchObject({ reason: "it differs; it is not the deviation that the baseline knows" });
  expect(codeOf([judged as CheckOutcome])).toBe(1);
});

test("the same deviation at another entry, with another number, is the same", () => {
  const other = { what: "", pointer: "/17/id", expected: 99, received: null };
  expect(fingerprintOf({ id: "law-7", evidence: other })).toBe(outcome().fingerprint);
});

test("an entry whose deviation has gone is a failure, until it is removed", () => {
  const { evidence: _, fingerprint: __, ...passed } = outcome({ verdict: "pass" });
  const judged = applyBaseline([passed], [known()], TODAY);
  expect(judged[1]).toMatchObject({
    check: "baseline",
    verdict: "fail",
    reason: "the server no longer deviates so (LINQ-12); remove the entry",
  });
  expect(codeOf(judged)).toBe(1);
});

test("an entry about what was not asked this time is left alone", () => {
  const judged = applyBaseline([outcome({ verdict: "skipped" })], [known({ fingerprint: "law-8#00000000" })], TODAY);
  expect(judged).toHaveLength(1);
});

test("a shape that was right this time makes its entry stale", () => {
  const passed = outcome({ id: "shape-findChat-200", check: "shape", verdict: "pass" });
  const { fingerprint: _, evidence: __, ...right } = passed;
  const entry = known({ fingerprint: "shape-findChat-200-/data/chat/id:type#0123abcd" });
  expect(applyBaseline([right], [entry], TODAY)[1]?.verdict).toBe("fail");
});

test.each([
  undefined,
  "shape-v3-getChat-404-/trace_id:pattern#0123abcd",
  "shape-v3-getThread-200-/messages:required#0123abcd",
  "shape-event-poll.sent-/data:required#0123abcd",
])("a baseline that knows %s is read", (fingerprint) => {
  const entry = known(fingerprint === undefined ? {} : { fingerprint });
  expect(readBaseline(JSON.stringify({ linq_mock_baseline: 1, deviations: [entry] }), "b.json")).toEqual([entry]);
});

test.each([
  ["no JSON", "{", /^b\.json is no JSON: /],
  ["something else", "[]", /^b\.json is no baseline; it must be \{"linq_mock_baseline": 1/],
  ["an entry without an owner", { owner: " " }, /^b\.json: \/deviations\/0\/owner is missing or no text\.$/],
  ["a day that is none", { expires: "2026-13-01" }, /\/expires is no day; write it as 2026-12-31\.$/],
  [
    "an unknown fingerprint",
    { fingerprint: "law-99#01234567" },
    /\/fingerprint names no check of this suite: law-99#01234567; copy it from a report\.$/,
  ],
  ["an unknown operation", { fingerprint: "shape-findDog-200#01234567" }, /names no check/],
  ["an operation that V3 does not have", { fingerprint: "shape-v3-findChat-200#01234567" }, /names no check/],
  ["a fingerprint that is none", { fingerprint: "law-7" }, /names no check/],
])("a baseline with %s", (_, content, expected) => {
  const text = typeof content === "string" ? content : JSON.stringify({ linq_mock_baseline: 1, deviations: [known(content)] });
  const read = (): unknown => readBaseline(text, "b.json");
  expect(read).toThrow(TargetError);
  expect(read).toThrow(expected);
});
