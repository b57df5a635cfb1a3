import { maskKey } from "./mask-key";
import { maskText } from "./mask-text";
import type { Pseudonyms } from "./pseudonyms";

/** A JSON pointer whose fields may be anything; what is no pointer is masked as a sentence. */
export function maskPointer(pointer: string, pseudonyms: Pseudonyms): string {
  if (!pointer.startsWith("/")) return maskText(pointer, pseudonyms);
  return pointer
    .split("/")
    .map((part) => (part === "*" ? part : maskKey(part.replaceAll("~1", "/").replaceAll("~0", "~"), pseudonyms)))
    .join("/");
}
