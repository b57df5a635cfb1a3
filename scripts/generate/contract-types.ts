import openapiTypescript, { astToString, type OpenAPI3 } from "openapi-typescript";
import { BANNER } from "./banner";
import type { ContractDocument } from "./contract-document";

/** TypeScript types of every operation: parameters, bodies, responses by status. */
export async function contractTypes(contract: ContractDocument): Promise<string> {
  const nodes = await openapiTypescript(structuredClone(contract) as unknown as OpenAPI3);
  return `${BANNER}${astToString(nodes)}`;
}
