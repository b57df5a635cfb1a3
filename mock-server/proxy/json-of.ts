import { parseBody } from "../../contracts/exchange";
import { isTooDeep } from "../../contracts/har/is-too-deep";

/** What a body holds: JSON; undefined when it is empty, and a text when it is no JSON, or is too deep to be looked at. */
export function jsonOf(body: Buffer): unknown {
  const text = body.toString("utf8");
  return isTooDeep(text) ? text : parseBody(text);
}
