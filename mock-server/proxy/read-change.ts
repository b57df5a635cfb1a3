import type { IncomingHttpHeaders } from "node:http";
import { visit } from "jsonc-parser";
import type { BodyReading } from "../../contracts/client/guard";
import { type AnyOperationId, type ContractVersion, operationOf } from "../../contracts/contract-version";
import { isTooDeep } from "../../contracts/exchange";
import { readCreateForm } from "./read-form";

/** Nothing stands behind it but parameters. */
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;[^,]*)?$/i;
const FORM = /^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i;

/**
 * What the body of a change holds, for the guard: its JSON, what a form of Create Chat says, or nothing for a form of Send Message, which
 * has a text and files, and names nobody. Not ok when it is not certain that the target reads the same in it.
 */
export function readChange(
  contract: ContractVersion,
  operation: AnyOperationId,
  headers: IncomingHttpHeaders,
  body: Buffer,
): BodyReading {
  const { "content-type": type = "", "content-encoding": encoding = "identity" } = headers;
  if (body.length === 0) return { ok: true, value: undefined };
  if (encoding.toLowerCase() !== "identity") return unreadable("its body is compressed, and cannot be judged");
  if (isForm(contract, operation, headers)) {
    return operation === "sendMessage" ? { ok: true, value: undefined } : readCreateForm(type, body);
  }
  if (!JSON_TYPE.test(type)) return unreadable("its body is not sent as application/json, and cannot be judged");
  const charsets = Array.from(type.matchAll(/charset\s*=\s*"?([^";\s]*)/gi), ([, name = ""]) => name);
  const other = charsets.find((name) => !/^utf-?8$/i.test(name));
  if (other !== undefined) return unreadable(`its body is in ${other}, and JSON is in UTF-8`);
  try {
    return readJson(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body));
  } catch {
    return unreadable("its body is not in UTF-8");
  }
}

/** Whether a request to an operation that takes forms has one. */
export function isForm(
  contract: ContractVersion,
  operation: AnyOperationId,
  { "content-type": type = "" }: IncomingHttpHeaders,
): boolean {
  return operationOf(contract, operation).form && FORM.test(type);
}

function readJson(text: string): BodyReading {
  if (isTooDeep(text)) return unreadable("its body is nested too deeply");
  try {
    const value: unknown = JSON.parse(text);
    return hasFieldTwice(text)
      ? unreadable("its body has a field twice, and nobody knows which of the two counts")
      : { ok: true, value };
  } catch {
    return unreadable("its body is no JSON");
  }
}

/** Whether an object in a JSON text has a field twice. Readers do not agree on which of the two counts. */
function hasFieldTwice(json: string): boolean {
  const open: Set<string>[] = [];
  let isTwice = false;
  visit(json, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty: (name) => {
      const fields = open.at(-1);
      isTwice ||= fields?.has(name) === true;
      fields?.add(name);
    },
  });
  return isTwice;
}

function unreadable(reason: string): BodyReading {
  return { ok: false, reason };
}
