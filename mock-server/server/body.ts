import type { Readable } from "node:stream";
import type { Busboy } from "busboy";
import busboy from "busboy";
import type { Request, Response } from "express";
import express from "express";
import { lookup } from "mime-types";
import { MAX_FILE_BYTES, MAX_FILES } from "../../contracts/limits";
import type { StoredFile } from "../world/attachments";
import type { ApiOperation } from "./api-version";
import { exchangeOf } from "./exchange";
import { Failure, failure } from "./failure";

const BODY_LIMIT = "1mb"; // A-body-limit

const parseJson = express.json({
  limit: BODY_LIMIT,
  strict: false,
  verify: (_req, res, body) => {
    exchangeOf(res as Response).bodyBytes = body.length;
  },
});

/** Reads what an operation takes, JSON or a form, into `req.body`; calls back with what is wrong, if something is. */
export function readBody(operation: ApiOperation, req: Request, res: Response, done: (refusal?: Failure) => void): void {
  if (operation.takes === "json-or-form" && req.is(FORM_TYPES)) return takeForm(operation, req, res, done);
  parseJson(req, res, (error?: unknown) => done(error === undefined ? undefined : refusalOf(error, operation.bodyRefusal)));
}

function takeForm({ fileFields }: ApiOperation, req: Request, res: Response, done: (refusal?: Failure) => void): void {
  const exchange = exchangeOf(res);
  readForm(req, fileFields, (form) => {
    if (form instanceof Failure) return done(form);
    req.body = form.fields;
    exchange.bodyBytes = form.bytes;
    exchange.files = form.files;
    exchange.hints.push(...form.hints);
    done();
  });
}

/** What the parser of JSON throws, as an answer. */
function refusalOf(error: unknown, status: 400 | 422): Failure {
  const { type, limit } = error as { type?: string; limit?: number };
  switch (type) {
    case "entity.too.large":
      return new Failure(413, `The request body is over the limit of ${limit} bytes`, { reason: "bodyTooLarge" });
    case "entity.parse.failed":
      return new Failure(status, "The request body is not valid JSON", { reason: "bodyUnreadable", hint: whereBroken(error) });
    case "encoding.unsupported":
    case "charset.unsupported":
      return new Failure(status, "The request body is in an encoding that cannot be read", {
        reason: "contentType",
        hint: JSON_EXPECTED,
      });
    case "request.aborted":
    case "request.size.invalid":
      return new Failure(status, "The request body was cut off", { reason: "bodyUnreadable" });
    default:
      return new Failure(status, "The request body cannot be decoded", { reason: "bodyUnreadable" });
  }
}

/** Only the place: the parser's own message quotes the body. */
function whereBroken(error: unknown): string {
  const [place] = /position \d+/.exec(error instanceof Error ? error.message : "") ?? [];
  return place === undefined ? "The JSON ends too early, or is none." : `The JSON breaks at ${place}.`;
}

const MAX_PARTS_WITH_FILES = 100; // those included that are not read
const MAX_FIELD_BYTES = 1024 * 1024; // of all fields together (A-body-limit)
const MAX_FIELDS = 1000;
const LONGEST_SHOWN_FIELD = 40;
const FORM_TYPES = ["multipart/form-data", "application/x-www-form-urlencoded"];
const JSON_EXPECTED = "Send JSON with the header Content-Type: application/json.";
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
  /** What looks wrong about it. */
  readonly hints: ReadonlySet<string>;
}

/** Reads a form; files are kept apart from its fields, and read from the given ones alone. */
function readForm(req: Request, fileFields: readonly string[], done: (result: Form | Failure) => void): void {
  const [usual = ""] = fileFields;
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

  // Whatever the types say, busboy gives undefined for a name that is missing, and for a value in an encoding that it does not know.
  parser.on("field", (name = "", value, { valueTruncated }) => {
    if (valueTruncated) return finish(tooLarge(`${name} is over the limit of ${MAX_FIELD_BYTES} bytes`));
    if (/^\s*\{/.test(name)) form.hints.add(JSON_EXPECTED); // curl calls JSON a form, unless it is told
    form.bytes += Buffer.byteLength(`${name}${value}`);
    if (form.bytes > MAX_FIELD_BYTES) return finish(tooLarge(`The fields are over the limit of ${MAX_FIELD_BYTES} bytes`));
    const refusal = addField(form.fields, name, value);
    if (refusal) finish(refusal);
  });
  const files: Promise<void>[] = [];
  parser.on("file", (field = "", stream, { filename, mimeType }) => {
    if (!fileFields.includes(field)) {
      form.hints.add(fileNotRead(field, usual));
      stream.on("error", () => {}); // the parser says so, too
      stream.resume();
      return;
    }
    const take = (bytes: Buffer): void => {
      if (bytes.length > MAX_FILE_BYTES) finish(fileTooLarge(usual, filename ?? field));
      else if (form.files.length === MAX_FILES) finish(tooManyFiles(usual));
      else if (filename) form.files.push({ filename, mimeType: typeOf(filename, mimeType), bytes });
    };
    files.push(collect(stream).then(take, () => finish(unreadable("The form is broken or was cut off"))));
  });
  parser.on("filesLimit", () => finish(tooManyFiles(usual)));
  parser.on("fieldsLimit", () => finish(tooLarge(`The form has more than ${MAX_FIELDS} fields`)));
  parser.on("error", () => finish(unreadable("The form is broken or was cut off")));
  parser.on("close", () => void Promise.all(files).then(() => finish(form)));
  req.on("close", () => req.complete || finish(unreadable("The form was cut off")));
  req.pipe(parser);
}

function openParser(req: Request): Busboy {
  const limits = { fileSize: MAX_FILE_BYTES + 1, files: MAX_PARTS_WITH_FILES, fieldSize: MAX_FIELD_BYTES, fields: MAX_FIELDS };
  return busboy({ headers: req.headers, limits, defParamCharset: "utf8" });
}

async function collect(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Browsers say octet-stream of what they do not know. */
function typeOf(filename: string, mimeType: string): string {
  return mimeType === "application/octet-stream" ? lookup(filename) || mimeType : mimeType;
}

/** Puts the value of `a[b]` into a.b, and that of `a[b][]` into the list a.b. Names of another shape are not read. */
function addField(fields: FormFields, name: string, value: string): Failure | undefined {
  const [, first = "", rest = ""] = /^(\w+)((?:\[\w*\])*)$/.exec(name) ?? [];
  if (first === "") return undefined;
  const path = [first, ...[...rest.matchAll(/\[(\w*)\]/g)].map(([, part = ""]) => part)];
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

function tooManyFiles(field: string): Failure {
  const detail = `${field} holds more than ${MAX_FILES} files`;
  return failure(422, detail, { reason: "tooManyFiles" });
}

function fileNotRead(field: string, usual: string): string {
  const shown = field.length > LONGEST_SHOWN_FIELD ? `${field.slice(0, LONGEST_SHOWN_FIELD)}...` : field;
  return `The file in ${shown} is not read; files go into ${usual}.`;
}
