import type { Options as AjvOptions } from "ajv";
import Ajv2020 from "ajv/dist/2020";
import standaloneCode from "ajv/dist/standalone";
import addFormats from "ajv-formats";
import { jsonPointer } from "../../contracts/json-pointer";
import { closed } from "../../contracts/json-schema";
import {
  type Content,
  type ContractDocument,
  type ContractOperation,
  operationsOf,
  type ParameterObject,
  type SchemaObject,
} from "./contract-document";
import { type ControlDocument, controlCallsOf } from "./control";
import { withInheritedBasis } from "./inherited-basis";
import { BANNER } from "./modules";
import { openComponents, withOneOfBranches } from "./one-of-branches";

interface ValidatorModule {
  readonly code: string;
  readonly types: string;
}

const JSON_TYPE = "application/json";
const ANNOTATIONS = ["x-provenance", "x-assumption", "x-basis", "x-private", "x-clause", "x-expected", "example"];
/** What it takes to explain all that is wrong. */
const DIAGNOSIS: AjvOptions = { allErrors: true, verbose: true };

/** One validator for the query and one for the JSON body of each operation that has one. Unknown fields are tolerated, as they are by the vendor. */
export function requestValidators(contract: ContractDocument, operations: readonly ContractOperation[]): ValidatorModule {
  return compile(requestSchemas(operations), contract.components.schemas);
}

/** As {@link requestValidators}, each finding all that is wrong, with the clause that it breaks. */
export function requestDiagnosis(contract: ContractDocument): ValidatorModule {
  const { schemas, components } = explained(contract, requestSchemas);
  return compile(schemas, components, DIAGNOSIS);
}

/**
 * One closed validator per operation and status with a JSON body, and one per webhook event; each finds all that is wrong, with the
 * clause that it breaks.
 */
export function responseDiagnosis(contract: ContractDocument): ValidatorModule {
  const { schemas, components } = explained(contract, responseSchemas);
  return compile(closed(schemas), closed(components), DIAGNOSIS);
}

function requestSchemas(operations: readonly ContractOperation[]): Record<string, SchemaObject> {
  const schemas: Record<string, SchemaObject> = {};
  for (const operation of operations) {
    if (operation.query.length > 0) schemas[`${operation.id} query`] = querySchema(operation);
    const body = operation.body?.[JSON_TYPE];
    if (body) schemas[`${operation.id} body`] = body.schema;
  }
  return schemas;
}

function responseSchemas(
  operations: readonly ContractOperation[],
  { webhooks }: ContractDocument,
): Record<string, SchemaObject> {
  const schemas: Record<string, SchemaObject> = {};
  for (const { id, responses } of operations) {
    for (const { status, content } of responses) {
      if (content?.[JSON_TYPE]) schemas[`${id} ${status}`] = content[JSON_TYPE].schema;
    }
  }
  for (const [event, { post }] of Object.entries(webhooks)) {
    const content: Content | undefined = post.requestBody?.content;
    if (content?.[JSON_TYPE]) schemas[event] = content[JSON_TYPE].schema;
  }
  return schemas;
}

/** Schemas of the contract that say where they stand, and complain of one wrong value once. */
function explained(
  contract: ContractDocument,
  schemasOf: (operations: readonly ContractOperation[], contract: ContractDocument) => Record<string, SchemaObject>,
): { schemas: Record<string, SchemaObject>; components: Record<string, SchemaObject> } {
  const located = withInheritedBasis(withClauses(contract));
  const { schemas: components } = located.components;
  const chosen = (schemas: Readonly<Record<string, SchemaObject>>): Record<string, SchemaObject> =>
    Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, withOneOfBranches(schema, components)]));
  return {
    schemas: chosen(schemasOf(operationsOf(located), located)),
    components: { ...chosen(components), ...openComponents(components) },
  };
}

/** One validator for the parameters and one for the JSON body of each call of the control API that has some; fixtures have their own. */
export function controlValidators(document: ControlDocument): ValidatorModule {
  const schemas: Record<string, SchemaObject> = {};
  for (const { id, query, pathParameters, body } of controlCallsOf(document)) {
    if (query.length > 0) schemas[`${id} query`] = querySchema({ query });
    if (pathParameters.length > 0) schemas[`${id} path`] = querySchema({ query: pathParameters });
    const json = body?.[JSON_TYPE];
    if (json && id !== "loadFixtures") schemas[`${id} body`] = json.schema;
  }
  return compile(schemas, document.components.schemas);
}

/** More than are told of a document; a list is not read on after that many. */
const MOST_FIXTURE_ERRORS = 2000;

/** One that finds all that is wrong, with what it takes to explain it: it is no slower than one that ends at the first violation. */
export function fixtureValidator(schema: object): ValidatorModule {
  const { $id: _, ...fixture } = schema as SchemaObject;
  const { code, types } = compile({ fixture }, {}, DIAGNOSIS);
  const bounded = code
    .replaceAll(/for\(let (i\d+)=0; \1<(len\d+); \1\+\+\)/g, `for(let $1=0; $1<$2 && errors<${MOST_FIXTURE_ERRORS}; $1++)`)
    .replaceAll(/for\(const key\d+ in data\d*\)\{/g, `$&if(errors>=${MOST_FIXTURE_ERRORS}) break;`);
  return { code: bounded, types };
}

function querySchema({ query }: { query: readonly ParameterObject[] }): SchemaObject {
  return {
    type: "object",
    required: query.filter((parameter) => parameter.required).map((parameter) => parameter.name),
    properties: Object.fromEntries(query.map((parameter) => [parameter.name, parameter.schema])),
  };
}

/** Standalone code for named schemas that refer to shared components. A schema that does not compile throws. */
function compile(
  schemas: Readonly<Record<string, SchemaObject>>,
  components: Readonly<Record<string, unknown>>,
  options: AjvOptions = {},
): ValidatorModule {
  const ajv = new Ajv2020({
    ...options,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    inlineRefs: false,
    discriminator: true,
    code: { source: true },
  });
  addFormats(ajv);
  for (const keyword of ANNOTATIONS) ajv.addKeyword(keyword);
  ajv.addSchema({ $id: "/components", ...pointToComponents({ $defs: components }) });
  const ids: Record<string, string> = {};
  const idBySchema = new Map<string, string>(); // the error answers are the same for many operations
  for (const [name, schema] of Object.entries(schemas)) {
    const text = JSON.stringify(schema);
    ids[name] = idBySchema.get(text) ?? `/${name.replaceAll(" ", "/")}`;
    if (idBySchema.has(text)) continue;
    idBySchema.set(text, ids[name]);
    ajv.addSchema({ ...pointToComponents(schema), $id: ids[name] });
  }
  for (const component of Object.keys(components)) ajv.compile({ $ref: `/components#/$defs/${component}` });
  return {
    code: `${BANNER}${inLinearTime(standaloneCode(ajv, ids))}\n`,
    types: `${BANNER}import type { ValidateFunction } from "ajv";

declare const validators: {
${Object.keys(schemas)
  .map((name) => `  readonly ${JSON.stringify(name)}: ValidateFunction;\n`)
  .join("")}};
export = validators;
`,
  };
}

/** Ajv copies all errors so far for each value that has more, which blocks a server for as long as somebody likes. Here they are added in place. */
function inLinearTime(code: string): string {
  const joined = code.replaceAll(/vErrors === null \? (\w+\.errors) : vErrors\.concat\(\1\)/g, "joined(vErrors, $1)");
  if (joined.includes(".concat(")) throw new Error("this version of ajv joins errors in another way");
  if (joined === code) return code;
  return `${joined}
function joined(found, more) {
  if (found === null) return more;
  for (const error of more) found.push(error);
  return found;
}`;
}

function pointToComponents(schema: SchemaObject): SchemaObject {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/schemas/', '"/components#/$defs/'));
}

/** What no check needs to know of a schema. */
const LEFT_OUT = ["description", "default", "example", "x-assumption", "x-private"];
const MAPS_OF_SCHEMAS = ["properties", "patternProperties", "$defs"];
const SCHEMAS = ["items", "additionalProperties", "not", "if", "then", "else", "oneOf", "anyOf", "allOf", "prefixItems"];

/** A copy of the document in which every schema says where it stands: `x-clause` is a JSON pointer into the document. */
function withClauses(contract: ContractDocument): ContractDocument {
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
    Object.entries(node).map(([key, child]) => [key, step(child, key, `${pointer}${jsonPointer([key])}`)]),
  );
}
