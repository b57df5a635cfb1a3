import { parsePhoneNumberFromString } from "libphonenumber-js/min";

/** A participant as the API compares them: a number in E.164 (`+12052761148`) or an e-mail address in lower case. */
export type Identifier = string & { readonly __identifier: true };

const NORTH_AMERICAN = /^(?:\+?1)?([2-9]\d{9})$/;
const TEL = /^tel:\s*/i;
const DIGITS = /^\+?\d{4,15}$/;
const EMAIL = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)+$/i;
const LONGEST_EMAIL = 254;

/**
 * Reads a participant as the API accepts it: `+12223334444`, `2223334444`, `12223334444`, a number of another country with
 * its plus, or an e-mail address. Returns undefined for anything else, punctuated numbers included.
 */
export function parseIdentifier(raw: string): Identifier | undefined {
  return raw.includes("@") ? parseEmail(raw) : parsePhoneNumber(raw);
}

/** As {@link parseIdentifier}, for places where only a phone number makes sense, such as a line. */
export function parsePhoneNumber(raw: string): Identifier | undefined {
  // Nearly all traffic is North American, where ten digits are always possible: no need to load number metadata (50 ms).
  const northAmerican = NORTH_AMERICAN.exec(raw);
  if (northAmerican) return `+1${northAmerican[1]}` as Identifier;
  if (!DIGITS.test(raw)) return undefined;
  const number = parsePhoneNumberFromString(raw, "US");
  if (!number?.isPossible()) return undefined;
  if (number.countryCallingCode === "1" && /^[01]/.test(number.nationalNumber)) return undefined; // A-number-area
  if (parsePhoneNumberFromString(number.number)?.number !== number.number) return undefined; // +49000000: each reading would take another zero for a trunk prefix
  return number.number as string as Identifier;
}

const E164 = /^\+[1-9]\d{1,14}$/;

/** A number as V3 accepts it, in E.164 form, also one that no country has. */
export function parseE164(raw: string): Identifier | undefined {
  return E164.test(raw) ? (raw as Identifier) : undefined;
}

/** Whether a number has as many digits as its country wants. */
export function hasPossibleLength(number: Identifier): boolean {
  return parsePhoneNumberFromString(number)?.isPossible() === true;
}

/** Reads a participant as V2 accepts it or V3 does. */
export function parseAnyIdentifier(raw: string): Identifier | undefined {
  return parseIdentifier(raw) ?? parseE164(raw);
}

/**
 * As {@link parsePhoneNumber}, in every format: `(555) 123-4567`, `tel:+1...`, an extension cut off, blanks around it. So the contact
 * operations read numbers.
 */
export function parsePhoneNumberLoosely(written: string): Identifier | undefined {
  const raw = written.trim();
  const plain = parsePhoneNumber(raw);
  if (plain !== undefined) return plain;
  const read = parsePhoneNumberFromString(raw.replace(TEL, ""), { defaultCountry: "US", extract: false });
  return read && parsePhoneNumber(read.number);
}

/** How the API shows a participant who has no contact: `+1 (555) 123-4567`, `+44 20 7946 0958` (A-number-display), or the e-mail address. */
export function displayIdentifier(identifier: Identifier): string {
  if (identifier.includes("@")) return identifier;
  const northAmerican = NORTH_AMERICAN.exec(identifier)?.[1];
  if (northAmerican) return `+1 (${northAmerican.slice(0, 3)}) ${northAmerican.slice(3, 6)}-${northAmerican.slice(6)}`;
  return parsePhoneNumberFromString(identifier)?.formatInternational() ?? identifier;
}

/** An e-mail address alone. */
export function parseEmail(raw: string): Identifier | undefined {
  if (raw.length > LONGEST_EMAIL || !EMAIL.test(raw)) return undefined;
  return raw.toLowerCase() as Identifier; // A-email-case
}

/** The services that carry messages, in the order in which the platform falls back; a caller cannot choose. */
export const SERVICES = ["iMessage", "RCS", "SMS"] as const;

/** A channel a message can travel by. */
export type Service = (typeof SERVICES)[number];

/** The best service that everybody can receive (A-create-service). */
export function commonService(best: Iterable<Service>): Service {
  let rank = 0;
  for (const service of best) rank = Math.max(rank, SERVICES.indexOf(service));
  return SERVICES[rank] ?? "SMS";
}
