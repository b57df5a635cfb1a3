import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { keywordBasisOf } from "./basis";
import { checkEvent, checkResponse } from "./check";
import { contractV3 } from "./contract-version";
import { errorCodes } from "./generated/v3/error-codes";
import { type OperationId, operations } from "./generated/v3/operations";
import { type Json, textOfV3 } from "./testing/contract-examples";
import { places } from "./testing/corruptions";

const { document, answers, bodies, events } = textOfV3;
const responses = textOfV3.operations.flatMap(({ id, operation }) =>
  Object.entries<Json>(operation.responses).map(([status, response]) => ({
    id,
    status: Number(status),
    hasBody: textOfV3.resolve(response).content !== undefined,
  })),
);

test("has all 71 operations and all 75 events, and an example of each answer and of each form of an event", () => {
  expect(Object.keys(operations)).toEqual(textOfV3.operations.map(({ id }) => id));
  expect(textOfV3.operations).toHaveLength(71);
  expect([...contractV3.events].sort()).toEqual(Object.keys(document.webhooks).sort());
  expect(contractV3.events).toHaveLength(75);
  const known = new Set(answers.map(({ of: { id, status } }) => `${id} ${status}`));
  expect(responses.filter(({ id, status, hasBody }) => known.has(`${id} ${status}`) !== hasBody)).toEqual([]);
  const schemaOf = (event: string): string => document.webhooks[event].post.requestBody.content["application/json"].schema.$ref;
  const shown = new Set(events.map(({ of }) => schemaOf(of)));
  expect(contractV3.events.filter((event) => !shown.has(schemaOf(event)))).toEqual([]); // many have one form
});

test("every schema compiles", () => {
  const keywords = ["components", "x-provenance", "x-assumption", "x-basis", "x-strict", "x-private", "example"];
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, discriminator: true, keywords });
  addFormats(ajv);
  ajv.addSchema({ $id: "/contract", components: document.components });
  const names = Object.keys(document.components.schemas);
  expect(names.length).toBeGreaterThan(150);
  for (const name of names) expect(() => ajv.compile({ $ref: `/contract#/components/schemas/${name}` })).not.toThrow();
});

test("every assumption that is marked is defined", () => {
  const known = Object.keys(document["x-assumptions"]);
  const marked = [...places({ ...document, "x-assumptions": {} })].flatMap(({ node }) => node?.["x-assumption"] ?? []);
  expect(marked.filter((id) => !known.includes(id))).toEqual([]);
});

test("every error code that an operation lists is known, by the status that it lists it for", () => {
  const wrong = Object.entries(operations).flatMap(([id, { errorCodes: listed, statuses }]) =>
    Object.entries<readonly number[]>(listed).flatMap(([status, codes]) => {
      const isDeclared = (statuses as readonly number[]).includes(Number(status));
      const unknown = codes.filter((code) => !Object.hasOwn(errorCodes, code));
      return isDeclared && unknown.length === 0 ? [] : [`${id} ${status} ${unknown}`];
    }),
  );
  expect(wrong).toEqual([]);
});

test.each(answers)("$name obeys", ({ of: { id, status }, value }) => {
  expect(checkResponse(id, status, value, contractV3)).toEqual([]);
});

test.each(bodies)("$name obeys", ({ of: id, value }) => {
  expect(contractV3.requests[`${id} body`]?.(value)).toBe(true);
  expect(contractV3.requests[`${id} body`]?.("text")).toBe(false);
});

test.each(events)("the event $name obeys, and every field of another type is noticed", ({ of: event, value }) => {
  expect(checkEvent(event, value)).toEqual([]);
  expect(unnoticed(value, (other) => checkEvent(event, other))).toEqual([]);
});

test.each(answers)("$name: every field of another type is noticed, and every unknown one", ({ of: { id, status }, value }) => {
  expect(unnoticed(value, (other) => checkResponse(id, status, other, contractV3))).toEqual([]);
});

test.each(responses.filter(({ hasBody }) => !hasBody))("$id $status: any body fails", ({ id, status }) => {
  expect(checkResponse(id, status, undefined, contractV3)).toEqual([]);
  expect(checkResponse(id, status, {}, contractV3)).not.toEqual([]);
});

test.each(Object.keys(operations) as OperationId[])("%s: an undeclared status fails", (id) => {
  expect(checkResponse(id, 418, undefined, contractV3)).toMatchObject([
    { reason: expect.stringContaining("the status must be") },
  ]);
});

test("every keyword of an answer or an event has a basis", () => {
  const keywords =
    "type const enum format pattern minimum maximum minLength maxLength minItems maxItems oneOf required required/id null";
  for (const keyword of keywords.split(" ")) expect(keywordBasisOf({}, keyword, contractV3)).toBe("documented");
  expect(keywordBasisOf({}, "additionalProperties", contractV3)).toEqual(["A-v3-extra-fields"]);
  expect(() => keywordBasisOf({}, "not", contractV3)).toThrow("does not say what the keyword not rests on");
});

/** What a call tells is not documented. */
function isFree(pointer: string, { event_type: type = "" }: Json): boolean {
  return pointer === "/data" && type.startsWith("call.");
}

/** Which of the copies of a value with one thing wrong somewhere are not noticed. */
function unnoticed(value: Json, check: (other: Json) => readonly unknown[]): string[] {
  return [...places(value)].flatMap(({ pointer, node, replace }) => {
    const isObject = typeof node === "object" && node !== null && !Array.isArray(node);
    const other = isObject ? { ...node, surprise: true } : Array.isArray(node) ? "no list" : { not: "expected" };
    return check(replace(other)).length > 0 || (isObject && isFree(pointer, value)) ? [] : [pointer];
  });
}
