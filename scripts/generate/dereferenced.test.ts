import type { ContractDocument } from "./contract-document";
import { dereferenced } from "./dereferenced";

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
