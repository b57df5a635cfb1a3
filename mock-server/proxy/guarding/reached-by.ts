import { canonical } from "../../../contracts/client/known-account";
import { namedNumbers } from "../../../contracts/client/named-people";
import { parsePhoneNumberLoosely } from "../../../contracts/identifier";
import { isFieldOfNumbers } from "../../../contracts/suite/transport/is-field-of-numbers";

/** A number as everybody reads it. Letters, underscores and what cannot be seen are read in more than one way. */
const WRITTEN_PLAINLY = /^[+\d\s().\-/]+$/;
/** A blank, or one word of letters: no number begins with them, and no address is without an @. A contract run asks what comes of such. */
const NOBODY = /^\s*$|^[a-z]+$/i;

/**
 * Everybody whom the addressing part of a body may reach, as they are compared. What stands where somebody is reached and cannot be read
 * is one of them, as it was sent, so that it is nobody's recipient.
 */
export function reachedBy(body: unknown): string[] {
  return [...new Set([...namedNumbers(body), ...identifiersIn(body, "")])];
}

/** In a field of numbers, however deep below it, almost everything is somebody; elsewhere, whatever has an @. */
function identifiersIn(value: unknown, field: string): string[] {
  if (typeof value === "number") return isFieldOfNumbers(field) ? [identified(String(value))] : [];
  if (typeof value === "string") {
    const isSomebody = isFieldOfNumbers(field) ? !NOBODY.test(value) : value.normalize("NFKC").includes("@");
    return isSomebody ? [identified(value)] : [];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) => [
    ...(Array.isArray(value) ? [] : identifiersIn(key, "")),
    ...identifiersIn(below, isFieldOfNumbers(field) ? field : key),
  ]);
}

function identified(written: string): string {
  return (WRITTEN_PLAINLY.test(written) ? parsePhoneNumberLoosely(written) : undefined) ?? canonical(written);
}
