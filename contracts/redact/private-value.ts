import { looksLike } from "./patterns";
import type { PrivateKind } from "./privacy-marks";

/** A value that is somebody's, where it stands. */
export interface PrivateValue {
  readonly kind: PrivateKind;
  /** The same for every spelling: E.164 of a number, lower case of an address. */
  readonly canonical: string;
  /** As it is written here; a number in the middle of a URL or of JSON may be escaped. */
  readonly written: string;
}

/** For people: a value is its kind and a number, `phone 2`, the same wherever it stands. */
export function labels(): (value: PrivateValue) => string {
  const labelled = new Map<string, string>();
  const counts = new Map<string, number>();
  return ({ kind, canonical }) => {
    const key = `${kind} ${canonical}`;
    const known = labelled.get(key);
    if (known !== undefined) return known;
    const count = (counts.get(kind) ?? 0) + 1;
    const label = `${kind} ${count}`;
    counts.set(kind, count);
    labelled.set(key, label);
    return label;
  };
}

/** A number, or a short code, in a field for numbers. */
const PHONE_LIKE = /^(?=(?:\D*\d){3})[^\p{L}@]+$/u;

/** What is a number, an address or a URL by its look is one; what stands in a field for them and is none is a text. */
export function privateKindOf(text: string, declared: PrivateKind): PrivateKind {
  if (declared === "secret" || looksLike("timestamp", text) || looksLike("uuid", text)) return declared;
  if (looksLike("email", text)) return "email";
  if (looksLike("phone", text) || (declared === "phone" && PHONE_LIKE.test(text))) return "phone";
  if (looksLike("url", text)) return "url";
  return declared === "name" ? "name" : "text";
}

/** Whether a secret can be told from the numbers of ids and counts. */
export function isKnowable(secret: string): boolean {
  return secret.trim() !== "" && !/^\d{1,3}$/.test(secret);
}
