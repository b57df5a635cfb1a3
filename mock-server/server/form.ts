import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import type { Busboy, FieldInfo } from "busboy";
import busboy from "busboy";
import type { Request } from "express";
import { lookup } from "mime-types";
import { MAX_FILE_BYTES, MAX_FILES } from "../../contracts/limits";
import type { StoredFile } from "../world/attachments";
import { type Failure, failure } from "./failure";
import { addField, emptyFields, type FormFields, fieldHints, openParent } from "./form-fields";
import { BYTES_AS_LETTERS, canDecode, charsetOf, decodeBytes, type FormPart, onEachPart } from "./form-part";
import { httpHints } from "./http-hints";
import { shortened } from "./printable-text";

const MAX_PARTS_WITH_FILES = 100; // those included that are not read
const MAX_FIELD_BYTES = 1024 * 1024; // of all fields together (A-body-limit)
const MAX_FIELDS = 1000;
const URLENCODED = "application/x-www-form-urlencoded";
export const FORM_TYPES = ["multipart/form-data", URLENCODED];

interface Form {
  readonly fields: FormFields;
  /** Of all fields together, their names included. */
  readonly bytes: number;
  readonly files: readonly StoredFile[];
  /** What looks wrong about it, and what of it is not read. */
  readonly hints: ReadonlySet<string>;
}

/** What decides how a form is read. */
interface FormOptions {
  /** The fields that files are read from, of which the first is the usual one. */
  readonly fileFields: readonly string[];
  /** Takes room for the bytes of a file, if there is any. */
  readonly takeRoom: (bytes: number) => boolean;
}

/** Reads a form; files are kept apart from its fields, and read from the given ones alone. */
export function readForm(req: Request, options: FormOptions, done: (result: Form | Failure) => void): void {
  const parser = openParser(req);
  if (parser) return new FormReader(req, options, parser, done).start();
  req.resume();
  done(unreadable("The form has no boundary"));
}

/** Fields come a letter for each byte, and are decoded here, where one sees what cannot be. Undefined when the form has no boundary. */
function openParser(req: Request): Busboy | undefined {
  const limits = {
    ...{ fileSize: MAX_FILE_BYTES + 1, files: MAX_PARTS_WITH_FILES },
    ...{ fieldNameSize: MAX_FIELD_BYTES, fieldSize: MAX_FIELD_BYTES, fields: MAX_FIELDS },
  };
  const headers = req.is(URLENCODED) ? { "content-type": `${URLENCODED}; charset=${BYTES_AS_LETTERS}` } : req.headers;
  try {
    return busboy({ headers, limits });
  } catch {
    return undefined;
  }
}

/** One form, while it comes. */
class FormReader {
  readonly #req: Request;
  readonly #options: FormOptions;
  /** The field that files usually go into. */
  readonly #usual: string;
  readonly #parser: Busboy;
  readonly #done: (result: Form | Failure) => void;
  readonly #form = { fields: emptyFields(), bytes: 0, files: [] as StoredFile[], hints: new Set<string>() };
  readonly #filesUnderWay: Promise<void>[] = [];
  /** What comes now; undefined in a form that has no parts. */
  #part: FormPart | undefined;
  #isDone = false;

  constructor(req: Request, options: FormOptions, parser: Busboy, done: (result: Form | Failure) => void) {
    this.#req = req;
    this.#options = options;
    this.#usual = options.fileFields[0] ?? "";
    this.#parser = parser;
    this.#done = done;
  }

  start(): void {
    const [req, parser] = [this.#req, this.#parser];
    if (req.is("multipart")) onEachPart(parser, (part) => this.#enterPart(part));
    parser.on("field", (...field) => this.#readField(...field));
    parser.on("file", (_, stream) => this.#readFile(stream));
    parser.on("filesLimit", () => this.#finish(tooManyFiles(this.#usual)));
    parser.on("fieldsLimit", () => this.#finish(tooLarge(`The form has more than ${MAX_FIELDS} fields`)));
    parser.on("error", () => this.#finish(unreadable("The form is broken or was cut off")));
    parser.on("close", () => void Promise.all(this.#filesUnderWay).then(() => this.#finish(this.#form)));
    req.on("close", () => req.complete || this.#finish(unreadable("The form was cut off")));
    req.pipe(parser);
  }

  #finish(result: Form | Failure): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#req.unpipe(this.#parser);
    this.#req.resume(); // whatever is still to come
    this.#done(result);
  }

  #enterPart(part: FormPart): void {
    this.#part = part;
    const { name, hasDisposition, encoding } = part;
    const { hints } = this.#form;
    if (!hasDisposition) hints.add(httpHints.partUnplaced);
    else if (name === "") hints.add(httpHints.partUnnamed);
    if (this.#options.fileFields.includes(name)) openParent(this.#form.fields, name);
    if (encoding !== undefined) hints.add(httpHints.partEncoded(name, encoding));
  }

  #readField(writtenName: string, written: string, { valueTruncated }: FieldInfo): void {
    const [part, form] = [this.#part, this.#form];
    const charset = part?.charset ?? charsetOf(String(this.#req.headers["content-type"])) ?? "utf-8";
    if (!canDecode(charset)) return this.#finish(charsetUnknown(part?.name ?? decodeBytes(writtenName, "utf-8"), charset));
    const name = part?.name ?? decodeBytes(writtenName, charset);
    if (valueTruncated) return this.#finish(tooLarge(`${name} is over the limit of ${MAX_FIELD_BYTES} bytes`));
    form.bytes += name.length + written.length;
    if (form.bytes > MAX_FIELD_BYTES)
      return this.#finish(tooLarge(`The fields are over the limit of ${MAX_FIELD_BYTES} bytes`));
    if (part && this.#options.fileFields.includes(name) && part.mimeType !== "text/plain")
      return void form.hints.add(httpHints.filenameMissing(name));
    for (const hint of fieldHints(name, written, charset)) form.hints.add(hint);
    const refusal = addField(form.fields, name, decodeBytes(written, charset));
    if (refusal) this.#finish(refusal);
  }

  #readFile(stream: Readable): void {
    const part = this.#part;
    const field = part?.name ?? "";
    const usual = this.#usual;
    if (!this.#options.fileFields.includes(field)) {
      if (field !== "") this.#form.hints.add(httpHints.fileNotRead(field, usual));
      stream.on("error", () => {}); // the parser says so, too
      stream.resume();
      return;
    }
    if (field !== usual) this.#form.hints.add(httpHints.fileFieldUnusual(usual));
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => {
      if (this.#isDone) chunks.length = 0;
      else if (this.#options.takeRoom(chunk.length)) chunks.push(chunk);
      else this.#finish(noRoom(usual));
    });
    this.#filesUnderWay.push(
      finished(stream).then(
        () => this.#takeFile(part, Buffer.concat(chunks)),
        () => this.#finish(unreadable("The form is broken or was cut off")),
      ),
    );
  }

  #takeFile({ name = "", filename = "", mimeType = "" }: Partial<FormPart> = {}, bytes: Buffer): void {
    const { files, hints } = this.#form;
    if (bytes.length > MAX_FILE_BYTES) this.#finish(fileTooLarge(this.#usual, filename || name));
    else if (files.length === MAX_FILES) this.#finish(tooManyFiles(this.#usual));
    else if (filename !== "") files.push({ field: name, filename, mimeType: typeOf(filename, mimeType), bytes });
    else if (bytes.length > 0) hints.add(httpHints.filenameMissing(name)); // a browser sends nothing for a file that was not chosen
  }
}

/** Browsers say octet-stream of what they do not know, and others say nothing, which is read as that. */
function typeOf(filename: string, mimeType: string): string {
  return mimeType === "application/octet-stream" ? lookup(filename) || mimeType : mimeType;
}

function unreadable(detail: string): Failure {
  return failure(400, detail, { reason: "formInvalid", hint: httpHints.formBroken });
}

function tooLarge(detail: string): Failure {
  return failure(413, detail, { reason: "bodyTooLarge" });
}

function fileTooLarge(field: string, filename: string): Failure {
  return failure(413, `${field} is larger than 10 MB: ${filename}`, { reason: "fileTooLarge" });
}

function noRoom(field: string): Failure {
  const details = { reason: "fileTooLarge", hint: httpHints.noRoomForFiles };
  return failure(413, `There is no room for the files in ${field}`, details);
}

function tooManyFiles(field: string): Failure {
  return failure(422, `${field} holds more than ${MAX_FILES} files`, { reason: "tooManyFiles" });
}

function charsetUnknown(field: string, charset: string): Failure {
  const details = { reason: "formInvalid", hint: httpHints.charsetUnknown(charset) };
  return failure(400, `${shortened(field)} is in an encoding that cannot be read`, details);
}
