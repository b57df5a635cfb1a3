import { isUtf8 } from "node:buffer";
import { isTooDeep } from "../../contracts/har/is-too-deep";
import { redactJson } from "./redact-json";
import type { Redaction } from "./redaction";

/** A body with whatever is somebody's replaced: JSON value by value, another text word by word. Undefined for what is no text. */
export function redactBody(body: Buffer, redaction: Redaction): string | undefined {
  if (!isUtf8(body)) return undefined;
  const text = body.toString("utf8");
  return isJson(text) ? redaction.tokens.removeFrom(redactJson(text, redaction)) : redaction.sentence(text);
}

function isJson(text: string): boolean {
  if (isTooDeep(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
