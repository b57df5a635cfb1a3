import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { checkResponse } from "./check";
import { type OperationId, operations } from "./generated/v2/operations";
import requestValidators from "./generated/v2/request-validators";
import responseValidators from "./generated/v2/response-diagnosis";
import { type Json, textOfV2 } from "./testing/contract-examples";

/* The document, read as text: these tests share nothing with the generators. */

/** The fields of answers that may be absent: the user of a phone number. */
/** Those of a subscription are in the vendor's schema, and in none of its answers. */
const OPTIONAL = /\/user$|webhook_subscription.*\/(created|updated)_at$/;

const contract = textOfV2.document;
const listed: { id: OperationId; key: string; operation: Json }[] = Object.entries<Json>(contract.paths).flatMap(
  ([path, item]) =>
    Object.entries<Json>(item)
      .filter(([method]) => method !== "parameters")
      .map(([method, operation]) => ({ id: operation.operationId, key: `${method.toUpperCase()} ${path}`, operation })),
);
const responses: { id: OperationId; status: number; content: Json }[] = listed.flatMap(({ id, operation }) =>
  Object.entries<Json>(operation.responses).map(([status, response]) => ({
    id,
    status: Number(status),
    content: resolve(response).content?.["application/json"],
  })),
);
const withBody = responses.filter(({ content }) => content !== undefined);
const withoutBody = responses.filter(({ content }) => content === undefined);
const events: [string, Json][] = Object.entries<Json>(contract.webhooks).map(([name, { post }]) => [
  name,
  post.requestBody.content["application/json"],
]);

function resolve(node: Json): Json {
  return node.$ref === undefined
    ? node
    : node.$ref
        .split("/")
        .slice(1)
        .reduce((parent: Json, key: string) => parent[key], contract);
}

function examplesOf(content: Json): [string, Json][] {
  return Object.entries<Json>(content.examples).map(([name, example]) => [name, resolve(example).value]);
}

/** Copies of a value, each with one thing wrong somewhere: a field missing, of another type, or too many. */
function* corruptions(value: Json): Generator<{ what: string; corrupted: Json }> {
  for (const { pointer, node, replace } of places(value)) {
    if (typeof node !== "object" || node === null) {
      yield { what: `${pointer} of another type`, corrupted: replace({ not: "expected" }) };
      continue;
    }
    if (Array.isArray(node)) {
      yield { what: `${pointer} no array`, corrupted: replace("not an array") };
      continue;
    }
    yield { what: `${pointer} with an unknown field`, corrupted: replace({ ...node, surprise: true }) };
    for (const key of Object.keys(node).filter((name) => !OPTIONAL.test(`${pointer}/${name}`))) {
      const { [key]: _, ...rest } = node;
      yield { what: `${pointer}/${key} missing`, corrupted: replace(rest) };
    }
  }
}

interface Place {
  readonly pointer: string;
  readonly node: Json;
  replace(by: Json): Json;
}

function* places(node: Json, pointer = "", replace: Place["replace"] = (by) => by): Generator<Place> {
  yield { pointer, node, replace };
  if (typeof node !== "object" || node === null) return;
  for (const [key, child] of Object.entries<Json>(node)) {
    const replaceChild = (by: Json): Json => replace(Array.isArray(node) ? node.with(Number(key), by) : { ...node, [key]: by });
    yield* places(child, `${pointer}/${key}`, replaceChild);
  }
}

test("has all 30 operations and all 14 events", () => {
  expect(listed).toHaveLength(30);
  expect(Object.values(operations).map(({ method, path }) => `${method} ${path}`)).toEqual(listed.map(({ key }) => key));
  expect(events.map(([name]) => name).sort()).toEqual(
    [
      "call.completed",
      "chat.created",
      "contact.created",
      "contact.deleted",
      "contact.updated",
      "message.read",
      "message.received",
      "message.sent",
      "participant.added",
      "participant.removed",
      "reaction.received",
      "reaction.sent",
      "typing_indicator.received",
      "typing_indicator.removed",
    ].sort(),
  );
});

test("every schema compiles", () => {
  const ajv = new Ajv2020({
    strict: true,
    strictTypes: false,
    strictRequired: false,
    keywords: ["components", "x-provenance", "x-assumption", "x-basis", "x-strict", "x-private", "example"],
  });
  addFormats(ajv);
  ajv.addSchema({ $id: "/contract", components: contract.components });
  const names = Object.keys(contract.components.schemas);
  expect(names.length).toBeGreaterThan(40);
  for (const name of names) expect(() => ajv.compile({ $ref: `/contract#/components/schemas/${name}` })).not.toThrow();
});

test("every assumption that is marked is defined, and every one defined is marked", () => {
  const marked = new Set<string>();
  for (const { node } of places({ ...contract, "x-assumptions": {} }))
    for (const id of [...(node?.["x-assumption"] ?? []), ...idsIn(node?.["x-basis"])]) marked.add(id);
  expect([...marked].sort()).toEqual(Object.keys(contract["x-assumptions"]).sort());
});

function idsIn(basis: Json): string[] {
  const rested = typeof basis === "object" && !Array.isArray(basis) ? Object.values<Json>(basis ?? {}) : [basis];
  return rested.flat().filter((id: Json) => typeof id === "string" && id.startsWith("A-"));
}

test.each(responses)("$id $status has a validator exactly if it has a body", ({ id, status, content }) => {
  expect(`${id} ${status}` in responseValidators).toBe(content !== undefined);
});

test.each(withBody)("$id $status: every example passes", ({ id, status, content }) => {
  expect(examplesOf(content).length).toBeGreaterThan(0);
  for (const [, value] of examplesOf(content)) expect(checkResponse(id, status, value)).toEqual([]);
});

test.each(withBody)("$id $status: neither nothing, nor an empty object, nor a page is an answer", ({ id, status }) => {
  for (const body of [undefined, null, {}, [], "", "<!DOCTYPE html><title>Sign in</title>", 1, true]) {
    expect(checkResponse(id, status, body)).not.toEqual([]);
  }
});

test.each(withBody)("$id $status: every corruption of every example fails", ({ id, status, content }) => {
  const survivors: string[] = [];
  let count = 0;
  for (const [name, value] of examplesOf(content)) {
    for (const { what, corrupted } of corruptions(value)) {
      count += 1;
      if (checkResponse(id, status, corrupted).length === 0) survivors.push(`${name}: ${what}`);
    }
  }
  expect(count).toBeGreaterThan(2);
  expect(survivors).toEqual([]);
});

test.each(withoutBody)("$id $status: any body fails", ({ id, status }) => {
  expect(checkResponse(id, status, undefined)).toEqual([]);
  expect(checkResponse(id, status, {})).not.toEqual([]);
});

test.each(Object.keys(operations) as OperationId[])("%s: an undeclared status fails", (id) => {
  expect(checkResponse(id, 418, { errors: [{ status: 418, code: "teapot", title: "Teapot", detail: "short" }] })).not.toEqual(
    [],
  );
});

test.each(events)("the event %s: every example passes and every corruption fails", (name, content) => {
  const validate = responseValidators[name as keyof typeof responseValidators];
  expect(examplesOf(content).length).toBeGreaterThan(0);
  for (const [, value] of examplesOf(content)) {
    expect(validate(value)).toBe(true);
    expect(Object.keys(value)).toEqual(["api_version", "created_at", "data", "event_id", "event_type"]);
    for (const { what, corrupted } of corruptions(value))
      expect({ what, valid: validate(corrupted) }).toEqual({ what, valid: false });
  }
});

test.each(listed.filter(({ operation }) => operation.requestBody?.content["application/json"]))(
  "$id: every example of its body passes",
  ({ id, operation }) => {
    const validate = requestValidators[`${id} body` as keyof typeof requestValidators];
    for (const [, value] of examplesOf(operation.requestBody.content["application/json"])) expect(validate(value)).toBe(true);
    expect(validate(undefined)).toBe(false);
    expect(validate("text")).toBe(false);
  },
);

test("the documented bodies are examples to the letter", () => {
  const [, chat] = examplesOf(responses.find(({ id, status }) => id === "getChat" && status === 404)?.content)[0] ?? [];
  const [, contact] = examplesOf(responses.find(({ id, status }) => id === "getContact" && status === 404)?.content)[0] ?? [];
  expect(JSON.stringify(chat)).toBe(
    '{"errors":[{"status":404,"code":"not_found","title":"Not Found","detail":"Chat not found"}]}',
  );
  expect(JSON.stringify(contact)).toBe(
    '{"status":"error","error_code":"CONTACT_NOT_FOUND","message":"Contact not found","errors":["The requested contact does not exist or is not accessible to your organization"]}',
  );
});
