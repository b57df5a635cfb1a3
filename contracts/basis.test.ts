import { keywordBasisOf, statusBasisOf } from "./basis";
import { checkEvent, checkExchange, violationsOf } from "./check";
import type { Schema } from "./json-schema";
import { answerExamples, eventExamples, type Json, textOfV2 } from "./testing/contract-examples";

/* What each demand of the contract rests on. */

const contract = textOfV2.document;
const NO_DEMANDS = [
  "$ref",
  "x-strict",
  "properties",
  "items",
  "description",
  "default",
  "example",
  "examples",
  "title",
  "deprecated",
];

interface Demand {
  readonly clause: string;
  readonly schema: Schema;
  readonly keyword: string;
}

/** Every keyword of every schema of answers and events, those of components too. */
function demandsIn(node: Json, clause: string, isSchema: boolean): Demand[] {
  if (typeof node !== "object" || node === null) return [];
  const children = Object.entries<Json>(node).filter(([key]) => !/^(?:x-(?!strict$)|examples?$)/.test(key));
  const isMap = /\/(?:properties|schemas)$/.test(clause);
  const own = isSchema && !isMap && !Array.isArray(node) ? children.filter(([key]) => !NO_DEMANDS.includes(key)) : [];
  return [
    ...own.map(([keyword]) => ({ clause, schema: node, keyword })),
    ...children.flatMap(([key, child]) =>
      demandsIn(child, `${clause}/${key}`, isSchema || key === "schema" || key === "schemas"),
    ),
  ];
}

const answers = Object.values<Json>(contract.paths)
  .flatMap(Object.values)
  .map(({ responses }: Json) => responses);
const demands = demandsIn({ answers, webhooks: contract.webhooks, schemas: contract.components.schemas }, "", false);

test("every keyword of every clause has a basis, and every assumption of a basis is in the ledger", () => {
  expect(demands.length).toBeGreaterThan(500);
  const ledger = new Set(Object.keys(contract["x-assumptions"]));
  for (const { clause, schema, keyword } of demands) {
    const basis = keywordBasisOf(schema, keyword);
    const isKnown = basis === "documented" || basis === "observed" || (basis.length > 0 && basis.every((id) => ledger.has(id)));
    expect({ clause, keyword, isKnown }).toEqual({ clause, keyword, isKnown: true });
  }
});

test("a keyword of which nothing is said has none, and the contract cannot be generated", () => {
  expect(() => keywordBasisOf({ multipleOf: 2 }, "multipleOf")).toThrow("what the keyword multipleOf rests on");
});

const chat: Json = answerExamples.find(({ of }) => of.id === "getChat" && of.status === 200)?.value.data;
const [handle]: Json[] = chat.chat_handles;
const read = { method: "GET", path: "/chats/46" };

function basesOf(body: Json, status = 200, headers?: Record<string, string>): unknown[] {
  const response = { status, body, ...(headers && { headers }) };
  return violationsOf("getChat", read, response).map(({ rule, basis }) => [rule, basis]);
}

test.each<[string, Json, unknown[]]>([
  ["a type is documented", { ...chat, group: "no" }, ["type", "documented"]],
  ["a value of a list is documented", { ...chat, service: "Fax" }, ["enum", "documented"]],
  ["that a number is not negative was observed", { ...chat, message_count: -1 }, ["minimum", "observed"]],
  ["that a field is there is assumed", { ...chat, message_count: undefined }, ["required", ["A-always-present"]]],
  ["that the id is there is documented", { ...chat, id: undefined }, ["required", "documented"]],
  ["that nothing else is there is assumed", { ...chat, vibe: "good" }, ["added", ["A-extra-fields"]]],
  ["that a text is not null is assumed", { ...chat, display_name: null }, ["type", ["A-contact-empty"]]],
  ["that a value of a list is not null is documented", { ...chat, service: null }, ["type", "documented"]],
  ["that a number is not null is documented", { ...chat, message_count: null }, ["type", "documented"]],
  [
    "the form of a time is assumed",
    { ...chat, chat_handles: [{ ...handle, joined_at: "2025-06-02T14:00:00Z" }] },
    ["pattern", ["A-time-form"]],
  ],
  [
    "that a time is one is documented",
    { ...chat, chat_handles: [{ ...handle, joined_at: "2025-06-02 14:00:00" }] },
    ["format", "documented"],
  ],
])("%s", (_, data, violation) => {
  expect(basesOf({ data: JSON.parse(JSON.stringify(data)) })).toEqual([violation]);
});

test("what is assumed as a whole is assumed in all its parts, and of what it refers to", () => {
  const event: Json = eventExamples.find(({ of }) => of === "participant.added")?.value;
  const [member] = event.data.chat_handles;
  const wrong = { ...event, data: { ...event.data, chat_id: 7, chat_handles: [{ ...member, is_me: "no" }] } };
  expect(checkEvent("participant.added", wrong).map(({ basis }) => basis)).toEqual([
    ["A-event-participant"],
    ["A-event-participant"],
  ]);
});

test.each([
  ["getChat", 404, "documented"],
  ["getChat", 405, ["A-404-others"]],
  ["getChat", 422, ["A-create-status"]],
  ["getChat", 500, "documented"],
  ["getChat", 202, "documented"],
  ["findChat", 404, "documented"],
  ["createChat", 201, ["A-create-success"]],
] as const)("%s answers %i or not: %j", (operation, status, basis) => {
  expect(statusBasisOf(operation, status)).toEqual(basis);
});

test("whoever checks an exchange hears of what is documented or was observed, and of the rest when asked strictly", () => {
  const { message_count: _, ...body } = { ...chat, vibe: "good", group: "no" };
  const check = (strict?: true) => checkExchange("getChat", read, { status: 200, body: { data: body } }, strict && { strict });
  expect(check().map(({ rule }) => rule)).toEqual(["type"]);
  expect(check(true).map(({ rule }) => rule)).toEqual(["required", "added", "type"]);
});
