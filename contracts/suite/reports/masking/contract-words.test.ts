import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { contractFields, contractValues } from "./contract-words";

const document: unknown = parse(readFileSync(join(__dirname, "../../../linq-v2.openapi.yaml"), "utf8"));

/** What stands under a key, wherever it is in the document; examples are no part of the contract. */
function everywhere(key: string, value: unknown = document): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) => [
    ...(name === key ? [child] : []),
    ...(/^examples?$/.test(name) ? [] : everywhere(key, child)),
  ]);
}

test("every field of the contract is known, and no other", () => {
  const ofSchemas = everywhere("properties")
    .filter((properties) => typeof properties === "object" && properties !== null && !("$ref" in properties))
    .flatMap((properties) => Object.keys(properties as object));
  const parameters = everywhere("parameters")
    .flat()
    .flatMap((parameter) => Object.values(parameter as object))
    .concat(everywhere("parameters").flatMap((parameters) => Object.values(parameters as object)))
    .flatMap((parameter: { name?: string; in?: string }) => (parameter?.in === "query" ? [parameter.name ?? ""] : []));
  const ofForms = ofSchemas.filter((field) => field.startsWith("message["));
  const fields = new Set([...ofSchemas, ...parameters].filter((field) => !ofForms.includes(field)));
  expect([...contractFields].sort()).toEqual([...fields].sort());
});

test("every text that the contract lists is known", () => {
  const listed = [...everywhere("enum").flat(), ...everywhere("const")].filter((value) => typeof value === "string");
  expect(listed.length).toBeGreaterThan(40);
  expect(listed.filter((value) => !contractValues.has(value as string))).toEqual([]);
});
