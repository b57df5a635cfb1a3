import type { IncomingHttpHeaders } from "node:http";
import type { OperationId } from "../../../contracts/generated/v2/operations";
import { isTooDeep } from "../../../contracts/har/is-too-deep";
import { isForm } from "../is-form";
import { hasFieldTwice } from "./has-field-twice";

/** Nothing stands behind it but parameters. */
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;[^,]*)?$/i;
const UTF_8 = /^utf-?8$/i;

/** A body of which nobody can tell what the target would read in it. */
export class UnreadableChange extends Error {
  override readonly name = "UnreadableChange";
}

/**
 * What the body of a change holds, for the guards: its JSON, or nothing for a form, where a form is taken: it has a text and files,
 * and names nobody. @throws UnreadableChange when it is not certain that the target reads the same in it
 */
export function readChange(operation: OperationId, headers: IncomingHttpHeaders, body: Buffer): unknown {
  if (body.length === 0) return undefined;
  const { "content-type": type = "", "content-encoding": encoding = "identity" } = headers;
  if (encoding.toLowerCase() !== "identity") throw new UnreadableChange("its body is compressed, and cannot be judged");
  if (isForm(operation, headers)) return undefined;
  if (!JSON_TYPE.test(type)) throw new UnreadableChange("its body is not sent as application/json, and cannot be judged");
  const charset = Array.from(type.matchAll(/charset\s*=\s*"?([^";\s]*)/gi), ([, name = ""]) => name).find(
    (name) => !UTF_8.test(name),
  );
  if (charset !== undefined) throw new UnreadableChange(`its body is in ${charset}, and JSON is in UTF-8`);
  const text = textOf(body);
  if (isTooDeep(text)) throw new UnreadableChange("its body is nested too deeply");
  const parsed = parsedJson(text);
  if (hasFieldTwice(text)) throw new UnreadableChange("its body has a field twice, and nobody knows which of the two counts");
  return parsed;
}

function textOf(body: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw new UnreadableChange("its body is not in UTF-8");
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UnreadableChange("its body is no JSON");
  }
}
