import { tzOffset, tzScan } from "@date-fns/tz";
import {
  type ContractDocument,
  type ContractOperation,
  type ParameterObject,
  type SchemaObject,
  valueAt,
} from "./contract-document";
import type { Observation } from "./observations";

/** What the mock needs to know of each operation at run time. */
export function operationsModule(contract: ContractDocument, operations: readonly ContractOperation[]): string {
  const table = Object.fromEntries(
    operations.map((operation) => [
      operation.id,
      {
        method: operation.method,
        path: operation.path,
        title: operation.title,
        envelope: operation.envelope,
        query: Object.fromEntries(operation.query.map((parameter) => [parameter.name, queryType(parameter)])),
        body: operation.body !== undefined,
        form: operation.body?.["multipart/form-data"] !== undefined,
        ...(operation.tier === undefined && {
          bodyFields: Object.fromEntries(fieldParents(contract, operation.body?.["application/json"]?.schema)),
        }),
        statuses: operation.responses.map(({ status }) => status),
        bare: operation.responses.filter(isRefusalWithoutEnvelope).map(({ status }) => status),
        ...(operation.tier !== undefined && {
          tier: operation.tier,
          headers: operation.headers,
          errorCodes: operation.errorCodes ?? {},
          assumptions: assumptionsOf(operation),
        }),
      },
    ]),
  );
  return `${BANNER}
export const operations = ${JSON.stringify(table, null, 2)} as const;

export type OperationId = keyof typeof operations;

export type WebhookEvent = ${union(Object.keys(contract.webhooks))};

export type AssumptionId = ${union(Object.keys(contract["x-assumptions"]))};
`;
}

/** What its answers rest on, by status. */
function assumptionsOf({ responses }: ContractOperation): Record<number, readonly string[]> {
  return Object.fromEntries(
    responses.flatMap(({ status, assumptions }) => (assumptions.length > 0 ? [[status, assumptions]] : [])),
  );
}

const ENVELOPES = ["Error", "StandardError", "ErrorResponse"].map((name) => `#/components/schemas/${name}`);

/** Whether a refusal has a form of its own. */
function isRefusalWithoutEnvelope({ status, content }: ContractOperation["responses"][number]): boolean {
  const { $ref } = content?.["application/json"]?.schema ?? {};
  return status >= 400 && !ENVELOPES.includes($ref as string);
}

function union(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(" | ");
}

/** The names of all fields in a schema, each with the field that it stands in; "" at the top level. */
function fieldParents(contract: ContractDocument, schema: unknown, parent = ""): [string, string][] {
  if (typeof schema !== "object" || schema === null) return [];
  const { $ref, properties = {} } = schema as { $ref?: string; properties?: object };
  if ($ref !== undefined) return fieldParents(contract, contract.components.schemas[$ref.split("/").at(-1) ?? ""], parent);
  return Object.entries(properties).flatMap(
    ([name, property]) => [[name, parent], ...fieldParents(contract, property, name)] as [string, string][],
  );
}

interface ReadSchema {
  readonly $ref: string;
  readonly items: SchemaObject;
  readonly properties: object;
  readonly oneOf: readonly SchemaObject[];
  readonly discriminator: { readonly propertyName: string };
}

/** The fields of each operation's body, those within others included. */
export function bodyFieldsModule(
  { components: { schemas } }: ContractDocument,
  operations: readonly ContractOperation[],
): string {
  const named: Record<string, unknown> = {};
  const nameOf = ($ref: string): string => {
    const name = $ref.split("/").at(-1) ?? "";
    if (!(name in named)) {
      named[name] = null; // one that holds itself ends here
      named[name] = fieldsOf(schemas[name]);
    }
    return name;
  };
  const fieldsOf = (schema: SchemaObject = {}): unknown => {
    const { $ref, items, properties, oneOf, discriminator } = schema as Partial<ReadSchema>;
    if ($ref !== undefined) return nameOf($ref);
    if (items) return fieldsOf(items);
    if (discriminator)
      return {
        by: discriminator.propertyName,
        of: Object.fromEntries((oneOf ?? []).map((one) => [constOf(one, discriminator.propertyName), fieldsOf(one)])),
      };
    if (!properties || "additionalProperties" in schema) return null;
    return { fields: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, fieldsOf(one)])) };
  };
  const constOf = (one: SchemaObject, name: string): string => {
    const { properties } = schemas[String(one["$ref"]).split("/").at(-1) ?? ""] as {
      properties: Record<string, { const: string }>;
    };
    return properties[name]?.const ?? "";
  };
  const bodies = operations.flatMap(({ id, body }) => {
    const schema = body?.["application/json"]?.schema;
    return schema === undefined ? [] : [[id, fieldsOf(schema)] as const];
  });
  return `${BANNER}
/** What an object may hold: the name of a schema, its fields, what its kind holds by one of its fields, or null for anything. Lists stand for their entries. */
export type Fields = string | null | { readonly fields: Readonly<Record<string, Fields>> } | { readonly by: string; readonly of: Readonly<Record<string, Fields>> };

export const schemaFields: Readonly<Record<string, Fields>> = ${JSON.stringify(named, null, 2)};

/** By operation. */
export const bodyFields: Readonly<Record<string, Fields>> = ${JSON.stringify(Object.fromEntries(bodies), null, 2)};
`;
}

function queryType({ schema }: ParameterObject): string {
  if (schema["type"] === "array") return "strings";
  return schema["type"] === "integer" ? "integer" : "string";
}

/** What rare operations answer that nothing stands behind: the first example of their success, with its assumptions. */
export function rareAnswersModule(operations: readonly ContractOperation[]): string {
  const rare = operations.filter(({ tier }) => tier === "rare");
  const table = rare.map(({ id, responses }) => {
    const [success] = responses.filter(({ status }) => status < 400);
    const [example] = Object.values(Object.values(success?.content ?? {})[0]?.examples ?? {});
    return `  ${id}: { status: ${success?.status}, body: ${JSON.stringify(example?.value)}, assumptions: ${JSON.stringify(success?.assumptions)} },`;
  });
  return `${BANNER}
import type { OperationId } from "./operations";

interface RareAnswer {
  readonly status: number;
  readonly body: object | undefined;
  readonly assumptions: readonly string[];
}

export const rareAnswers: { readonly [Id in OperationId]?: RareAnswer } = {
${table.join("\n")}
};
`;
}

/** The values that a field may have, for those who read untyped data. */
export function enumerationsModule(contract: ContractDocument, places: Readonly<Record<string, string>>): string {
  const lists = Object.entries(places).map(([name, place]) => {
    const values = JSON.stringify(valueAt(contract, `#/components/schemas/${place}/enum`), null, 2);
    return `export const ${name} = ${values} as const;\n`;
  });
  return `${BANNER}\n${lists.join("\n")}`;
}

/** What an error of each code says, and with which status it is answered; one without a status stands in events alone. */
export function errorCodesModule({ "x-error-codes": codes = {} }: ContractDocument): string {
  const table = Object.entries(codes).map(([code, { status = null, message }]) => [code, { status, message }]);
  return `${BANNER}
export const errorCodes = ${JSON.stringify(Object.fromEntries(table), null, 2)} as const;

export type ErrorCode = keyof typeof errorCodes;
`;
}

/** What each assumption says, in the order of the ledger. */
export function assumptionsModule(contract: ContractDocument): string {
  const texts = Object.entries(contract["x-assumptions"]).map(([id, text]) => [id, text.trim().replaceAll("\n", " ")]);
  return `${BANNER}
import type { AssumptionId } from "./operations";

/** What each assumption says. */
export const assumptions: Readonly<Record<AssumptionId, string>> = ${JSON.stringify(Object.fromEntries(texts), null, 2)};

/** Those that are probably stricter than the vendor. */
export const askedFirst: readonly AssumptionId[] = ${JSON.stringify(contract["x-asked-first"] ?? [], null, 2)};
`;
}

/** What the vendor's server was seen to do of what is assumed. */
export function observedModule(observations: readonly Observation[]): string {
  const confirmed = observations.filter(({ answer }) => answer === "confirmed").map(({ assumption }) => assumption);
  const instead = observations.flatMap((one) => (one.instead === null ? [] : [[one.assumption, one.instead] as const]));
  return `${BANNER}
import type { AssumptionId } from "./operations";

/** What was assumed, and the vendor's server was seen to do. */
export const confirmedAssumptions: readonly AssumptionId[] = ${JSON.stringify(confirmed, null, 2)};

/** What the vendor's server was seen to do instead of what is assumed, where the mock can do it, too. */
export const observedInstead: Readonly<Partial<Record<AssumptionId, string>>> = ${JSON.stringify(Object.fromEntries(instead), null, 2)};
`;
}

/** What keywords rest on where a schema says nothing else, and what the statuses of an operation do that are not simply documented. */
export function basisModule(contract: ContractDocument, operations: readonly ContractOperation[]): string {
  const statuses = operations.map(({ id, responses, basis }) => {
    const assumed = responses.flatMap(({ status, assumptions, basis: body }) =>
      status >= 400 && assumptions.length > 0 ? [[status, body ?? contract["x-basis"]["refusal"]] as const] : [],
    );
    return [id, { ...Object.fromEntries(assumed), ...basis }] as const;
  });
  const said = statuses.filter(([, own]) => Object.keys(own).length > 0);
  return `${BANNER}
export const keywordBasis = ${JSON.stringify(contract["x-basis"], null, 2)} as const;

export const statusBasis = ${JSON.stringify(Object.fromEntries(said), null, 2)} as const;
`;
}

const TIME_ZONE = "America/Chicago";
const SPAN = { start: new Date(Date.UTC(1970, 0, 1)), end: new Date(Date.UTC(2100, 0, 1)) };

/** When US Central time changed and changes its offset: asking the time zone database at run time would cost 40 ms at the first answer. */
export function centralTimeModule(): string {
  const changes = tzScan(TIME_ZONE, SPAN).map(({ date, offset }) => `  [${date.getTime()}, ${offset}],`);
  return `${BANNER}
/** From each instant on (ms since 1970), US Central time is so many minutes from UTC. Ascending. */
export const centralTimeChanges: readonly (readonly [instant: number, offset: number])[] = [
  [0, ${tzOffset(TIME_ZONE, SPAN.start)}],
${changes.join("\n")}
];
`;
}

/** Stands at the top of every generated source file. */
export const BANNER = "// Generated by `npm run generate`. Do not edit.\n";
