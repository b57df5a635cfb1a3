import { type AnyAssumptionId, type AnyOperationId, type ContractVersion, contractV2, operationOf } from "./contract-version";

/**
 * What a demand of the contract rests on: something that the vendor documents, something that was observed in its traffic, or
 * assumptions of ours. Of a server that is not our mock, the first two can fail, and the last can only be contradicted.
 */
export type Basis = "documented" | "observed" | readonly AnyAssumptionId[];

/** The assumptions that something rests on; none when it is documented or was observed. */
export function assumptionsIn(basis: Basis): readonly AnyAssumptionId[] {
  return typeof basis === "string" ? [] : basis;
}

/** The assumptions, of those given, that were not seen confirmed on the vendor's server. */
export function stillAssumed<Id extends AnyAssumptionId>(ids: readonly Id[], { confirmed } = contractV2): readonly Id[] {
  return ids.filter((id) => !confirmed.includes(id));
}

/** What was seen confirmed is observed. */
function settled(basis: Basis, contract: ContractVersion): Basis {
  if (typeof basis === "string") return basis;
  const assumed = stillAssumed(basis, contract);
  return assumed.length === 0 ? "observed" : assumed;
}

/** What a keyword of an answer or an event rests on: what its schema says, or all of it, or else what is said of the keyword. */
export function keywordBasisOf(schema: Readonly<Record<string, unknown>>, keyword: string, contract = contractV2): Basis {
  const { keywordBasis } = contract;
  const [general = ""] = keyword.split("/");
  const said = general === "additionalProperties" ? undefined : schema["x-basis"];
  const isOfAll = typeof said === "string" || Array.isArray(said);
  const own = (said ?? {}) as Readonly<Record<string, Basis>>;
  const found = isOfAll ? (said as Basis) : (own[keyword] ?? own[general] ?? keywordBasis[keyword] ?? keywordBasis[general]);
  if (found === undefined) throw new RangeError(`the contract does not say what the keyword ${keyword} rests on`);
  return settled(found, contract);
}

/** What the keywords of an answer rest on: what is assumed as a whole is assumed in all its parts. */
export function basisWithin(whole: Basis, contract: ContractVersion) {
  return (schema: Readonly<Record<string, unknown>>, keyword: string): Basis =>
    whole === "documented" ? keywordBasisOf(schema, keyword, contract) : whole;
}

/** What it rests on that an answer has a status with its body: that it does not have it, where the operation does not declare it. */
export function statusBasisOf(operation: AnyOperationId, status: number, contract = contractV2): Basis {
  const { keywordBasis, statusBasis } = contract;
  const said = statusBasis[operation]?.[status];
  if (said !== undefined) return settled(said, contract);
  if (operationOf(contract, operation).statuses.includes(status)) return "documented";
  const general = keywordBasis[`status/${status}`] ?? keywordBasis[`status/${Math.floor(status / 100)}xx`];
  return settled(general ?? keywordBasis["status"] ?? "documented", contract);
}

/** What the keywords of an error rest on whose status is not declared. */
export function refusalBasisOf(contract: ContractVersion) {
  return basisWithin(settled(contract.keywordBasis["refusal"] ?? "documented", contract), contract);
}
