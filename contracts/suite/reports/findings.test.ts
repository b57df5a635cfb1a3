import { operations } from "../../generated/v2/operations";
import { laws } from "../checks/index";
import type { Law } from "../law";
import { aboutLaw } from "../law";
import { inWords } from "../law-errors";
import type { CheckOutcome, ContractReport } from "../report";
import { aReport } from "./testing/a-report";
import { anExchange } from "./testing/an-exchange";
import { anOutcome, aShape } from "./testing/an-outcome";
import { render } from "./testing/render";

/* What is one failure, how it is told, and in which order. */

test("one cause is one failure, with the places that show it, and meaning comes before shape", () => {
  const shape = (operation: "getChat" | "listChats" | "findChat" | "createChat" | "getContact"): CheckOutcome =>
    aShape({
      id: `shape-${operation}-200-/data/group:type`,
      title: `the shape of ${operation} 200`,
      place: `${operations[operation].title} 200`,
      operation,
      verdict: "fail",
      cause: "type #/components/schemas/Chat/properties/group",
      clause: "#/components/schemas/Chat/properties/group",
      reason: "/data/group must be true or false",
      evidence: { what: "type", pointer: "/data/group", expected: "true or false", received: "no" },
    });
  const shapes = (["getChat", "listChats", "findChat", "createChat", "getContact"] as const).map(shape);
  const text = render(aReport({ outcomes: [...shapes, anOutcome({ verdict: "fail", law: 7 })] }));
  expect(text.split("\nhttps")[0]?.replaceAll(/\s+/g, " ")).toBe(
    'The contract is broken: 2 failures on 5 of 5 operations. The gravest: find agrees with get (Find Chat, law 7). What spreads furthest shows in 5 of them: Get Chat 200: /data/group must be true or false, not "no", a string.',
  );
  expect(text.match(/^FAIL .*/gm)).toEqual([
    "FAIL find agrees with get (Find Chat, law 7)",
    'FAIL Get Chat 200: /data/group must be true or false, not "no", a string',
  ]);
  expect(text).toContain('  server    /data/group is "no"\n  document  true or false\n            Chat, group, #/');
  expect(text).toContain(
    "also in   List Chats 200 /data/group\n            Find Chat 200 /data/group\n            Create Chat 200 /data/group\n            and 1 more place\n",
  );
});

test("many causes are told from an outage", () => {
  const failures = (["getChat", "listChats", "findChat", "createChat", "getContact", "getContact"] as const).map(
    (operation, i) => anOutcome({ id: `law-${i}`, law: i, operation, verdict: "fail", cause: `${i}` }),
  );
  const first = (report: ContractReport): string => render(report).split("\nhttps")[0]?.replaceAll(/\s+/g, " ") ?? "";
  expect(first(aReport({ outcomes: failures }))).toBe(
    "The contract is broken: 6 failures on 5 of 5 operations. The gravest: find agrees with get (Get Chat, law 0). These are many causes, and no outage: the widest shows in 1 operation.",
  );
  expect(first(aReport({ outcomes: failures.slice(0, 4) }))).toBe(
    "The contract is broken: 4 failures on 4 of 4 operations. The gravest: find agrees with get (Get Chat, law 0).",
  );
  const exchanges = [500, 500, 200].map((status) => anExchange("/contacts", { status, body: {} }));
  expect(first(aReport({ outcomes: failures, exchanges }))).toMatch(
    /^The server is failing: 2 of 3 answers were 500, on List Contacts, some 200 when asked again\. The contract .*\. Look at the 5xx first: most of the rest follows from them\.$/,
  );
});

test("secrets that are shown come first, then tokens that are not needed, then the laws by their numbers", () => {
  const outcomes = [36, 24, 7].map((number) => {
    const law = laws.find((one) => one.number === number) as Law;
    return anOutcome({ ...aboutLaw(law), verdict: "fail", reason: law.broken });
  });
  const told = render(aReport({ outcomes: outcomes.toReversed() })).match(/(?<=^FAIL .*law )\d+(?=\))/gm);
  expect(told).toEqual(["36", "24", "7"]);
});

test("what stumbles over the same is one failure, told by the answer behind it", () => {
  const cause = "Find Contact answers 404, not 200";
  const law = (number: number): CheckOutcome =>
    anOutcome({ id: `law-${number}`, law: number, title: `law of ${number}`, verdict: "fail", reason: cause, cause });
  const text = render(aReport({ outcomes: [28, 29, 30].map(law) }));
  expect(text.match(/^FAIL .*/gm)).toEqual(["FAIL Find Contact answers 404, not 200 (Find Chat, law 28, 29, 30)"]);
  expect(text).toContain("also in   law 29: law of 29\n            law 30: law of 30\n");
});

test("of two answers that differ none is called right, and times that are hours apart are a matter of zones", () => {
  const evidence = {
    what: "message 1 read alone, and in the list",
    pointer: "/sent_at",
    expected: "2025-10-20T08:05:48.000-06:00",
    received: "2025-10-20T08:05:48.000-05:00",
    between: ["Get Message", "List Messages"] as const,
  };
  expect(failuresOf(render(aReport({ outcomes: [anOutcome({ verdict: "fail", evidence })] })))).toContain(`
  compared  message 1 read alone, and in the list, at /sent_at
  here      Get Message: "2025-10-20T08:05:48.000-05:00"
  there     List Messages: "2025-10-20T08:05:48.000-06:00"
  differ    the same clock time, 1 hour apart: a time zone or daylight-saving fault
            one is wrong; this run cannot say which
  document  find agrees with get (law 7)
`);
});

test("an operation that differs from several others is probably the wrong one, and that is one failure, before what is asked by time", () => {
  const differs = (law: number, between: readonly [string, string]) => {
    const evidence = { what: "a contact", pointer: `/${law}/created_at`, expected: "2025-10-20T08:05:48Z", between };
    const received = "2025-10-20T09:05:48Z";
    return anOutcome({ id: `law-${law}`, law, verdict: "fail", cause: `${law}`, evidence: { ...evidence, received } });
  };
  const before = anOutcome({ id: "law-19", law: 19, verdict: "fail", reason: "`before` lists another" });
  const pairs = [differs(28, ["Find Contact", "Get Contact"]), differs(29, ["Find Contact", "List Contacts"])];
  const text = render(aReport({ outcomes: [before, ...pairs] }));
  expect(text.match(/^FAIL .*/gm)).toEqual([
    "FAIL Find Contact shows created_at otherwise than Get Contact and List Contacts (law 28, 29)",
    "FAIL `before` lists another (Find Chat, law 19)",
  ]);
  expect(text.replaceAll("\n", " ")).toContain(". Look at the time zone first: what is asked by time");
  expect(text).toContain(`differ    1 hour apart: a time zone or daylight-saving fault
            Find Contact differs from all others: it is probably wrong
`);
  const apart = render(
    aReport({ outcomes: [differs(28, ["Find Contact", "Get Contact"]), differs(9, ["Get Chat", "List Chats"])] }),
  );
  expect(apart.match(/^FAIL/gm)).toHaveLength(2);
});

test("a failure is tied to the assumption that explains it, where the server contradicts that", () => {
  const created = anOutcome({
    id: "law-41",
    law: 41,
    verdict: "fail",
    reason: "it is not found",
    explainedBy: ["A-find-match"],
  });
  const find = anOutcome({ id: "law-1", law: 1, verdict: "contradicted", assumptions: ["A-find-match"], reason: "it depends" });
  expect(failuresOf(render(aReport({ outcomes: [created, find] })))).toContain(
    "probably  the same as A-find-match, which this server contradicts\n",
  );
  const secret = anOutcome({ verdict: "fail", harm: 2 });
  expect(render(aReport({ outcomes: [created, find, secret] }), { lines: 20 })).toContain(
    "FAIL it is not found (Find Chat, law 41), probably the same as A-find-match\n",
  );
  expect(render(aReport({ outcomes: [created] }))).not.toContain("probably");
});

test("an event that has not come is told by what did, and a command that sends says to how many", () => {
  const sent = { send_from: "+12052761148", chat: { phone_numbers: ["+12052761149", "+12052761150"] } };
  const outcome = anOutcome({
    id: "law-54",
    law: 54,
    title: "an event tells who has sent it",
    operation: "sendMessage",
    verdict: "fail",
    reason: "message.sent is not delivered",
    clause: "#/webhooks/message.sent",
    evidence: {
      what: "the events that came",
      pointer: "",
      expected: inWords`message.sent, to a subscription that asks for it`,
      received: inWords`no message.sent within 30 s of POST /chats; chat.created came`,
      awaited: true,
    },
    exchanges: [anExchange("/chats", { method: "POST", sent, body: {} })],
  });
  expect(failuresOf(render(aReport({ outcomes: [outcome] })))).toBe(`FAIL message.sent is not delivered (Webhooks, law 54)
  server    no message.sent within 30 s of POST /chats; chat.created came
  document  message.sent, to a subscription that asks for it
            Webhooks, message.sent, #/webhooks/message.sent
  request   POST /chats → 200 in 12 ms, the last of 2 requests
  see it    SENDS a real message to 2 people:
            curl -g -X POST 'https://api.linqapp.com/api/partner/v2/chats' -H "X-LINQ-INTEGRATION-TOKEN: $LINQ_TOKEN" -H 'Content-Type: application/json' -d '{"send_from":"PHONE_1","chat":{"phone_numbers":["PHONE_2","PHONE_3"]}}'
  baseline  law-54#9f2c11ab`);
});

/** From the first failure to the end of its section. */
function failuresOf(text: string): string {
  return text.slice(text.indexOf("FAIL "), text.indexOf("\n\nto do"));
}
