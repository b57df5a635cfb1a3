import { shapeOf } from "./coverage";

const schemas = {
  Service: { type: "string", enum: ["iMessage", "SMS"] },
  Id: { type: "integer", minimum: 1 },
  Found: { type: "object", required: ["chat"], properties: { chat: { type: "object" } } },
  NotFound: {
    type: "object",
    required: ["chat", "messages"],
    properties: { chat: { type: "null" }, messages: { maxItems: 0 } },
  },
  Bare: { type: "object", required: ["id"], properties: { id: { type: "integer" } } },
};
const ref = (name: string): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });

test("what has one form alone has no shape", () => {
  for (const schema of [{}, ref("Id"), { type: "null" }, { type: "string", enum: ["v2"] }, { type: "string", const: "v2" }]) {
    expect(shapeOf(schema, schemas)).toBeUndefined();
  }
});

test("values, null, lists that may be empty, and optional fields are told apart", () => {
  const properties = {
    service: ref("Service"),
    id: ref("Id"),
    nickname: ref("Id"),
    group: { type: "boolean" },
    edited_at: { type: ["string", "null"] },
    handles: { type: "array", items: ref("Service") },
    numbers: { type: "array", minItems: 1, items: { type: "string" } },
    nothing: { type: "array", maxItems: 0 },
  };
  const required = Object.keys(properties).filter((name) => name !== "nickname");
  expect(shapeOf({ type: "object", required, properties }, schemas)).toEqual({
    fields: {
      service: { ref: "Service" },
      nickname: { optional: true },
      group: { values: [true, false] },
      edited_at: { nullable: true },
      handles: { list: true, items: { ref: "Service" } },
    },
  });
});

test("one object or null is an object that may be null", () => {
  expect(shapeOf({ oneOf: [ref("Bare"), { type: "null" }] }, schemas)).toEqual({ nullable: true });
});

test("several objects are told apart by a field that is null in one of them", () => {
  expect(shapeOf({ oneOf: [ref("Found"), ref("NotFound")] }, schemas)).toEqual({
    union: { by: "chat", branches: { value: { name: "Found" }, null: { name: "NotFound" } } },
  });
  expect(shapeOf({ oneOf: [ref("Bare"), ref("NotFound")] }, schemas)).toEqual({
    union: { by: "chat", branches: { absent: { name: "Bare" }, null: { name: "NotFound" } } },
  });
});

test("a union that no field tells apart is refused", () => {
  expect(() => shapeOf({ oneOf: [ref("Bare"), ref("Found")] }, schemas)).toThrow("no field tells Bare from Found");
});
