import { checkEvent, checkExchange, checkResponse, type ExchangeViolation } from "./check";
import type { ExchangeResponse, GivenHeaders } from "./exchange";
import { type OperationId, operations } from "./generated/v2/operations";
import { answerExamples, bodyExamples, eventExamples, type Json, valueAt } from "./testing/contract-examples";
import { corruptions, places } from "./testing/corruptions";
import { requireContract } from "./testing/require-contract";

/** What may stand anywhere, and is wrong nearly everywhere. */
const STRANGE = [
  null,
  true,
  -1,
  0,
  1.5,
  1e300,
  "",
  "text",
  "2025-05-21T15:30:00Z",
  [],
  [null],
  {},
  { id: {} },
  { errors: [{}] },
];

const STRICT = { strict: true };
const find = { method: "GET", path: "/chats/find?phone_number=%2B12052761148&phone_numbers%5B%5D=%2B12055426109" };
const chat: Json = answerExamples.find(({ name }) => name === "getChat 200, chat")?.value.data;
const contact: Json = answerExamples.find(({ name }) => name === "getContact 200, contact")?.value.data;
const plainError = { errors: [{ status: 404, code: "not_found", title: "Not Found", detail: "Chat not found" }] };
const standardError = { status: "error", error_code: "NOT_FOUND", message: "Not Found", errors: ["There is none"] };

test.each(answerExamples)("$name: it is right, and one wrong thing in it is one violation", ({ of: { id, status }, value }) => {
  expect(ofAnswer(id, { status, body: value })).toEqual([]);
  const wrong = [...corruptions(value)];
  expect(wrong.length).toBeGreaterThan(2);
  for (const { pointer, rule, corrupted } of wrong) {
    const wanted = isNothing(id, status, corrupted) ? { pointer: "", rule: "type" } : { pointer, rule };
    expect(placesOf(ofAnswer(id, { status, body: corrupted }))).toEqual([wanted]);
  }
});

test.each(eventExamples)("$name: the event is right, and one wrong thing in it is one violation", ({ of: event, value }) => {
  expect(checkEvent(event, value)).toEqual([]);
  for (const { pointer, rule, corrupted } of corruptions(value)) {
    expect(placesOf(checkEvent(event, corrupted))).toEqual([{ pointer, rule }]);
  }
});

test("every clause is one of the contract, and every demand is said in words, whatever is wrong and wherever", () => {
  const clauses = new Set<string>();
  const demands = new Set<string>();
  const note = (violations: readonly { clause: string; expected: string }[]): void => {
    for (const { clause, expected } of violations) {
      clauses.add(clause);
      demands.add(expected);
    }
  };
  for (const { of, value } of answerExamples) {
    for (const body of strangeVersions(value)) note(ofAnswer(of.id, { status: of.status, body, headers: {} }));
    note(ofAnswer(of.id, { status: 599 }));
  }
  for (const { of: event, value } of eventExamples) for (const body of strangeVersions(value)) note(checkEvent(event, body));
  for (const { of: id, value } of bodyExamples) {
    const { method, path } = operations[id];
    for (const body of [undefined, ...strangeVersions(value)]) note(checkExchange(id, { method, path, body }, { status: 200 }));
  }
  for (const [id, { method, path, query }] of Object.entries(operations) as [OperationId, (typeof operations)[OperationId]][]) {
    for (const name of Object.keys(query)) {
      for (const text of ["", "0", "never"]) {
        note(
          checkExchange(id, { method, path: `${path}?${encodeURIComponent(name)}=${text}&${name}=${text}` }, { status: 200 }),
        );
        note(checkExchange(id, { method, path: `${path}?${encodeURIComponent(name)}=${text}` }, { status: 200 }));
      }
    }
  }
  note(checkEvent("message.lost", {}));
  expect(clauses.size).toBeGreaterThan(300);
  expect([...demands].filter((demand) => /undefined|\[object|that the contract allows/.test(demand))).toEqual([]);
  expect([...clauses].filter((clause) => valueAt(clause) === undefined)).toEqual([]);
});

test("an answer is right or wrong for all readers alike", () => {
  for (const { of } of answerExamples) {
    for (const body of STRANGE) {
      const violations = ofAnswer(of.id, { status: of.status, body });
      const short = checkResponse(of.id, of.status, body);
      expect(short.map(({ pointer }) => pointer)).toEqual(violations.map(({ pointer }) => pointer));
    }
  }
});

test("every operation may be refused by the general limit, and the one that declares it in its words", () => {
  const limited = { errors: [{ status: 429, code: "too_many_requests", title: "Too Many Requests", detail: "Later" }] };
  for (const id of Object.keys(operations) as OperationId[]) {
    const { method, path } = operations[id];
    const documented = checkExchange(id, { method, path }, { status: 429, body: {} });
    expect(documented.filter(({ side }) => side === "response")).toEqual([]);
    expect(ofAnswer(id, { status: 429, body: limited })).toEqual([]);
    expect(ofAnswer(id, { status: 429, body: {} })).toMatchObject([{ basis: ["A-error-wording"] }]);
  }
});

test("a violation says which operation and status it is about, on which side, what is expected and what is there", () => {
  const body = { data: { chat: { ...chat, id: "46" } } };
  expect(checkExchange("findChat", find, { status: 200, body })).toEqual([
    {
      operation: "findChat",
      status: 200,
      side: "response",
      rule: "type",
      pointer: "/data/chat/id",
      expected: "an integer of at least 1",
      received: "46",
      clause: "#/components/schemas/Chat/properties/id",
      basis: "documented",
    },
  ]);
});

test("all that is wrong is told, each of it once", () => {
  const [handle] = chat.chat_handles;
  const { display_name: _, ...nameless } = chat;
  const body = {
    data: {
      chat: {
        ...nameless,
        service: "Telegram",
        message_count: -1,
        vibe: "good",
        chat_handles: [handle, { ...handle, joined_at: "2025-05-21 15:30:00 -0500" }, { ...handle, joined_at: "never" }],
      },
    },
  };
  expect(inShort(ofAnswer("findChat", { status: 200, body }))).toEqual([
    "/data/chat/display_name required: a string",
    "/data/chat/vibe added: no field but id, display_name, service, group, message_count, chat_handles",
    "/data/chat/service enum: one of iMessage, SMS, RCS",
    "/data/chat/message_count minimum: an integer of at least 0",
    "/data/chat/chat_handles/1/joined_at format: a time such as 2025-05-21T15:30:00.000-05:00",
    "/data/chat/chat_handles/2/joined_at format: a time such as 2025-05-21T15:30:00.000-05:00",
  ]);
});

test.each<[string, OperationId, number, Json, string[]]>([
  [
    "a time without milliseconds",
    "getContact",
    200,
    { data: { ...contact, created_at: "2025-05-20T10:00:00-05:00" } },
    ["/data/created_at pattern: a time such as 2025-05-21T15:30:00.000-05:00"],
  ],
  [
    "an address that is no URL",
    "getContact",
    200,
    { data: { ...contact, image_url: "me.png" } },
    ["/data/image_url format: a URL or null"],
  ],
  [
    "a field that may be null, of another type",
    "getContact",
    200,
    { data: { ...contact, email: 5 } },
    ["/data/email type: a string or null"],
  ],
  [
    "a page that is too long",
    "listChats",
    200,
    { data: [], meta: { page: 1, total_pages: 0, total_count: 0, per_page: 101 } },
    ["/meta/per_page maximum: an integer from 1 to 100"],
  ],
  [
    "a constant of another value",
    "listWebhookSubscriptions",
    200,
    {
      webhook_subscriptions: [
        {
          ...answerExamples.find(({ of }) => of.id === "listWebhookSubscriptions")?.value.webhook_subscriptions[0],
          version: 3,
        },
      ],
    },
    ["/webhook_subscriptions/0/version const: 2"],
  ],
  ["an error without errors", "getChat", 404, { errors: [] }, ["/errors minItems: an array of at least 1"]],
  ["an empty object for one with several fields", "listChats", 200, {}, ["(the whole) type: an object with data and meta"]],
  ["a resource that is not wrapped", "getChat", 200, chat, ["(the whole) type: an object with data"]],
  [
    "something else in the place of a resource",
    "getChat",
    200,
    { data: { message: "ok", id_of_chat: 1 } },
    ["/data type: an object with id, display_name, service, group, message_count and chat_handles"],
  ],
  ["a web page", "getChat", 200, "<!DOCTYPE html>", ["(the whole) type: an object with data"]],
])("%s", (_, id, status, body, violations) => {
  expect(inShort(ofAnswer(id, { status, body }))).toEqual(violations);
});

test.each<[string, OperationId, Json, string[]]>([
  [
    "a found chat with one wrong field",
    "findChat",
    { data: { chat: { ...chat, id: 0 } } },
    ["/data/chat/id minimum: an integer of at least 1"],
  ],
  ["a found chat with messages", "findChat", { data: { chat, messages: [] } }, ["/data/messages added: no field but chat"]],
  [
    "a chat that is another thing",
    "findChat",
    { data: { chat: { name: "x" } } },
    ["/data/chat type: an object with id, display_name, service, group, message_count and chat_handles"],
  ],
  [
    "a chat that was not found, with messages",
    "findChat",
    { data: { chat: null, messages: [{}] } },
    ["/data/messages maxItems: an empty array"],
  ],
  ["no chat, and no list of messages", "findChat", { data: { chat: null } }, ["/data/messages required: an empty array"]],
  [
    "nothing found and nothing not found",
    "findChat",
    { data: {} },
    ["/data/chat required: an object with id, display_name, service, group, message_count and chat_handles"],
  ],
  ["neither of two", "findChat", { data: [] }, ["/data type: an object with chat, or an object with chat and messages"]],
  [
    "a contact that is wrapped",
    "findContact",
    { data: contact },
    [
      `(the whole) type: an object with ${Object.keys(contact)
        .join(", ")
        .replace(/, (\w+)$/, " and $1")}, or an object with contact`,
    ],
  ],
  ["a contact in the place of none", "findContact", { contact }, ["/contact type: null"]],
  ["a found contact with one wrong field", "findContact", { ...contact, id: null }, ["/id type: an integer of at least 1"]],
  [
    "an owner that is no owner",
    "findContact",
    { ...contact, contact_owner: "Maria" },
    ["/contact_owner type: an object with id, email, first_name, last_name and name, or null"],
  ],
  [
    "an owner with one wrong field",
    "findContact",
    { ...contact, contact_owner: { ...contact.contact_owner, id: "9" } },
    ["/contact_owner/id type: an integer of at least 1"],
  ],
])("of several answers the one that was meant is explained: %s", (_, id, body, violations) => {
  expect(inShort(ofAnswer(id, { status: 200, body }))).toEqual(violations);
});

test("an error in the envelope of the other operations is one violation, and says so", () => {
  expect(ofAnswer("getChat", { status: 404, body: standardError })).toMatchObject([
    {
      rule: "envelope",
      pointer: "",
      expected: "an Error, { errors: [{ status, code, title, detail }] }, not a StandardError",
      received: standardError,
      clause: "#/components/schemas/Error",
    },
  ]);
  expect(ofAnswer("getContact", { status: 404, body: { ...plainError, vibe: "good" } })).toMatchObject([
    {
      rule: "envelope",
      expected: 'a StandardError, { status: "error", error_code, message, errors: [text] }, not an Error',
      clause: "#/components/schemas/StandardError",
    },
  ]);
});

test("an error in the right envelope, with something of the other, is told field by field", () => {
  expect(inShort(ofAnswer("getChat", { status: 404, body: { ...plainError, error_code: "NOT_FOUND" } }))).toEqual([
    "/error_code added: no field but errors",
  ]);
  expect(inShort(ofAnswer("getContact", { status: 404, body: { ...standardError, errors: [{ detail: "x" }] } }))).toEqual([
    "/errors/0 type: a string",
  ]);
});

test("what is no error is not told by its envelope", () => {
  expect(inShort(ofAnswer("getChat", { status: 200, body: standardError }))).toEqual(["(the whole) type: an object with data"]);
});

test("a field whose name has a slash or a tilde is named as pointers do", () => {
  const body = { data: { ...chat, "a/b~c": 1 } };
  expect(ofAnswer("getChat", { status: 200, body })).toMatchObject([{ rule: "added", pointer: "/data/a~1b~0c", received: 1 }]);
});

test("a status that the contract does not know is all that is said", () => {
  expect(ofAnswer("getChat", { status: 418, body: "<html>", headers: { "content-type": "text/html" } })).toMatchObject([
    {
      rule: "status",
      pointer: "",
      expected: "one of 200, 401, 404",
      received: 418,
      clause: "#/paths/~1chats~1{chat_id}/get/responses",
    },
  ]);
});

test("headers count whatever their case, and may be those of fetch", () => {
  const answered = (headers: GivenHeaders) =>
    checkExchange("findChat", find, { status: 200, headers, body: { data: { chat } } });
  for (const type of ["application/json", "text/html"]) {
    const none = inShort(answered({ "content-type": type }));
    expect(none).toHaveLength(type === "text/html" ? 1 : 0);
    for (const headers of [{ "Content-Type": type }, { "CONTENT-TYPE": [type] }, new Headers({ "Content-Type": type })])
      expect(inShort(answered(headers))).toEqual(none);
  }
});

test("a body is there exactly if the contract says so, and never for HEAD", () => {
  const none = { rule: "body", pointer: "", expected: "no body", clause: "#/paths/~1contacts~1{id}/delete/responses/204" };
  expect(ofAnswer("deleteContact", { status: 204 })).toEqual([]);
  expect(ofAnswer("deleteContact", { status: 204, body: {} })).toMatchObject([{ ...none, received: {} }]);
  expect(ofAnswer("startTyping", { status: 201, headers: {} })).toEqual([]);
  expect(inShort(ofAnswer("getChat", { status: 200, headers: {} }))).toEqual(["(the whole) body: a JSON body"]);
  const head = { method: "HEAD", path: "/chats/46" };
  expect(checkExchange("getChat", head, { status: 200, headers: { "content-type": "application/json" } })).toEqual([]);
  expect(inShort(checkExchange("getChat", head, { status: 200, body: { data: chat } }, STRICT))).toEqual([
    "(the whole) body: no body",
  ]);
  expect(inShort(checkExchange("getChat", head, { status: 500 }))).toEqual(["(the whole) status: one of 200, 401, 404"]);
});

test.each([
  "application/json",
  "application/json; charset=utf-8",
  'Application/JSON;charset="UTF-8"',
  "application/json ; charset=utf8",
])("JSON may come as %s", (type) => {
  expect(ofAnswer("getChat", { status: 200, body: { data: chat }, headers: { "content-type": type } })).toEqual([]);
});

test.each([
  undefined,
  "",
  "text/html",
  "text/json",
  "application/json; charset=latin1",
  "application/problem+json",
  "application/jsonp",
])("JSON may not come as %s", (type) => {
  const headers: Record<string, string> = type === undefined ? {} : { "content-type": type };
  expect(ofAnswer("getChat", { status: 200, body: { data: chat }, headers })).toMatchObject([
    {
      rule: "content-type",
      pointer: "",
      expected: "application/json",
      received: type,
      clause: "#/paths/~1chats~1{chat_id}/get/responses/200",
    },
  ]);
});

test("a wrong content type does not hide what else is wrong, but of a page no more is said", () => {
  const headers = { "content-type": "text/html" };
  expect(inShort(ofAnswer("getChat", { status: 200, body: { data: { ...chat, id: 0 } }, headers }))).toEqual([
    "(the whole) content-type: application/json",
    "/data/id minimum: an integer of at least 1",
  ]);
  expect(inShort(ofAnswer("getChat", { status: 200, body: "<html>", headers }))).toEqual([
    "(the whole) content-type: application/json",
  ]);
});

test.each<[string, OperationId, string, Json, string[]]>([
  ["a right query", "findChat", find.path, undefined, []],
  [
    "brackets as they are typed",
    "findChat",
    "/chats/find?phone_number=2052761148&phone_numbers[]=a@b.co&phone_numbers[]=+12",
    undefined,
    [],
  ],
  ["a parameter that the contract does not know", "getChat", "/chats/46?verbose=1", undefined, []],
  ["no query", "findChat", "/chats/find", undefined, ["/query type: an object with phone_number and phone_numbers[]"]],
  [
    "no list",
    "findChat",
    "/chats/find?phone_number=2052761148",
    undefined,
    ["/query/phone_numbers[] required: an array of at least 1"],
  ],
  [
    "blanks",
    "findChat",
    "/chats/find?phone_number=%20&phone_numbers[]=1&phone_numbers[]=",
    undefined,
    ["/query/phone_number pattern: a string that is not blank", "/query/phone_numbers[]/1 pattern: a string that is not blank"],
  ],
  [
    "pages that are none",
    "listContacts",
    "/contacts?page=0&per_page=many",
    undefined,
    ["/query/page minimum: an integer of at least 1", "/query/per_page type: an integer of at least 1"],
  ],
  [
    "a value that is given twice",
    "listContacts",
    "/contacts?page=1&page=2",
    undefined,
    ["/query/page type: an integer of at least 1"],
  ],
  [
    "an order that is none; times are asked for in many forms",
    "listMessages",
    "/chats/46/chat_messages?before=20250521T1530&sort=up",
    undefined,
    ["/query/sort enum: one of asc, desc"],
  ],
  ["a right body", "editMessage", "/chats/46/chat_messages/1/edit", { text: "Hi", by: "me" }, []],
  [
    "a flat body",
    "createChat",
    "/chats",
    { phone_numbers: ["1"], text: "Hi" },
    ["/body type: an object with send_from, chat and message"],
  ],
  [
    "a wrong field",
    "createReaction",
    "/chat_messages/1/reactions",
    { type: "heart", operation: "add" },
    ["/body/type enum: one of love, like, dislike, laugh, emphasize, question"],
  ],
  [
    "none of several fields",
    "createContact",
    "/contacts",
    { contact: { title: "Dr" } },
    ["/body/contact anyOf: an object with at least one of first_name, last_name, email, phone_number"],
  ],
  ["no body", "createContact", "/contacts", undefined, ["/body body: a JSON body"]],
  ["no JSON, as of a form", "sendMessage", "/chats/46/chat_messages", undefined, []],
])("of requests, %s", (_, id, path, body, violations) => {
  const found = checkExchange(id, { method: operations[id].method, path, body }, { status: 299 });
  expect(inShort(found.filter(({ side }) => side === "request"))).toEqual(violations);
});

test("an event that the contract does not know is one violation, whatever its name", () => {
  for (const event of ["message.lost", "constructor", "__proto__", "getChat 200", ""]) {
    expect(checkEvent(event, {})).toMatchObject([
      { event, rule: "enum", pointer: "/event_type", received: event, clause: "#/components/schemas/WebhookEventType" },
    ]);
  }
});

test("the short readers say the same in a sentence", () => {
  const reasons = (status: number, body: unknown): string[] =>
    checkResponse("getChat", status, body).map(({ pointer, reason }) => `${pointer} ${reason}`.trim());
  expect(reasons(500, undefined)).toEqual(["the status must be one of 200, 401, 404"]);
  expect(reasons(200, undefined)).toEqual(["there must be a JSON body"]);
  expect(reasons(200, [])).toEqual(["the body must be an object with data"]);
  const { group: _, ...rest } = chat;
  expect(reasons(200, { data: { ...rest, vibe: 1, id: 1.5 } })).toEqual([
    "/data/group is missing; it must be true or false",
    "/data/vibe is a field that the contract does not know",
    "/data/id must be an integer of at least 1",
  ]);
  expect(checkResponse("deleteContact", 204, {})).toMatchObject([{ pointer: "", reason: "there must be no body" }]);
  expect(() => requireContract("GET", "/chats/46?x=1", 200, {})).toThrow(
    /GET \/chats\/46\?x=1 breaks the contract: .*"\/data"/s,
  );
  expect(() => requireContract("GET", "/nothing", 200, {})).not.toThrow();
});

/** The violations of an answer alone. */
function ofAnswer(id: OperationId, response: ExchangeResponse): ExchangeViolation[] {
  const { method, path } = operations[id];
  return checkExchange(id, { method, path }, response, STRICT).filter(({ side }) => side === "response");
}

/** Of a contact that was not found `contact` is all there is: without it, nobody can tell which of the two answers was meant. */
function isNothing(id: OperationId, status: number, body: Json): boolean {
  return id === "findContact" && status === 200 && Object.keys(body).length === 0;
}

/** Copies of a value with something else in each place in turn. */
function* strangeVersions(value: Json): Generator<Json> {
  for (const { replace } of places(value)) for (const strange of STRANGE) yield replace(strange);
}

function placesOf(violations: readonly { pointer: string; rule: string }[]): { pointer: string; rule: string }[] {
  return violations.map(({ pointer, rule }) => ({ pointer, rule }));
}

function inShort(violations: readonly { pointer: string; rule: string; expected: string }[]): string[] {
  return violations.map(({ pointer, rule, expected }) => `${pointer || "(the whole)"} ${rule}: ${expected}`);
}

test("what is missing in a query is told with the clause of the parameters", () => {
  const [violation] = checkExchange("findChat", { method: "GET", path: "/chats/find" }, { status: 200 });
  expect(violation).toMatchObject({ side: "request", pointer: "/query", clause: "#/paths/~1chats~1find/get/parameters" });
});
