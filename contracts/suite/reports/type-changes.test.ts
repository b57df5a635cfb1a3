import { aReport } from "./testing/a-report";
import { anExchange } from "./testing/an-exchange";
import { anOutcome, aShape } from "./testing/an-outcome";
import { render } from "./testing/render";

/* What is told of values of another type. */

const ofType = (operation: "listChats" | "getChat" | "listContacts", pointer: string, received: unknown, expected: string) =>
  aShape({
    id: `shape-${operation}-200-${pointer}:type`,
    place: `${operation} 200`,
    operation,
    verdict: "fail",
    reason: `${pointer} must be ${expected}`,
    cause: `type ${operation} ${pointer}`,
    evidence: { what: "type", pointer, expected, received },
    exchanges: [anExchange("/chats", { body: {} })],
  });

test("ids that are texts everywhere are one failure, with all that could not be judged for it", () => {
  const hidden = anOutcome({ verdict: "inconclusive", reason: "its shape is broken", cause: "type getChat /data/id" });
  const outcomes = [
    ofType("listChats", "/data/0/id", "1", "an integer of at least 1"),
    ofType("getChat", "/data/id", "1", "an integer of at least 1"),
    ofType("listContacts", "/contacts/0/contact_owner_id", "7", "an integer of at least 1"),
    hidden,
  ];
  const text = render(aReport({ outcomes }));
  expect(text.match(/^FAIL .*/gm)).toEqual(["FAIL ids are strings instead of integers (id, contact_owner_id) in 3 operations"]);
  expect(text).toContain("  hides     1 check: its shape is broken");
  expect(text).toContain("(1 failure in 3 checks)");
});

test("other fields, and other types, are failures of their own", () => {
  const outcomes = [
    ofType("listChats", "/data/0/id", "1", "an integer of at least 1"),
    ofType("getChat", "/data/id", 1.5, "an integer of at least 1"),
    ofType("listContacts", "/pagination/current_page", "1", "an integer of at least 1"),
  ];
  expect(render(aReport({ outcomes })).match(/^FAIL /gm)).toHaveLength(3);
});

test("values that differ in type alone are told as such", () => {
  const evidence = { what: "the id in contact.deleted", pointer: "", expected: "26", received: 26 };
  const text = render(aReport({ outcomes: [anOutcome({ verdict: "fail", evidence })] }));
  expect(text).toContain("the id in contact.deleted: 26\n            the same value, in another type\n");
  expect(text).toContain('  document  "26", since');
});
