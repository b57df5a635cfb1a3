import type { BodyReading } from "../../contracts/client/guard";

/** What a form of Create Chat has beside files; lists end in brackets (A-create-form). */
const FIELDS: ReadonlySet<string> = new Set([
  "send_from",
  "chat[phone_numbers][]",
  "chat[display_name]",
  "message[text]",
  "message[idempotency_key]",
  "message[attachment_urls][]",
]);
const FILES = "message[attachments][]";
const BOUNDARY = /^multipart\/form-data; ?boundary=("?)([\w-]{1,70})\1$/i;
/** Of a field, or of a file, whose name holds nothing that could begin another parameter. */
const DISPOSITION = /^content-disposition: ?form-data; ?name="([^"\\;]+)"(?:; ?filename="([^"\\;=]*)")?$/i;
const PLAIN_TYPE = /^content-type: ?text\/plain(?:; ?charset=utf-8)?$/i;
const FILE_TYPE = /^content-type: ?[\w.+-]+\/[\w.+-]+(?:; ?charset=[\w-]+)?$/i;

/**
 * Whom a form of Create Chat names, as the JSON that says the same. Not ok where anything about it could be read in another way: an
 * unknown field, one given twice, a part with more than its name and its type, a boundary within a part.
 */
export function readCreateForm(type: string, body: Buffer): BodyReading {
  const [, , boundary] = BOUNDARY.exec(type.trim()) ?? [];
  if (boundary === undefined) return unreadable("its body is a form that names people, and not plain multipart/form-data");
  const [first, ...parts] = body.toString("latin1").split(`--${boundary}`);
  const last = parts.pop();
  if (first !== "" || parts.length === 0 || !/^--(?:\r\n)?$/.test(last ?? "")) return unreadable("its form cannot be read");
  const values = new Map<string, string[]>();
  for (const part of parts) {
    const field = readPart(part);
    if (field === undefined) return unreadable("its form has a part that can be read in more than one way");
    if (field.value === undefined) continue;
    const known = values.get(field.name) ?? [];
    if (known.length > 0 && !field.name.endsWith("[]"))
      return unreadable("its form has a field twice, and nobody knows which of the two counts");
    values.set(field.name, [...known, field.value]);
  }
  return { ok: true, value: jsonOf(values) };
}

/** A field, or a file, which has no value. Undefined for what is neither, as far as everybody would see. */
function readPart(part: string): { readonly name: string; readonly value: string | undefined } | undefined {
  const [, head = "", content = ""] = /^\r\n((?:[^\r\n]+\r\n)+)\r\n(.*)\r\n$/s.exec(part) ?? [];
  const [disposition = "", contentType, ...others] = head.split("\r\n").slice(0, -1);
  const [, name = "", filename] = DISPOSITION.exec(disposition) ?? [];
  if (others.length > 0) return undefined;
  if (filename !== undefined) {
    const isFile = name === FILES && (contentType === undefined || FILE_TYPE.test(contentType));
    return isFile ? { name, value: undefined } : undefined;
  }
  if (!FIELDS.has(name) || (contentType !== undefined && !PLAIN_TYPE.test(contentType))) return undefined;
  try {
    const value = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(content, "latin1"));
    return { name, value };
  } catch {
    return undefined;
  }
}

function jsonOf(values: ReadonlyMap<string, readonly string[]>): object {
  const json: Record<string, unknown> = {};
  for (const [name, found] of values) {
    const [around = "", field] = name.replace("[]", "").split(/[[\]]+/);
    const value = name.endsWith("[]") ? found : found[0];
    json[around] = field === undefined || field === "" ? value : { ...Object(json[around]), [field]: value };
  }
  return json;
}

function unreadable(reason: string): BodyReading {
  return { ok: false, reason };
}
