import type { AnyOperationId } from "../contract-version";
import { parseIdentifier, parsePhoneNumberLoosely } from "../identifiers";
import { TargetError } from "./errors";

/** A number or an e-mail address as it is compared; what is neither stays as it is. */
export function canonical(identifier: string): string {
  return parseIdentifier(identifier) ?? identifier;
}

/** Somebody who may be reached, as they are compared. @throws TargetError when it is neither a number nor an e-mail address */
export function readRecipient(recipient: string): string {
  const identifier = canonical(recipient);
  if (identifier === recipient && !/^\+\d|@/.test(recipient)) {
    throw new TargetError("A --recipient is neither a number nor an e-mail address; write it as +12223334444.");
  }
  return identifier;
}

const OF_A_MESSAGE = ["text", "idempotency_key", "attachments", "attachment_urls"].map((field) => ["message", field]);

/** What reaches nobody, whatever it says: texts, keys and links may hold digits that look like a number. */
const REACHES_NOBODY: Partial<Record<AnyOperationId, readonly (readonly string[])[]>> = {
  createChat: [...OF_A_MESSAGE, ["chat", "display_name"]],
  sendMessage: OF_A_MESSAGE,
  editMessage: [["text"]],
};

/**
 * Everybody whom a body may reach, as they are compared: texts, keys and links left out. What stands where somebody is reached and cannot
 * be read is one of them, as it was sent, so that it is nobody's recipient.
 */
export function peopleReached(operation: AnyOperationId, body: unknown): string[] {
  const addressing = (REACHES_NOBODY[operation] ?? []).reduce<unknown>(without, body);
  return peopleIn(addressing);
}

/** Everybody whom a body names, as they are compared; of what cannot be read, what was sent. */
export function peopleIn(body: unknown): string[] {
  return [...new Set([...namedNumbers(body), ...identifiersIn(body, "")])];
}

function without(value: unknown, [field = "", ...below]: readonly string[]): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, field)) return value;
  const { [field]: found, ...rest } = value as Record<string, unknown>;
  return below.length === 0 ? rest : { ...rest, [field]: without(found, below) };
}

/** Whether a field holds nothing but numbers and addresses of people, so that a short code counts, too. */
const OF_NUMBERS =
  /^(?:phone_numbers?|send_from|forwarding_number|to|from|recipients?|(?:payer_)?handles?|address|exclude_from)$/;
/** A number as everybody reads it. Letters, underscores and what cannot be seen are read in more than one way. */
const WRITTEN_PLAINLY = /^[+\d\s().\-/]+$/;
/** A blank, or one word of letters: no number begins with them, and no address is without an @. A contract run asks what comes of such. */
const NOBODY = /^\s*$|^[a-z]+$/i;

/** In a field of numbers, however deep below it, almost everything is somebody; elsewhere, whatever has an @. */
function identifiersIn(value: unknown, field: string): string[] {
  const isOfNumbers = OF_NUMBERS.test(field);
  if (typeof value === "number") return isOfNumbers ? [identified(String(value))] : [];
  if (typeof value === "string") {
    const isSomebody = isOfNumbers ? !NOBODY.test(value) : value.normalize("NFKC").includes("@");
    return isSomebody ? [identified(value)] : [];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) => [
    ...(Array.isArray(value) ? [] : identifiersIn(key, "")),
    ...identifiersIn(below, isOfNumbers ? field : key),
  ]);
}

function identified(written: string): string {
  return (WRITTEN_PLAINLY.test(written) ? parsePhoneNumberLoosely(written) : undefined) ?? canonical(written);
}

/** Seven digits or more, in whatever way they are written. */
const NUMBER = /\+?\d(?:[\s().\-/_]*\d){6,}/g;
const EMAIL = /[^\s<>"',;:()]+@[^\s<>"',;:()]+/g;

/**
 * Every phone number and e-mail address that a body names, wherever it stands and however it is written, a text or a key included;
 * numbers in E.164 where they can be read so.
 */
export function namedNumbers(body: unknown, field = ""): string[] {
  const isOfNumbers = OF_NUMBERS.test(field);
  if (typeof body === "string") return namedInText(withPlainDigits(body), field);
  if (typeof body === "number") return isOfNumbers ? namedInText(String(body), field) : numbersIn(String(Math.abs(body)));
  if (typeof body !== "object" || body === null) return [];
  return Object.entries(body).flatMap(([key, value]) => [
    ...namedNumbers(key),
    ...namedNumbers(value, Array.isArray(body) ? field : key),
  ]);
}

function namedInText(text: string, field: string): string[] {
  if (OF_NUMBERS.test(field) && /\d/.test(text)) return [parsePhoneNumberLoosely(text) ?? canonical(text)];
  return [...numbersIn(text), ...(text.match(EMAIL) ?? []).map((email) => email.toLowerCase())];
}

function numbersIn(text: string): string[] {
  return (text.match(NUMBER) ?? []).map((found) => {
    const digits = found.replaceAll("_", " ");
    return parsePhoneNumberLoosely(digits) ?? digits.replaceAll(/[^\d+]/g, "");
  });
}

/** Whoever reads numbers may read the digits of other scripts, too: full-width ones, Arabic ones; and overlook what cannot be seen. */
function withPlainDigits(text: string): string {
  const isPlain = !/[^ -~]/.test(text);
  if (isPlain) return text;
  const seen = text.normalize("NFKC").replaceAll(/\p{Default_Ignorable_Code_Point}/gu, "");
  return seen.replaceAll(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
}

/** Unicode has the digits of each script in a row, from 0 to 9. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return before % 10;
}
