import { BANNER } from "./banner";
import type { ContractDocument } from "./contract-document";

/** What each assumption says, in the order of the ledger. */
export function assumptionsModule(contract: ContractDocument): string {
  const texts = Object.entries(contract["x-assumptions"]).map(([id, text]) => [id, text.trim().replaceAll("\n", " ")]);
  return `${BANNER}
import type { AssumptionId } from "./operations";

/** What each assumption says. */
export const assumptions: Readonly<Record<AssumptionId, string>> = ${JSON.stringify(Object.fromEntries(texts), null, 2)};
`;
}
