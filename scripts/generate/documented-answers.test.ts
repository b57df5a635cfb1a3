import type { ContractDocument } from "./contract-document";
import { dereferenced, schemaToMakeUp } from "./documented-answers";

const contract = {
  components: {
    schemas: {
      Name: { type: "string" },
      Person: { type: "object", properties: { name: { $ref: "#/components/schemas/Name" } } },
      Parent: { properties: { child: { $ref: "#/components/schemas/Parent" } } },
    },
  },
} as unknown as ContractDocument;

test("references are replaced at every depth, and what stands beside one comes on top", () => {
  const part = [{ $ref: "#/components/schemas/Person", description: "Who." }];
  expect(dereferenced(contract, part)).toEqual([
    { type: "object", properties: { name: { type: "string" } }, description: "Who." },
  ]);
});

test("a reference to nothing is an error, and so is one that leads back to itself", () => {
  expect(() => dereferenced(contract, { $ref: "#/components/schemas/Nobody" })).toThrow(
    "the contract has no #/components/schemas/Nobody",
  );
  expect(() => dereferenced(contract, { $ref: "#/components/schemas/Parent" })).toThrow("leads back to itself");
});

const object = (properties: object) => ({ type: "object", required: Object.keys(properties), properties });

test.each<[string, object, object]>([
  ["may be null as often as not", { type: ["boolean", "null"] }, { oneOf: [{ type: "boolean" }, { type: "null" }] }],
  ["is always the same", { type: "integer", const: 2 }, { const: 2 }],
  ["is always empty", { type: "array", maxItems: 0 }, { const: [], type: "array" }],
  ["has a pattern of its own", { type: "string", pattern: "^a+$" }, { type: "string", pattern: "^a+$" }],
  ["is one of several", { type: "string", enum: ["a", "b"], description: "A or b." }, { type: "string", enum: ["a", "b"] }],
  ["is a number within bounds", { type: "integer", minimum: 1 }, { type: "integer", minimum: 1 }],
  ["is a union", { oneOf: [{ type: "null" }, { const: 1 }] }, { oneOf: [{ type: "null" }, { const: 1 }] }],
])("a value that %s", (_, schema, made) => {
  expect(schemaToMakeUp(schema as never, { version: "v2", status: 200 })).toEqual(made);
});

test("an object is closed, and a field whose schema says too little is made up by its name", () => {
  const schema = object({ email: { type: "string" }, title: { type: "string" }, status: { type: "integer", minimum: 400 } });
  expect(schemaToMakeUp(schema, { version: "v2", status: 422 })).toEqual({
    type: "object",
    required: ["email", "title", "status"],
    properties: {
      email: { type: "string", pattern: expect.stringContaining("@example") },
      title: { type: "string" },
      status: { type: "integer", const: 422 },
    },
    additionalProperties: false,
  });
});

test("a field that is gone is not made up", () => {
  const schema = {
    ...object({ id: { type: "integer" } }),
    properties: { id: { type: "integer" }, user: { type: "string", deprecated: true } },
  };
  const made = schemaToMakeUp(schema as never, { version: "v2", status: 200 });
  expect(made["properties"]).toEqual({ id: { type: "integer" } });
});

test.each([
  ["an unknown format", { type: "string", format: "ipv4" }],
  ["an unknown type", { type: "file" }],
  ["no type", {}],
  ["a list that ends", { type: "array", maxItems: 3, items: { type: "string" } }],
])("%s is an error, deep in a schema, too", (_, schema) => {
  expect(() =>
    schemaToMakeUp(object({ field: { type: "array", items: schema } }) as never, { version: "v2", status: 200 }),
  ).toThrow("there is no way to make up");
});
