import { isTooDeep } from "../../../contracts/har/is-too-deep";

const BYTE_ORDER_MARK = "\uFEFF";

/** Why a body cannot be read as JSON, as a sentence without a full stop; undefined when it can. */
export function jsonProblem(body: Buffer): string | undefined {
  const text = body.toString("utf8");
  if (isTooDeep(text)) return "the body is nested too deeply to be looked at";
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return text.startsWith(BYTE_ORDER_MARK) ? "the body is no JSON: it begins with a byte order mark" : "the body is no JSON";
  }
}
