import { BANNER } from "./banner";
import type { ContractDocument, ContractOperation, ResponseObject, Schema } from "./contract-document";
import { dereferenced } from "./dereferenced";
import { schemaToMakeUp } from "./schema-to-make-up";

const JSON_TYPE = "application/json";

/**
 * What can be answered to each operation: examples to copy, and schemas to make up bodies from. It is in the form that prism reads,
 * and has nothing of the requests, about which prism is not asked.
 */
export function documentedAnswersModule(
  contract: ContractDocument,
  operations: readonly ContractOperation[],
): { code: string; types: string } {
  const lines = operations.map(({ id, method, path }) => {
    const { responses } = operationAt(contract, path, method);
    const operation = { id, method: method.toLowerCase(), path, responses: answersOf(dereferenced(contract, responses)) };
    return `  ${JSON.stringify(id)}: ${JSON.stringify(operation)},\n`;
  });
  return {
    code: `${BANNER}module.exports = {\n${lines.join("")}};\n`,
    types: `${BANNER}import type { OperationId } from "../../../../contracts/generated/v2/operations";
import type { DocumentedAnswers } from "../choose-answer";

declare const documentedAnswers: Readonly<Record<OperationId, DocumentedAnswers>>;
export = documentedAnswers;
`,
  };
}

function operationAt(contract: ContractDocument, path: string, method: string) {
  const operation = contract.paths[path]?.[method.toLowerCase()];
  if (!operation) throw new Error(`the contract has no ${method} ${path}`);
  return operation;
}

function answersOf(responses: Readonly<Record<string, object>>): object[] {
  return Object.entries(responses as Readonly<Record<string, ResponseObject>>).map(([code, response]) => {
    const { content, headers = {}, "x-assumption": assumptions = [] } = response;
    const body = content?.[JSON_TYPE];
    const contents = body && [
      {
        mediaType: JSON_TYPE,
        schema: schemaToMakeUp(body.schema, { status: Number(code) }),
        examples: Object.entries(body.examples ?? {}).map(([key, { value }]) => ({ key, value })),
      },
    ];
    return { code, assumptions, headers: Object.entries(headers).map(headerOf), contents: contents ?? [] };
  });
}

function headerOf([name, { schema, example }]: [string, { readonly schema: Schema; readonly example: unknown }]): object {
  return { name, style: "simple", schema, examples: [{ key: "default", value: example }] };
}
