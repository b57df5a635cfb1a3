import { isUtf8 } from "node:buffer";
import { type Failure, failure } from "./failure";
import { BYTES_AS_LETTERS } from "./form-part";
import { httpHints } from "./http-hints";
import { shortened } from "./printable-text";

const DEEPEST_NAME = 20;
const FIELD_NAME = /^(\w+)((?:\[\w*\])*)$/;

/** The fields of a form in the shape of the operation's JSON: `message[text]` is the field text of message. */
export interface FormFields {
  readonly [name: string]: string | string[] | FormFields;
}

/** Without the names that every object has. */
export function emptyFields(): FormFields {
  return Object.create(null) as FormFields;
}

/** Says that something in `a[b][]` was sent, though its value is kept elsewhere: a is there then. */
export function openParent(fields: FormFields, name: string): void {
  const [, parent = ""] = /^(\w+)\[/.exec(name) ?? [];
  if (parent !== "") (fields as Record<string, FormFields[string]>)[parent] ??= emptyFields();
}

/** Puts the value of `a[b]` into a.b, and that of `a[b][]` into the list a.b. Names of another shape are not read. */
export function addField(fields: FormFields, name: string, value: string): Failure | undefined {
  const [, first = "", rest = ""] = FIELD_NAME.exec(name) ?? [];
  if (first === "") return undefined;
  const path = [first, ...[...rest.matchAll(/\[(\w*)\]/g)].map(([, part = ""]) => part)];
  if (path.length > DEEPEST_NAME) return failure(400, `${shortened(name)} is nested too deeply`, { reason: "formInvalid" });
  const isList = path.at(-1) === "" && path.pop() === "";
  const last = path.pop() ?? "";
  let parent = fields as Record<string, string | string[] | FormFields>;
  for (const part of path) {
    parent[part] ??= emptyFields();
    const child = parent[part];
    if (typeof child !== "object" || Array.isArray(child)) return repeated(name);
    parent = child as Record<string, string | string[] | FormFields>;
  }
  const present = parent[last];
  if (isList && Array.isArray(present)) present.push(value);
  else if (present !== undefined) return repeated(name);
  else parent[last] = isList ? [value] : value;
  return undefined;
}

function repeated(name: string): Failure {
  return failure(400, `${name} must be given once`, { reason: "formFieldRepeated" });
}

/** What looks wrong about a field, as it was written: a letter for each byte. */
export function fieldHints(name: string, written: string, charset: string): string[] {
  if (/^\s*\{/.test(name)) return [httpHints.jsonExpected]; // curl calls JSON a form, unless it is told
  const said: string[] = [];
  if (name !== "" && !FIELD_NAME.test(name)) said.push(httpHints.fieldMisnamed(name));
  const isDecodable = charset !== "utf-8" || isUtf8(Buffer.from(written, BYTES_AS_LETTERS));
  if (!isDecodable) said.push(httpHints.fieldNotUtf8(name));
  return said;
}
