import { isRecord } from "../../contracts/exchange";
import { type ContractDocument, valueAt } from "./contract-document";
import { BANNER } from "./modules";

type Json = Readonly<Record<string, unknown>>;

const KINDS = ["phone", "email", "name", "text", "secret", "url"];
/** What the contract says in words: these are shown wherever a server says something. */
const PROSE = ["operationId", "description", "summary", "code", "detail", "message", "error_code", "errors"];

/** What is private and what is not, by the marks of all contracts (`x-private`). */
export function privacyMarksModule(contracts: readonly ContractDocument[]): string {
  const { fields, headers } = marksOf(contracts);
  const values = new Set(everywhere(contracts, ["enum", "const"]).filter((value) => typeof value === "string"));
  const words = [...contracts.flatMap(wordsOf), ...Object.keys(fields).flatMap(wordsIn), ...[...values].flatMap(wordsIn)];
  return `${BANNER}
/** What each field and parameter holds; "public" without a mark. A name that holds different things is told apart by the field around it. */
export const fieldMarks: Readonly<Record<string, ${KINDS.map((kind) => JSON.stringify(kind)).join(" | ")} | "public">> = ${JSON.stringify(fields, null, 2)};

/** The headers of a call that are marked. */
export const headerMarks: Readonly<Record<string, "secret">> = ${JSON.stringify(headers, null, 2)};

/** Every text that the contract lists as a value. */
export const listedValues: ReadonlySet<string> = new Set(${JSON.stringify([...values].sort())});

/** Every word of the contract's own: of its fields, values, descriptions and errors; in lower case. */
export const contractWords: ReadonlySet<string> = new Set(
  ${JSON.stringify([...new Set(words)].sort().join(" "))}.split(" "),
);
`;
}

function marksOf(contracts: readonly ContractDocument[]): { fields: Record<string, string>; headers: Record<string, string> } {
  const places = new Map<string, Map<string, string>>(); // by name and by the field around it
  const headers: Record<string, string> = {};
  const containers: string[] = [];
  const add = (name: string, around: string, kind: unknown): void => {
    if (kind !== undefined && !KINDS.includes(String(kind)))
      throw new Error(`x-private of ${name} is ${kind}, none of ${KINDS}`);
    const kinds = places.get(name) ?? new Map<string, string>();
    const isPrivate = (kinds.get(around) ?? "public") !== "public"; // in another contract, or at another place
    if (!isPrivate) places.set(name, kinds.set(around, String(kind ?? "public")));
  };
  const see = (node: Json, around: string): void => {
    if (isRecord(node["properties"])) {
      for (const [name, property] of Object.entries(node["properties"])) {
        const [parent = "", field] = segmentsOf(name);
        if (isLeaf(property as Json)) add(field ?? parent, field ? parent : around, (property as Json)["x-private"]);
        else containers.push(name);
      }
    }
    const { in: place, name, scheme, "x-private": kind } = node;
    if (scheme === "bearer" && kind !== undefined) headers["authorization"] = String(kind);
    if (typeof name !== "string") return;
    if (place === "query") add(segmentsOf(name)[0] ?? name, "", kind);
    if (place === "header" && kind !== undefined) headers[name.toLowerCase()] = String(kind);
  };
  for (const contract of contracts) visit(contract, "", see);
  for (const name of containers) if (!places.has(name)) add(name, "", undefined);
  const fields = [...places].flatMap(([name, kinds]) => marksOfName(name, kinds)).sort();
  return { fields: Object.fromEntries(fields), headers };
}

/** Whether a text may stand there by the contract. */
function isLeaf({ $ref, oneOf, properties, items, type }: Json): boolean {
  const isList = type === "array" && !(isRecord(items) && "$ref" in items);
  return $ref === undefined && oneOf === undefined && properties === undefined && (type !== "array" || isList);
}

/** One row for all places that agree, private where one is; the others have rows of their own, told apart by the field around them. */
function marksOfName(name: string, kinds: ReadonlyMap<string, string>): [string, string][] {
  const kind = [...kinds.values()].find((other) => other !== "public") ?? "public";
  const exceptions = [...kinds].filter(([around, other]) => around !== "" && other !== kind);
  return [[name, kind], ...exceptions.map(([around, other]): [string, string] => [`${around}.${name}`, other])];
}

/** Visits every object of the contract but examples, with the property that it describes; a component with each that refers to it. */
function visit(contract: ContractDocument, around: string, see: (node: Json, around: string) => void): void {
  const seen = new Set<string>();
  const walk = (node: unknown, field: string): void => {
    if (Array.isArray(node)) for (const entry of node) walk(entry, field);
    if (!isRecord(node)) return;
    const { $ref } = node;
    if (typeof $ref === "string" && !seen.has(`${field} ${$ref}`)) {
      seen.add(`${field} ${$ref}`);
      walk(valueAt(contract, $ref), field);
    }
    see(node, field);
    for (const [key, child] of Object.entries(node)) {
      if (key === "examples" || key === "example") continue;
      if (key !== "properties") walk(child, field);
      else for (const [name, property] of Object.entries(child as Json)) walk(property, name);
    }
  };
  walk({ paths: contract.paths, webhooks: contract.webhooks }, around);
  walk(contract.components.securitySchemes, around);
}

/** Names of operations, words of descriptions and of the errors in examples, whose other texts are of people who were made up. */
function wordsOf(contract: ContractDocument): string[] {
  const titles = everywhere(contract, ["errors"]).flatMap((error) => everywhere(error, ["title"]));
  const prose = [...everywhere(contract, PROSE), ...titles, ...Object.values(contract["x-assumptions"])];
  return prose.flatMap((text) => (typeof text === "string" ? wordsIn(text) : []));
}

function everywhere(node: unknown, keys: readonly string[]): unknown[] {
  if (Array.isArray(node)) return node.flatMap((entry) => everywhere(entry, keys));
  if (!isRecord(node)) return [];
  return Object.entries(node).flatMap(([key, child]) => [
    ...(keys.includes(key) ? [child].flat() : []),
    ...everywhere(child, keys),
  ]);
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+/gu) ?? [];
}

/** `message[text]` is `text` in `message`. */
function segmentsOf(name: string): string[] {
  return name.split(/[[\]]+/).filter((segment) => segment !== "");
}
