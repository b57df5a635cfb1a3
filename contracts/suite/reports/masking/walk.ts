import { classifyText } from "./classify-text";
import { DEEPEST } from "./deepest";
import { isIdField } from "./id-field";
import { isSimpleKey } from "./mask-key";
import type { Fields, Origin } from "./origin";
import { isPrivateNumber } from "./private-number";
import type { Pseudonyms } from "./pseudonyms";

const ID_LIKE_A_NUMBER = /^\d{7,9}$/;

/** What a server said in words, and where. */
export interface Sentence {
  readonly text: string;
  readonly origin: Origin;
}

/** Makes everything known that is in a value, but for sentences, which it returns. */
export function walk(value: unknown, origin: Origin, pseudonyms: Pseudonyms): Sentence[] {
  const { trail, inside } = origin;
  if (typeof value === "string") return takeText(value, origin, pseudonyms);
  if (typeof value === "number") takeNumber(value, origin, pseudonyms);
  if (typeof value !== "object" || value === null || trail.length > DEEPEST) return [];
  if (Array.isArray(value)) {
    return value.flatMap((entry) =>
      walk(entry, Array.isArray(entry) ? { ...origin, trail: [...trail, ""] } : origin, pseudonyms),
    );
  }
  const fields = value as Fields;
  return Object.entries(fields).flatMap(([key, child]) => {
    if (!isSimpleKey(key)) pseudonyms.add(key, "TEXT", origin);
    return walk(child, { ...origin, trail: [...trail, key], inside: [...inside, fields] }, pseudonyms);
  });
}

function takeText(text: string, origin: Origin, pseudonyms: Pseudonyms): Sentence[] {
  const found = classifyText(text, origin.trail);
  if (found === "sentence") return [{ text, origin }];
  if (found !== "shown") pseudonyms.add(text, found, origin);
  else if (ID_LIKE_A_NUMBER.test(text)) pseudonyms.ids.add(text);
  return [];
}

function takeNumber(value: number, origin: Origin, pseudonyms: Pseudonyms): void {
  const { trail } = origin;
  if (isPrivateNumber(value, trail)) pseudonyms.add(String(value), "NUMBER", origin);
  else if (isIdField(trail.at(-1) ?? "") && ID_LIKE_A_NUMBER.test(String(value))) pseudonyms.ids.add(String(value));
}
