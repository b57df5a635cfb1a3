import type { ContractReport, KnownDeviation, Outcome } from "../report";
import { advice } from "./advice";
import type { Mask } from "./mask";

/** An outcome in short, as it may be shown. */
export interface FindingSummary {
  readonly id: string;
  /** `law 7: find agrees with get`. */
  readonly name: string;
  /** What it means: a sentence. */
  readonly meaning: string;
  /** What to do. */
  readonly advice: string | undefined;
  readonly fingerprint: string | undefined;
  readonly known: KnownDeviation | undefined;
}

export function findingSummary(outcome: Outcome, report: ContractReport, mask: Mask): FindingSummary {
  const { id, law, title, reason, fingerprint, known } = outcome;
  const name = mask.text(title);
  return {
    id: mask.text(id),
    name: law === undefined ? name : `law ${law}: ${name}`,
    meaning: reason === undefined ? name : mask.text(reason),
    advice: advice(outcome, report),
    fingerprint: fingerprint === undefined ? undefined : mask.text(fingerprint),
    known: known && knownOf(known, mask),
  };
}

function knownOf({ fingerprint, reason, owner, expires }: KnownDeviation, mask: Mask): KnownDeviation {
  return {
    fingerprint: mask.text(fingerprint),
    reason: mask.text(reason),
    owner: mask.text(owner),
    expires: mask.text(expires),
  };
}
