import { parsePhoneNumberLoosely } from "../../identifier";
import { canonical } from "./acquaintance";

/** Seven digits or more, in whatever way they are written. */
const NUMBER = /\+?\d(?:[\s().\-/]*\d){6,}/g;
/** Fields that hold nothing but numbers, so that a short code counts, too. */
const OF_NUMBERS = /^(?:phone_numbers?|send_from|forwarding_number|to|from|recipients?)$/;
const EMAIL = /[^\s<>"',;:()]+@[^\s<>"',;:()]+/g;

/**
 * Every phone number and e-mail address that a body names, wherever it stands and however it is written, a text or a key included;
 * numbers in E.164 where they can be read so.
 */
export function namedNumbers(body: unknown, field = ""): string[] {
  if (OF_NUMBERS.test(field) && (typeof body === "string" || typeof body === "number") && /\d/.test(String(body))) {
    return [parsePhoneNumberLoosely(String(body)) ?? canonical(String(body))];
  }
  if (typeof body === "string") return [...numbersIn(body), ...(body.match(EMAIL) ?? []).map((email) => email.toLowerCase())];
  if (typeof body === "number") return numbersIn(String(Math.abs(body)));
  if (typeof body !== "object" || body === null) return [];
  return Object.entries(body).flatMap(([key, value]) => [
    ...namedNumbers(key),
    ...namedNumbers(value, Array.isArray(body) ? field : key),
  ]);
}

function numbersIn(text: string): string[] {
  return (text.match(NUMBER) ?? []).map((found) => parsePhoneNumberLoosely(found) ?? found.replaceAll(/[^\d+]/g, ""));
}
