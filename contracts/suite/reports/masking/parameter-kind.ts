import { type PseudonymKind, privateFields } from "./private-fields";
import { isPublicText } from "./public-text";

/** What a parameter is masked as; undefined when it is shown. */
export function parameterKind(name: string, value: string): PseudonymKind | undefined {
  const kind = privateFields.get(name) ?? privateFields.get(name.replace(/\[.*$/, ""));
  if (value === "") return undefined;
  if (kind) return kind;
  return isPublicText(value) || /^-?\d{1,6}(?:\.\d{1,3})?$/.test(value) ? undefined : "TEXT";
}
