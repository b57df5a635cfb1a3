import type { OperationId } from "../../generated/v2/operations";
import type { CheckOutcome } from "../report";
import { aReport } from "./testing/a-report";
import { anExchange } from "./testing/an-exchange";
import { anOutcome, aShape } from "./testing/an-outcome";
import { render } from "./testing/render";

/* What is only assumed, and a server does otherwise. */

test("what contradicts an assumption is told with it, once for all places, and breaks nothing", () => {
  const evidence = { what: "find", pointer: "", expected: null, received: { id: 1 } };
  const law = anOutcome({
    verdict: "contradicted",
    assumptions: ["A-find-match"],
    reason: "find matches more",
    evidence,
  });
  const text = render(aReport({ outcomes: [law, { ...law, id: "law-3", law: 3, title: "find is exact" }] }));
  expect(text).toMatch(/^Nothing documented broke; 1 assumption of ours did, first of all A-find-match: find matches more\.\n/);
  expect(text.match(/^ASSUMED.*/gm)).toEqual(["ASSUMED find matches more (A-find-match)"]);
  expect(text).toContain("also in   law 3: find is exact\n");
  expect(text).toContain("exit code  0: nothing documented broke; 1 assumption did\n");
  expect(render(aReport({ outcomes: [law] }), { strict: true })).toMatch(
    /^The contract is broken: 1 thing otherwise than is assumed\.\n/,
  );
});

const asked = anExchange("/chats/find?phone_number=%2B12052761148", { body: { data: { chat: null } } });
const tooMany = anOutcome({
  id: "law-3",
  law: 3,
  title: "find matches the participants exactly",
  verdict: "contradicted",
  assumptions: ["A-find-match"],
  reason: "Find Chat gives a chat with people who were not asked for, which is only assumed not to be",
  evidence: { what: "who is in what find gives", pointer: "", expected: ["Ann"], received: ["Ann", "Bob"] },
  exchanges: [asked],
});
const other = aShape({
  id: "shape-getContact-201-:status",
  place: "Get Contact 201",
  operation: "getContact",
  verdict: "fail",
  reason: "the status must be one of 200, 401, 404",
  evidence: { what: "status", pointer: "", expected: "one of 200, 401, 404", received: 201 },
});

test("what does most harm comes first though it is only assumed, with what shows it, and another success last", () => {
  const text = render(aReport({ outcomes: [other, tooMany] }), { width: 1000 });
  const harm = "Find Chat gives a chat with people who were not asked for: messages can reach the wrong people";
  expect(text.split("\n")[0]).toMatch(
    new RegExp(`^${harm} \\(contradicts A-find-match, which is assumed\\)\\. The contract is broken: 1 failure`),
  );
  expect(text.match(/^(?:ASSUMED|FAIL) .*/gm)).toEqual([
    `ASSUMED ${harm} (A-find-match)`,
    "FAIL Get Contact answers 201, not 200: still a success",
  ]);
  expect(text).toMatch(
    /server\s+who is in what find gives: \["text 1","text 2"\]\n {2}assumed\s+\["text 1"\], since find matches/,
  );
  expect(text).toContain("request   GET /chats/find?phone_number=phone 1 → 200");
  expect(text).toContain("to do      No document promises it, and programs may rely on it all the same: ");
  expect(text).toContain("see it    curl -g 'https://api.linqapp.com/api/partner/v2/chats/find?phone_number=PHONE_1'");
  const alone = render(aReport({ outcomes: [tooMany] })).replaceAll("\n", " ");
  expect(alone).toMatch(/which is assumed\)\. Nothing documented broke; 1 assumption of ours did\. /);
  expect(alone).toContain("exit code  0: nothing documented broke; 1 assumption did");
});

test("another success is mild only where it hides nothing and nothing worse is told, and is counted apart beside a failure", () => {
  const first = (...outcomes: CheckOutcome[]): string => render(aReport({ outcomes }), { width: 1000 }).split("\n")[0] ?? "";
  expect(first(other)).toMatch(
    /^The contract is broken, but mildly: 1 failure on .* Get Contact answers 201, not 200: still a success\.$/,
  );
  const cause = "status 201";
  const doubt = anOutcome({ law: 28, verdict: "inconclusive", reason: "it rests on it", cause });
  expect(first({ ...other, cause }, doubt)).toMatch(/^The contract is broken: 1 failure on /);
  const evidence = {
    what: "a contact",
    pointer: "/created_at",
    expected: "2025-10-20T08:05:48Z",
    received: "2025-10-20T09:05:48Z",
    between: ["Find Contact", "Get Contact"] as const,
  };
  const zone = anOutcome({ law: 28, operation: "findContact", verdict: "fail", evidence });
  expect(first(other, zone)).toMatch(
    /^The contract is broken: 1 failure on 1 of \d operations?.*\. Find agrees with get \(Find Contact, law 28\)\. Beside it: Get Contact answers 201, not 200: still a success, harmless\.$/,
  );
});

test("a field that is gone and one that is new are one finding, and what is new is on a line for each name", () => {
  const field = (operation: OperationId, name: string, what: "required" | "added") =>
    aShape({
      id: `shape-${operation}-${name}`,
      place: `${operation} 200`,
      operation,
      verdict: what === "added" ? "added" : "contradicted",
      assumptions: [what === "added" ? "A-extra-fields" : "A-always-present"],
      clause: `#/components/schemas/Chat${what === "added" ? "" : `/properties/${name}`}`,
      evidence: { what, pointer: `/data/${name}`, expected: "a string", received: undefined, everywhere: true },
    });
  const outcomes = (["getChat", "listChats"] as const).flatMap((operation) => [
    field(operation, "display_name", "required"),
    field(operation, "title", "added"),
  ]);
  const text = render(aReport({ outcomes }));
  const sentence =
    "very chat lacks `display_name` and has `title` instead (2 operations), perhaps renamed: whatever reads it breaks";
  expect(text.replaceAll("\n", " ")).toMatch(new RegExp(`^E${sentence.replaceAll(/[()]/g, "\\$&")} \\(contradicts A-always-`));
  expect(text.match(/^ASSUMED/gm)).toHaveLength(1);
  expect(text).toContain("The server shows what the contract does not know (1)\n  `title` of Chat, in 2 places\n");
  expect(text).toMatch(/9f2c11ab\n {4}Describe the field/);
  const ofHandles = outcomes.map((outcome) => ({
    ...outcome,
    id: `${outcome.id}-handle`,
    operation: "findChat" as const,
    place: "findChat 200",
    clause: outcome.clause.replace("Chat", "ChatHandle"),
  }));
  const both = render(aReport({ outcomes: [...outcomes, ...ofHandles] }));
  expect(both.match(/^ASSUMED/gm)).toHaveLength(1);
  expect(both.replaceAll("\n", " ")).toContain(
    "Every chat and chat handle lacks `display_name` and has `title` instead (3 operations), perhaps renamed",
  );
  const everywhere = ["Chat", "Contact"].map((object, i) => ({
    ...field("getChat", "tenant", "added"),
    id: `${i}`,
    clause: `#/components/schemas/${object}`,
  }));
  expect(render(aReport({ outcomes: [...outcomes, ...everywhere] })).replaceAll("\n", " ")).toContain(sentence);
});

test("a time in another form is shown beside the one that was expected", () => {
  const sample = "a time such as 2025-05-21T15:30:00.000-05:00";
  const evidence = { what: "pattern", pointer: "/data/0/created_at", expected: sample, received: "2025-06-02T14:00:00Z" };
  const shape = aShape({ verdict: "contradicted", assumptions: ["A-time-form"], reason: `it must be ${sample}`, evidence });
  expect(render(aReport({ outcomes: [shape] }), { width: 1000 })).toContain(
    "    shown: 2025-06-02T14:00:00Z where 2025-06-02T09:00:00.000-05:00 was expected: the same instant in another form\n",
  );
});

test("what follows from a failure is told with it, and counts as no contradiction of its own", () => {
  const refused = anExchange("/chats/find?phone_number=%2B12052761148", { status: 404, body: {} });
  const shape = aShape({
    id: "shape-findChat-404-:status",
    verdict: "fail",
    evidence: { what: "status", pointer: "", expected: "one of 200, 400, 401", received: 404 },
    exchanges: [refused],
  });
  const paused = anOutcome({ id: "law-57", law: 57, verdict: "fail", reason: "a subscription that is not active gets events" });
  const assumed = (id: "A-group-limit" | "A-webhook-paused" | "A-list-order", detail: string) =>
    ({ id, text: id, outcome: "contradicted", detail, exchanges: [refused] }) as const;
  const assumptions = [
    assumed("A-group-limit", "a find with 32 participants answers 404 instead of 200"),
    assumed("A-webhook-paused", "what happens is delivered all the same"),
    assumed("A-list-order", "the list of chats is in another order"),
  ];
  const text = render(aReport({ outcomes: [shape, paused], assumptions }));
  expect(text).toContain("  with it   A-group-limit: a find with 32 participants answers 404 instead of 200\n");
  expect(text).toContain("  with it   A-webhook-paused: what happens is delivered all the same\n");
  expect(text).toContain("this server does otherwise (1)\n  A-list-order: the list of chats is in another order\n");
  expect(text).toContain("0 contradicted (1 assumption)");
});

test("what only shows more than the contract knows is said so, and its advice once", () => {
  const added = (field: string) =>
    aShape({
      id: `shape-findChat-200-/${field}:added`,
      verdict: "added",
      evidence: { what: "added", pointer: `/${field}`, expected: "no other field", received: 1 },
    });
  const text = render(aReport({ outcomes: [added("a"), added("b")] }), { width: 1000 });
  expect(text).toMatch(/^Nothing documented broke; the server shows 2 fields that the contract does not know\.\n/);
  expect(text.match(/Describe the field/g)).toHaveLength(1);
});
