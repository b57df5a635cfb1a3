import { TargetError } from "../client/target-error";
import { canonical } from "./transport/acquaintance";

/** Somebody who may be reached, as they are compared. @throws TargetError when it is neither a number nor an e-mail address */
export function readRecipient(recipient: string): string {
  const identifier = canonical(recipient);
  if (identifier === recipient && !/^\+\d|@/.test(recipient)) {
    throw new TargetError("A --recipient is neither a number nor an e-mail address; write it as +12223334444.");
  }
  return identifier;
}
