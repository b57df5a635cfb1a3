import { isIdField } from "./id-field";
import { type PseudonymKind, privateFields } from "./private-fields";
import { isPublicText } from "./public-text";
import { isSentenceField } from "./sentence-fields";

/** What becomes of a text: it is shown, masked as a sentence, or replaced by a pseudonym of a kind. */
export type TextClass = "shown" | "sentence" | PseudonymKind;

const SHORT_ID = /^\d{1,9}$/;

/** `trail` is the fields on the way to it. */
export function classifyText(text: string, trail: readonly string[]): TextClass {
  const field = trail.at(-1) ?? "";
  if (isSentenceField(trail)) return "sentence";
  const kind = kindOfField(field, trail);
  if (kind) return text === "" ? "shown" : kind;
  if (isPublicText(text) || (isIdField(field) && SHORT_ID.test(text))) return "shown";
  return "TEXT";
}

function kindOfField(field: string, trail: readonly string[]): PseudonymKind | undefined {
  if (field === "attachments") return "URL"; // in a request, files are URLs
  return field === "title" && trail.includes("errors") ? undefined : privateFields.get(field);
}
