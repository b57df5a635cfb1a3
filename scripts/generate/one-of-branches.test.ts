import Ajv2020 from "ajv/dist/2020";
import type { SchemaObject } from "./contract-document";
import { openComponents, withOneOfBranches } from "./one-of-branches";

const components: Readonly<Record<string, SchemaObject>> = {
  Cat: object({ purrs: { type: "boolean" }, name: { type: "string" } }),
  Dog: object({ barks: { type: "boolean" }, name: { type: "string" } }),
};
const cat = { $ref: "#/components/schemas/Cat" };
const dog = { $ref: "#/components/schemas/Dog" };

function object(properties: Readonly<Record<string, SchemaObject>>): SchemaObject {
  return { type: "object", required: Object.keys(properties), properties };
}

/** What is wrong with a value: where, and by which keyword. */
function complaints(schema: SchemaObject, value: unknown): string[] {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    keywords: ["x-expected", "components"],
  });
  const schemas = { ...components, ...openComponents(components) };
  const validate = ajv.compile({ ...withOneOfBranches(schema, components), components: { schemas } });
  validate(value);
  const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== "if");
  return errors.map(({ instancePath, keyword, params }) =>
    `${instancePath} ${keyword} ${params["missingProperty"] ?? ""}`.trim(),
  );
}

test.each<[string, unknown, string[]]>([
  ["fits", { purrs: true, name: "Tom" }, []],
  ["also fits", { barks: true, name: "Rex" }, []],
  ["has what only the first has", { purrs: true }, ["required name"]],
  ["has what only the second has", { barks: 1, name: "Rex" }, ["/barks type"]],
  ["has only what both have", { name: "Tom" }, ["required purrs"]],
  ["has another type", "Tom", ["type"]],
])("of two objects, the one is explained that was meant: a value that %s", (_, value, expected) => {
  expect(complaints({ oneOf: [cat, dog] }, value)).toEqual(expected);
});

test("of an object and null, the object is explained, unless it is neither", () => {
  const schema = { type: "object", properties: { pet: { oneOf: [{ type: "null" }, dog] } } };
  expect(complaints(schema, { pet: null })).toEqual([]);
  expect(complaints(schema, { pet: { barks: true } })).toEqual(["/pet required name"]);
  expect(complaints(schema, { pet: {} })).toEqual(["/pet required barks", "/pet required name"]);
  expect(complaints(schema, { pet: 5 })).toEqual(["/pet type"]);
});

test("where only the content of a field differs, the content decides", () => {
  const schema = { oneOf: [object({ pet: dog }), object({ pet: { type: "null" } })] };
  expect(complaints(schema, { pet: { barks: true } })).toEqual(["/pet required name"]);
  expect(complaints(schema, { pet: null })).toEqual([]);
});

test("says what any of them wants", () => {
  expect(withOneOfBranches({ oneOf: [cat, { type: "null" }] }, components)["x-expected"]).toBe(
    "an object with purrs and name, or null",
  );
  expect(withOneOfBranches({ type: "array", items: dog }, components)).toEqual({
    type: "array",
    items: { ...dog, "x-expected": "an object with barks and name" },
  });
});

test("branches that a value could fit both are an error, and so is a reference to nothing", () => {
  const bird = object({ name: { type: "string" } });
  expect(() => withOneOfBranches({ oneOf: [bird, bird], "x-clause": "/here" }, components)).toThrow(
    "the branches of the oneOf at /here do not exclude each other",
  );
  expect(() => withOneOfBranches({ $ref: "#/components/schemas/Bird" }, components)).toThrow(
    "the contract has no #/components/schemas/Bird",
  );
});
