import { isUtf8 } from "node:buffer";
import { isTooDeep } from "../../contracts/har/is-too-deep";
import { type How, redactJson } from "./redact-json";

/** A body with whatever is somebody's replaced: JSON value by value, another text word by word. Undefined for what is no text. */
export function redactBody(body: Buffer, how: How): string | undefined {
  if (!isUtf8(body)) return undefined;
  const text = body.toString("utf8");
  return isJson(text) ? how.redaction.tokens.removeFrom(redactJson(text, how)) : how.redaction.sentence(text);
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
