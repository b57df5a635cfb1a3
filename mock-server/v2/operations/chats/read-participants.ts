import { type Identifier, parseIdentifier } from "../../../../contracts/identifiers";
import { refuse } from "../../errors";

/** Reads a list of participants; `fieldOf` names the n-th for the refusal of one that is none. */
export function readParticipants<Name extends "numberInvalid" | "numberInvalidInQuery">(
  refusal: Name,
  raw: readonly string[],
  fieldOf: (index: number) => string,
): readonly Identifier[] | ReturnType<typeof refuse<Name>> {
  const identifiers: Identifier[] = [];
  for (const [i, text] of raw.entries()) {
    const identifier = parseIdentifier(text);
    if (identifier === undefined) return refuse(refusal, { field: fieldOf(i), given: text });
    identifiers.push(identifier);
  }
  return identifiers;
}
