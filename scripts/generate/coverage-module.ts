import type { OperationShapes, Shape } from "../../contracts/suite/tally";
import { BANNER } from "./banner";
import type { ContractDocument, ContractOperation } from "./contract-document";
import { type Schemas, shapeOf } from "./coverage-shape";

const JSON_TYPE = "application/json";

/** The places of the contract at which answers differ, so that a run can tell what it has seen; compact, since it is shipped. */
export function coverageModule(contract: ContractDocument, operations: readonly ContractOperation[]): string {
  const { schemas } = contract.components;
  const byOperation = operations.map((operation) => [operation.id, operationShapes(operation, schemas)] as const);
  const shared = Object.keys(schemas).flatMap((name) => {
    const shape = shapeOf(schemas[name] ?? {}, schemas);
    return shape ? [[name, shape] as const] : [];
  });
  const used = reachable(byOperation, new Map(shared));
  return `${BANNER}
import type { ContractShapes } from "../../suite/tally";

export const coveragePoints: ContractShapes = {
  shared: {
${lines(shared.filter(([name]) => used.has(name)))}  },
  operations: {
${lines(byOperation)}  },
};
`;
}

/** What can be told apart in requests and in answers of success; the envelopes of refusals have one form each. */
function operationShapes({ query, body, responses }: ContractOperation, schemas: Schemas): OperationShapes {
  const parameters = {
    type: "object",
    required: query.filter(({ required }) => required).map(({ name }) => name),
    properties: Object.fromEntries(query.map(({ name, schema }) => [name, schema])),
  };
  const properties = { query: parameters, body: body?.[JSON_TYPE]?.schema ?? {} };
  const request = shapeOf({ type: "object", required: Object.keys(properties), properties }, schemas);
  const answers = responses.flatMap(({ status, content }) => {
    const shape = status < 300 ? shapeOf(content?.[JSON_TYPE]?.schema ?? {}, schemas) : undefined;
    return shape ? [[status, shape] as const] : [];
  });
  return { ...(request && { request }), ...Object.fromEntries(answers) };
}

/** The names of the shared shapes that something refers to, be it by way of others. */
function reachable(from: unknown, shared: ReadonlyMap<string, Shape>, found = new Set<string>()): Set<string> {
  for (const [, name = ""] of JSON.stringify(from).matchAll(/"ref":"(\w+)"/g)) {
    if (found.has(name)) continue;
    found.add(name);
    reachable(shared.get(name), shared, found);
  }
  return found;
}

function lines(entries: readonly (readonly [string, object])[]): string {
  return entries.map(([name, shape]) => `    ${JSON.stringify(name)}: ${JSON.stringify(shape)},\n`).join("");
}
