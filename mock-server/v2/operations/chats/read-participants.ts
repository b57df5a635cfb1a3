import type { AssumptionId } from "../../../../contracts/generated/v2/operations";
import { type Identifier, parseIdentifier } from "../../../../contracts/identifiers";
import { type Failure, invalidNumber } from "../../errors";

const LARGEST_KNOWN_GROUP = 31;

export interface Participants {
  readonly identifiers: readonly Identifier[];
  readonly assuming: readonly AssumptionId[];
}

/** Reads a list of participants; `fieldOf` names the n-th for the refusal of one that is none. */
export function readParticipants<Status extends 400 | 422>(
  status: Status,
  raw: readonly string[],
  fieldOf: (index: number) => string,
): Participants | Failure<Status> {
  const identifiers: Identifier[] = [];
  const assuming = new Set<AssumptionId>();
  for (const [i, text] of raw.entries()) {
    const identifier = parseIdentifier(text);
    if (identifier === undefined) return invalidNumber(status, fieldOf(i), text);
    if (identifier !== text && identifier.includes("@")) assuming.add("A-email-case");
    identifiers.push(identifier);
  }
  if (identifiers.length > LARGEST_KNOWN_GROUP) assuming.add("A-group-limit");
  return { identifiers, assuming: [...assuming] };
}
