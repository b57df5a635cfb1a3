import { parseIdentifier } from "../../identifier";
import type { Asked } from "./fault";

/** Whom Find Chat is asked for, as the API compares them. */
export function askedParticipants({ query }: Asked): string[] {
  return query.getAll("phone_numbers[]").map((participant) => parseIdentifier(participant) ?? participant);
}
