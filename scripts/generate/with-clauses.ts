import type { ContractDocument } from "./contract-document";

/** What no check needs to know of a schema. */
const LEFT_OUT = ["description", "default", "example", "x-assumption", "x-provenance", "x-private"];
const MAPS_OF_SCHEMAS = ["properties", "patternProperties", "$defs"];
const SCHEMAS = ["items", "additionalProperties", "not", "if", "then", "else", "oneOf", "anyOf", "allOf", "prefixItems"];

/** A copy of the document in which every schema says where it stands: `x-clause` is a JSON pointer into the document. */
export function withClauses(contract: ContractDocument): ContractDocument {
  return inDocument(contract, "") as ContractDocument;
}

function inDocument(node: unknown, pointer: string): unknown {
  return mapped(node, pointer, (child, key, place) => {
    if (key === "example" || key === "examples" || isReference(child)) return child;
    return key === "schema" || pointer === "/components/schemas" ? inSchema(child, place) : inDocument(child, place);
  });
}

function inSchema(schema: unknown, pointer: string): unknown {
  if (typeof schema !== "object" || schema === null) return schema;
  if (Array.isArray(schema)) return mapped(schema, pointer, (branch, _, place) => inSchema(branch, place));
  const kept = Object.fromEntries(Object.entries(schema).filter(([key]) => !LEFT_OUT.includes(key)));
  const copy = mapped(kept, pointer, (child, key, place) => {
    if (MAPS_OF_SCHEMAS.includes(key)) return mapped(child, place, (field, _, fieldPlace) => inSchema(field, fieldPlace));
    return SCHEMAS.includes(key) ? inSchema(child, place) : child;
  });
  return { ...(copy as object), "x-clause": pointer };
}

/** What is wrong is said by the clause that it names. So many answers remain alike, and share their code. */
function isReference(node: unknown): boolean {
  return typeof node === "object" && node !== null && "$ref" in node;
}

type Step = (child: unknown, key: string, pointer: string) => unknown;

function mapped(node: unknown, pointer: string, step: Step): unknown {
  if (typeof node !== "object" || node === null) return node;
  if (Array.isArray(node)) return node.map((child, i) => step(child, String(i), `${pointer}/${i}`));
  return Object.fromEntries(
    Object.entries(node).map(([key, child]) => [key, step(child, key, `${pointer}/${escapePointer(key)}`)]),
  );
}

function escapePointer(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
