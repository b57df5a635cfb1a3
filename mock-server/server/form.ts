import { isUtf8 } from "node:buffer";
import { finished } from "node:stream/promises";
import type { Busboy } from "busboy";
import busboy from "busboy";
import type { Request } from "express";
import { lookup } from "mime-types";
import { MAX_FILE_BYTES, MAX_FILES } from "../../contracts/limits";
import type { StoredFile } from "../world/attachments";
import { type Failure, failure } from "./failure";
import { BYTES_AS_LETTERS, canDecode, charsetOf, decodeBytes, type FormPart, onEachPart } from "./form-part";

const MAX_PARTS_WITH_FILES = 100; // those included that are not read
const MAX_FIELD_BYTES = 1024 * 1024; // of all fields together (A-body-limit)
const MAX_FIELDS = 1000;
const LONGEST_SHOWN = 40;
const DEEPEST_NAME = 20;
const URLENCODED = "application/x-www-form-urlencoded";
export const FORM_TYPES = ["multipart/form-data", URLENCODED];
export const JSON_EXPECTED = "Send JSON with the header Content-Type: application/json.";
const FORM_BROKEN = "Send multipart/form-data as your HTTP client builds it, with the boundary that it puts into Content-Type.";

interface FormFields {
  readonly [name: string]: string | string[] | FormFields;
}

/** A form in the shape of the operation's JSON: `message[text]` is the field text of message. */
interface Form {
  readonly fields: FormFields;
  /** Of all fields together, their names included. */
  readonly bytes: number;
  readonly files: readonly StoredFile[];
  /** What looks wrong about it, and what of it is not read. */
  readonly hints: ReadonlySet<string>;
}

/** Reads a form; files are kept apart from its fields, and read from the given ones alone. */
export function readForm(
  req: Request,
  { fileFields, takeRoom }: { fileFields: readonly string[]; takeRoom: (bytes: number) => boolean },
  done: (result: Form | Failure) => void,
): void {
  const [usual = ""] = fileFields;
  const type = String(req.headers["content-type"]);
  let parser: Busboy;
  try {
    parser = openParser(req);
  } catch {
    req.resume();
    return done(unreadable("The form has no boundary"));
  }
  const form = { fields: emptyFields(), bytes: 0, files: [] as StoredFile[], hints: new Set<string>() };
  let isDone = false;
  const finish = (result: Form | Failure): void => {
    if (isDone) return;
    isDone = true;
    req.unpipe(parser);
    req.resume(); // whatever is still to come
    done(result);
  };
  let part: FormPart | undefined; // undefined in a form that has none
  if (req.is("multipart")) {
    onEachPart(parser, (next) => {
      part = next;
      for (const hint of partHints(next)) form.hints.add(hint);
    });
  }

  parser.on("field", (writtenName, written, { valueTruncated }) => {
    const charset = part?.charset ?? charsetOf(type) ?? "utf-8";
    if (!canDecode(charset)) return finish(charsetUnknown(part?.name ?? decodeBytes(writtenName, "utf-8"), charset));
    const name = part?.name ?? decodeBytes(writtenName, charset);
    if (valueTruncated) return finish(tooLarge(`${name} is over the limit of ${MAX_FIELD_BYTES} bytes`));
    form.bytes += name.length + written.length;
    if (form.bytes > MAX_FIELD_BYTES) return finish(tooLarge(`The fields are over the limit of ${MAX_FIELD_BYTES} bytes`));
    if (part && fileFields.includes(name) && part.mimeType !== "text/plain") return void form.hints.add(nameMissing(name));
    for (const hint of fieldHints(name, written, charset)) form.hints.add(hint);
    const refusal = addField(form.fields, name, decodeBytes(written, charset));
    if (refusal) finish(refusal);
  });
  const files: Promise<void>[] = [];
  parser.on("file", (_, stream) => {
    const { name: field = "", filename = "", mimeType = "" } = part ?? {};
    if (!fileFields.includes(field)) {
      if (field !== "") form.hints.add(fileNotRead(field, usual));
      stream.on("error", () => {}); // the parser says so, too
      stream.resume();
      return;
    }
    const take = (bytes: Buffer): void => {
      if (bytes.length > MAX_FILE_BYTES) finish(fileTooLarge(usual, filename || field));
      else if (form.files.length === MAX_FILES) finish(tooManyFiles(usual));
      else if (filename !== "") form.files.push({ filename, mimeType: typeOf(filename, mimeType), bytes });
      else if (bytes.length > 0) form.hints.add(nameMissing(field)); // a browser sends nothing for a file that was not chosen
    };
    if (field !== usual) form.hints.add(`Write ${usual}, with the second brackets: nothing else is documented.`);
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => {
      if (isDone) chunks.length = 0;
      else if (takeRoom(chunk.length)) chunks.push(chunk);
      else finish(noRoom(usual));
    });
    files.push(
      finished(stream).then(
        () => take(Buffer.concat(chunks)),
        () => finish(unreadable("The form is broken or was cut off")),
      ),
    );
  });
  parser.on("filesLimit", () => finish(tooManyFiles(usual)));
  parser.on("fieldsLimit", () => finish(tooLarge(`The form has more than ${MAX_FIELDS} fields`)));
  parser.on("error", () => finish(unreadable("The form is broken or was cut off")));
  parser.on("close", () => void Promise.all(files).then(() => finish(form)));
  req.on("close", () => req.complete || finish(unreadable("The form was cut off")));
  req.pipe(parser);
}

/** Fields come a letter for each byte, and are decoded here, where one sees what cannot be. */
function openParser(req: Request): Busboy {
  const limits = {
    ...{ fileSize: MAX_FILE_BYTES + 1, files: MAX_PARTS_WITH_FILES },
    ...{ fieldNameSize: MAX_FIELD_BYTES, fieldSize: MAX_FIELD_BYTES, fields: MAX_FIELDS },
  };
  const headers = req.is(URLENCODED) ? { "content-type": `${URLENCODED}; charset=${BYTES_AS_LETTERS}` } : req.headers;
  return busboy({ headers, limits });
}

function partHints({ name, hasDisposition, encoding }: FormPart): string[] {
  const said: string[] = [];
  if (!hasDisposition) said.push("A part of the form is not read: it has no Content-Disposition.");
  else if (name === "") said.push("A part of the form is not read: it has no name.");
  if (encoding !== undefined) {
    said.push(`${shown(name)} is read as it came: Content-Transfer-Encoding: ${shown(encoding)} is not undone.`);
  }
  return said;
}

function fieldHints(name: string, written: string, charset: string): string[] {
  if (/^\s*\{/.test(name)) return [JSON_EXPECTED]; // curl calls JSON a form, unless it is told
  const said: string[] = [];
  if (name !== "" && !FIELD_NAME.test(name)) {
    said.push(`${shown(name)} is not read: a field within another is written as message[text].`);
  }
  if (charset === "utf-8" && !isUtf8(Buffer.from(written, BYTES_AS_LETTERS))) {
    said.push(`${shown(name)} is not valid UTF-8; what cannot be read became U+FFFD.`);
  }
  return said;
}

const FIELD_NAME = /^(\w+)((?:\[\w*\])*)$/;

/** Browsers say octet-stream of what they do not know. */
function typeOf(filename: string, mimeType: string): string {
  return mimeType === "application/octet-stream" ? lookup(filename) || mimeType : mimeType;
}

/** Puts the value of `a[b]` into a.b, and that of `a[b][]` into the list a.b. Names of another shape are not read. */
function addField(fields: FormFields, name: string, value: string): Failure | undefined {
  const [, first = "", rest = ""] = FIELD_NAME.exec(name) ?? [];
  if (first === "") return undefined;
  const path = [first, ...[...rest.matchAll(/\[(\w*)\]/g)].map(([, part = ""]) => part)];
  if (path.length > DEEPEST_NAME) return failure(400, `${shown(name)} is nested too deeply`, { reason: "formInvalid" });
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

/** Without the names that every object has. */
function emptyFields(): FormFields {
  return Object.create(null) as FormFields;
}

function repeated(name: string): Failure {
  return failure(400, `${name} must be given once`, { reason: "formFieldRepeated" });
}

function unreadable(detail: string): Failure {
  return failure(400, detail, { reason: "formInvalid", hint: FORM_BROKEN });
}

function tooLarge(detail: string): Failure {
  return failure(413, detail, { reason: "bodyTooLarge" });
}

function fileTooLarge(field: string, filename: string): Failure {
  const detail = `${field} is larger than 10 MB: ${filename}`;
  return failure(413, detail, { reason: "fileTooLarge" });
}

function noRoom(field: string): Failure {
  const hint = "The mock was started with a --max-memory that is too small for them.";
  return failure(413, `There is no room for the files in ${field}`, { reason: "fileTooLarge", hint });
}

function tooManyFiles(field: string): Failure {
  const detail = `${field} holds more than ${MAX_FILES} files`;
  return failure(422, detail, { reason: "tooManyFiles" });
}

function fileNotRead(field: string, usual: string): string {
  return `The file in ${shown(field)} is not read; files go into ${usual}.`;
}

function nameMissing(field: string): string {
  return `A part of ${field} is not read: it has no file name, such as filename="photo.png".`;
}

function charsetUnknown(field: string, charset: string): Failure {
  const detail = `${shown(field)} is in an encoding that cannot be read`;
  return failure(400, detail, { reason: "formInvalid", hint: `The charset ${shown(charset)} is not known; send UTF-8.` });
}

function shown(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text;
}
