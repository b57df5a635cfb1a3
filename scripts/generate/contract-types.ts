import openapiTypescript, { astToString, type OpenAPI3 } from "openapi-typescript";
import { BANNER } from "./banner";

/** TypeScript types of every operation of an OpenAPI document: parameters, bodies, responses by status. */
export async function contractTypes(contract: object): Promise<string> {
  const nodes = await openapiTypescript(structuredClone(contract) as unknown as OpenAPI3);
  return `${BANNER}${astToString(nodes)}`;
}
