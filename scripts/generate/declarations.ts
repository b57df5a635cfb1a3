import openapiTypescript, { astToString, type OpenAPI3 } from "openapi-typescript";
import type { FixtureSchema } from "./docs-tables";
import { BANNER } from "./modules";

/** What has a type of its own, beside the document. */
const ENTRIES = [
  "FixtureDocument",
  "User",
  "Line",
  "Contact",
  "Chat",
  "Handle",
  "LongMessage",
  "LongReaction",
  "Attachment",
  "WebhookSubscription",
  "FaultRule",
  "FaultProfile",
];

/** The TypeScript type of a fixture document, from its JSON Schema. */
export async function fixtureTypes(schema: object): Promise<string> {
  const {
    $defs,
    $schema: _,
    $id: __,
    ...document
  } = JSON.parse(JSON.stringify(schema, asType).replaceAll("#/$defs/", "#/components/schemas/")) as Record<string, object>;
  const openapi = {
    openapi: "3.1.0",
    info: { title: "Fixture format", version: "1" },
    paths: {},
    components: { schemas: { ...$defs, FixtureDocument: document } },
  };
  const nodes = await openapiTypescript(openapi as unknown as OpenAPI3);
  const types = ENTRIES.map((entry) => `export type ${nameOf(entry)} = components["schemas"]["${entry}"];\n`);
  return `${BANNER}${astToString(nodes)}\n${types.join("")}`;
}

/** What the loader and the command line need to know of the format at run time. */
export function fixtureFieldsModule({ properties, $defs }: FixtureSchema): string {
  const { $schema: _, version: __, ...content } = properties;
  const rule = Object.entries($defs["FaultRule"]?.properties ?? {});
  return `${BANNER}
/** What a fixture can hold, beside its version. */
export const fixtureFields: readonly string[] = ${JSON.stringify(Object.keys(content))};

/** What of a fault's rule is, or can be, a number. */
export const numericFaultFields: readonly string[] = ${JSON.stringify(rule.filter(([, field]) => isNumeric(field)).map(([name]) => name))};
`;
}

function isNumeric({ type, else: otherwise }: FixtureSchema["properties"][string]): boolean {
  return type === "integer" || type === "number" || (otherwise !== undefined && isNumeric(otherwise));
}

/** The long form of a message is what programs write. */
function nameOf(entry: string): string {
  return `Fixture${entry.replace(/^(Fixture|Long)/, "")}`;
}

/** What TypeScript can say of a schema: a condition is either of its outcomes, and not that one of several fields is needed. */
function asType(_key: string, schema: unknown): unknown {
  if (typeof schema !== "object" || schema === null) return schema;
  if (Array.isArray(schema)) return schema;
  const { if: condition, then, else: otherwise, anyOf: _, ...others } = schema as Record<string, unknown>;
  return condition === undefined ? others : { ...others, oneOf: [then, otherwise] };
}

/** TypeScript types of every operation of an OpenAPI document: parameters, bodies, responses by status. */
export async function contractTypes(contract: object): Promise<string> {
  const text = JSON.stringify(contract, (key, value: unknown) => (key === "discriminator" ? undefined : value)); // each branch has its name
  const nodes = await openapiTypescript(JSON.parse(text) as OpenAPI3);
  return `${BANNER}${astToString(nodes)}`;
}
