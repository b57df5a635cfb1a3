import stringify from "safe-stable-stringify";
import { isTooDeep } from "../../contracts/har/is-too-deep";
import type { SentKey } from "./recorded-answer";

const FORM = /^(?:multipart\/form-data|application\/x-www-form-urlencoded)\b/i;

/** A body that was sent, as it is compared. Secrets of webhooks are not compared, because none is recorded. */
export function sentKey(type: string, text: string): SentKey {
  const form = FORM.exec(type.trim())?.[0];
  if (form !== undefined) return `form ${form.toLowerCase()}`;
  if (text.trim() === "") return "";
  if (isTooDeep(text)) return text;
  try {
    return stringify(JSON.parse(text), withoutSecret) ?? text;
  } catch {
    return text;
  }
}

function withoutSecret(key: string, value: unknown): unknown {
  return key === "secret" && typeof value === "string" ? "" : value;
}
