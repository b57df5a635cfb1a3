import { keywordBasis, statusBasis } from "./generated/v2/basis";
import { confirmedAssumptions } from "./generated/v2/observed";
import { type AssumptionId, type OperationId, operations } from "./generated/v2/operations";

/**
 * What a demand of the contract rests on: something that the vendor documents, something that was observed in its traffic, or
 * assumptions of ours. Of a server that is not our mock, the first two can fail, and the last can only be contradicted.
 */
export type Basis = "documented" | "observed" | readonly AssumptionId[];

/** The assumptions that something rests on; none when it is documented or was observed. */
export function assumptionsIn(basis: Basis): readonly AssumptionId[] {
  return typeof basis === "string" ? [] : basis;
}

/** Those of some assumptions that were not seen confirmed on the vendor's server. */
export function stillAssumed(ids: readonly AssumptionId[]): readonly AssumptionId[] {
  return ids.filter((id) => !confirmedAssumptions.includes(id));
}

/** What was seen confirmed is observed. */
function settled(basis: Basis): Basis {
  if (typeof basis === "string") return basis;
  const assumed = stillAssumed(basis);
  return assumed.length === 0 ? "observed" : assumed;
}

/** What a keyword of an answer or an event rests on: what its schema says, or all of it, or else what is said of the keyword. */
export function keywordBasisOf(schema: Readonly<Record<string, unknown>>, keyword: string): Basis {
  const said = schema["x-basis"];
  const [general = ""] = keyword.split("/");
  if (general === "additionalProperties") return settled(keywordBasis[general]);
  if (typeof said === "string" || Array.isArray(said)) return settled(said as Basis);
  const own = (said ?? {}) as Readonly<Record<string, Basis>>;
  const found = own[keyword] ?? own[general] ?? known[keyword] ?? known[general];
  if (found === undefined) throw new RangeError(`the contract does not say what the keyword ${keyword} rests on`);
  return settled(found);
}

const known: Readonly<Record<string, Basis | undefined>> = keywordBasis;

/** What it rests on that an answer has a status with its body: that it does not have it, where the operation does not declare it. */
export function statusBasisOf(operation: OperationId, status: number): Basis {
  const said: Readonly<Record<string, Basis | undefined>> = statusBasis[operation] ?? {};
  if (said[status] !== undefined) return settled(said[status]);
  const declared: readonly number[] = operations[operation].statuses;
  if (declared.includes(status)) return "documented";
  return settled(known[`status/${status}`] ?? known[`status/${Math.floor(status / 100)}xx`] ?? keywordBasis.status);
}
