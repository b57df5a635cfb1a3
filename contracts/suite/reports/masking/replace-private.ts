import { NO_ID } from "../../../client/guard";
import { classifyText } from "./classify-text";
import { DEEPEST } from "./deepest";
import { maskKey } from "./mask-key";
import { maskSentence } from "./mask-sentence";
import type { PseudonymKind } from "./private-fields";
import { isPrivateNumber } from "./private-number";
import type { Pseudonyms } from "./pseudonyms";

const HIDDEN = "…";

interface How {
  readonly pseudonyms: Pseudonyms;
  /** What is shown instead of something private. */
  readonly replace: (raw: string | number, kind: PseudonymKind) => unknown;
}

/** Parsed JSON with whatever is private in it replaced; `trail` is the fields on the way to it. */
export function replacePrivate(value: unknown, trail: readonly string[], how: How): unknown {
  if (typeof value === "string") return replaceText(value, trail, how);
  if (typeof value === "number") return replaceNumber(value, trail, how);
  if (typeof value !== "object" || value === null) return value;
  if (trail.length > DEEPEST) return HIDDEN;
  if (Array.isArray(value)) {
    return value.map((entry) => replacePrivate(entry, Array.isArray(entry) ? [...trail, ""] : trail, how));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [maskKey(key, how.pseudonyms), replacePrivate(child, [...trail, key], how)]),
  );
}

function replaceText(text: string, trail: readonly string[], { pseudonyms, replace }: How): unknown {
  const found = classifyText(text, trail);
  if (found === "shown") return text;
  return found === "sentence" ? maskSentence(text, pseudonyms) : replace(text, found);
}

function replaceNumber(value: number, trail: readonly string[], { pseudonyms, replace }: How): unknown {
  const written = String(value);
  const isKept = value === NO_ID || pseudonyms.isId(written) || !isPrivateNumber(value, trail);
  return isKept && !pseudonyms.isKnownNumber(written) ? value : replace(value, "NUMBER");
}
