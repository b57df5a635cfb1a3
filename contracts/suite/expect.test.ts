import type { ApiContact } from "../api-types";
import type { OperationId } from "../generated/v2/operations";
import { expectContact, expectEnvelope, expectSame, expectSameIds } from "./expect";
import { Broken, Description, Skip } from "./law-errors";
import type { RecordedExchange } from "./report";

const ADA = contact(1, "ada@example.com", "+12055550101");

test("the contact itself is what was looked for", () => {
  expect(() => expectContact(ADA, { ...ADA }, "a contact", "Get Contact")).not.toThrow();
});

test.each([
  ["nobody is found", null],
  ["somebody else is found", contact(2, "eve@example.com", "+12055550102")],
  ["somebody else is found who has neither address nor number", contact(2, null, null)],
  ["the contact is shown otherwise", { ...ADA, company: "Engines" }],
])("it is broken when %s", (_, found) => {
  expect(() => expectContact(found, ADA, "a contact", "Get Contact")).toThrow(Broken);
});

test.each([
  ["e-mail address", contact(2, "Ada@Example.com", null)],
  ["number", contact(2, null, "+12055550101")],
])("nothing is said when another contact has the same %s", (_, twin) => {
  expect(() => expectContact(twin, ADA, "a contact", "Get Contact")).toThrow(Skip);
});

function contact(id: number, email: string | null, phone_number: string | null): ApiContact {
  return {
    id,
    first_name: null,
    last_name: null,
    full_name: null,
    email,
    phone_number,
    company: null,
    title: null,
    location: null,
    image_url: null,
    created_at: "2025-05-21T15:30:00.000-05:00",
    updated_at: "2025-05-21T15:30:00.000-05:00",
    contact_owner: null,
  };
}

test.each([
  ["the same address, signed anew", "https://files.example.com/map.png?signature=2", false],
  ["another address", "https://files.example.com/cat.png?signature=1", true],
])("a file has %s", (_, url, isBroken) => {
  const file = { id: 1, url: "https://files.example.com/map.png?signature=1" };
  const compare = (): void => expectSame([{ ...file, url }], [file], "the files of a message");
  if (isBroken) expect(compare).toThrow(expect.objectContaining({ evidence: expect.objectContaining({ pointer: "/0/url" }) }));
  else expect(compare).not.toThrow();
});

const ERROR = { errors: [{ status: 404, code: "not_found", title: "Not Found", detail: "Chat not found" }] };
const STANDARD = { status: "error", error_code: "NOT_FOUND", message: "Not Found", errors: ["There is none"] };

function refusal(operation: OperationId, body: unknown): RecordedExchange {
  const request = { method: "GET", path: "/" };
  return { operation, request, response: { status: 404, headers: {}, body, text: "" }, token: "own", ms: 1 };
}

test.each([
  ["getChat", ERROR],
  ["updatePhoneNumber", ERROR],
  ["getContact", STANDARD],
  ["deleteWebhookSubscription", STANDARD],
] as const)("%s in the envelope of its group is right", (operation, body) => {
  expect(() => expectEnvelope(refusal(operation, body))).not.toThrow();
});

test.each([
  ["getChat", STANDARD],
  ["getContact", ERROR],
  ["getChat", { errors: [] }],
  ["getChat", "Not Found"],
  ["getContact", undefined],
] as const)("%s in something else is not", (operation, body) => {
  expect(() => expectEnvelope(refusal(operation, body))).toThrow(Broken);
});

test("what is shown is how it should look, and what came", () => {
  const evidence = {
    what: "the envelope of getContact 404",
    pointer: "",
    expected: new Description('{"status": "error", ...}'),
    received: ERROR,
  };
  expect(() => expectEnvelope(refusal("getContact", ERROR))).toThrow(expect.objectContaining({ evidence }));
});

const entries = (...ids: number[]): { id: number }[] => ids.map((id) => ({ id }));

test("lists with the same entries are the same in any order", () => {
  expect(() => expectSameIds(entries(3, 1, 2), entries(1, 2, 3), "a list")).not.toThrow();
  expect(() => expectSameIds([], [], "a list")).not.toThrow();
});

test.each([
  ["is missing", entries(1, 3), { expected: new Description("entry 2 among others"), received: [1, 3] }],
  [
    "does not belong there",
    entries(1, 2, 3, 4),
    { expected: new Description("no entry 4"), received: new Description("entry 4") },
  ],
  ["comes twice", entries(1, 2, 2, 3), { expected: new Description("entry 2 once"), received: new Description("entry 2") }],
])("an entry that %s breaks it", (_, received, evidence) => {
  expect(() => expectSameIds(received, entries(1, 2, 3), "a list")).toThrow(
    expect.objectContaining({ evidence: { what: "a list", pointer: "", ...evidence } }),
  );
});
