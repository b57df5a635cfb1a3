import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { checkEvent, isOnlyAssumed, violationsOf } from "./check";
import { isRecord } from "./exchange";
import { operations } from "./generated/v2/operations";
import { answerExamples, eventExamples, type Json, textOfV2 } from "./testing/contract-examples";
import { places } from "./testing/corruptions";
import type { ContractViolation } from "./violation-text";

/* The contract as somebody uses it who has nothing of ours but the file: with ajv, as it is, and with its strict part by name. */

const contract = textOfV2.document;
const documented = addFormats(new Ajv2020({ strict: false }));
const strict = addFormats(new Ajv2020({ strict: false }));
strict.addKeyword({ keyword: "x-strict", macro: (clauses) => clauses });
for (const ajv of [documented, strict]) ajv.addSchema(contract, "linq");

interface Seen {
  readonly name: string;
  /** Where its schema stands in the file. */
  readonly schema: string;
  readonly value: Json;
  /** What the kit says of another value in its place. */
  readonly violations: (value: Json) => readonly ContractViolation[];
}

const answers = answerExamples.map(({ of: { id, status }, name, value }): Seen => {
  const { path, method } = operations[id];
  const { $ref } = contract.paths[path][method.toLowerCase()].responses[status];
  return {
    name,
    schema: `${$ref ?? `#/paths/${escaped(path)}/${method.toLowerCase()}/responses/${status}`}/content/application~1json/schema`,
    value,
    violations: (body) => violationsOf(id, { method, path }, { status, body }).filter(({ side }) => side === "response"),
  };
});
const events = eventExamples.map(
  ({ of: event, name, value }): Seen => ({
    name,
    schema: `#/webhooks/${event}/post/requestBody/content/application~1json/schema`,
    value,
    violations: (body) => checkEvent(event, body),
  }),
);

function escaped(step: string): string {
  return encodeURI(step.replaceAll("/", "~1"));
}

/** Copies of a value, each with one thing otherwise. */
function* variants(value: Json): Generator<Json> {
  for (const { node, replace } of places(value)) {
    for (const other of [null, "text", -1, true, [], {}, "2024-01-15T10:30:00Z"]) yield replace(other);
    if (typeof node !== "object" || node === null || Array.isArray(node)) continue;
    yield replace({ ...node, surprise: true });
    for (const key of Object.keys(node)) yield replace({ ...node, [key]: undefined });
  }
}

test.each([...answers, ...events])("$name: plain ajv and the kit agree on what breaks it", ({ schema, value, violations }) => {
  const [isDocumented, isStrict] = [documented, strict].map((ajv) => ajv.compile({ $ref: `linq${schema}` }));
  for (const variant of variants(value)) {
    const body = JSON.parse(JSON.stringify(variant));
    const found = violations(body);
    if (found.some(isAnotherThing)) continue;
    const expected = {
      documented: found.every(isOnlyAssumed),
      strict: found.every(({ rule }) => rule === "added"),
    };
    expect({ body, found, documented: isDocumented?.(body), strict: isStrict?.(body) }).toEqual({ body, found, ...expected });
  }
});

/** The kit takes an object that has nothing of what is listed for another thing; the vendor's schemas demand nothing of it. */
function isAnotherThing({ rule, received, expected }: ContractViolation): boolean {
  return rule === "type" && isRecord(received) && expected.includes("an object");
}

const validators = (component: string) =>
  [documented, strict].map((ajv) => ajv.compile({ $ref: `linq#/components/schemas/${component}` }));

test.each<[string, Json, boolean, boolean]>([
  ["the example", {}, true, true],
  ["a time in UTC", { sent_at: "2025-05-21T20:30:00Z" }, true, false],
  ["a field left out", { reactions: undefined }, true, false],
  ["null for a text", { text: null }, true, false],
  ["a field more", { vibe: "good" }, true, true],
  ["no id", { id: undefined }, false, false],
  ["a time that is none", { sent_at: "yesterday" }, false, false],
  ["a text for a number", { chat_handle_id: "126" }, false, false],
  ["a status that is not listed", { delivery_status: "lost" }, false, false],
])("a message with %s", (_, change, isDocumented, isStrict) => {
  const { value } = answers.find(({ name }) => name.startsWith("getMessage 200")) as Seen;
  const message = JSON.parse(JSON.stringify({ ...value.data, ...change }));
  expect(validators("ChatMessage").map((validate) => validate(message))).toEqual([isDocumented, isStrict]);
});
