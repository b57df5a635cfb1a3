import { isUtf8 } from "node:buffer";
import { parse } from "node:querystring";
import type { Request, Response } from "express";
import express from "express";
import { messageOf } from "../../contracts/error-message";
import { isTooDeep } from "../../contracts/exchange";
import type { ApiOperation } from "./api-operation";
import { exchangeOf } from "./exchange";
import { Failure } from "./failure";
import { FORM_TYPES, readForm } from "./form";
import { charsetOf } from "./form-part";
import { httpHints } from "./http-hints";
import { isSingleQuoted, repeatedField } from "./json-text";

const LIMITS = { usual: 1024 * 1024, large: 8 * 1024 * 1024 } as const; // A-body-limit, A-v3-body-limit
/** What is smaller has come as soon as it begins to, and is not counted. */
const COUNTED_FROM = 16 * 1024;

/** What an object becomes that is sent as a text. */
const NO_JSON_MADE = /^\s*\[object \w+\]\s*$/;

const UTF_8 = new TextDecoder();
const JSON_TYPE = "application/json";
const readBytes = { usual: byteReader(LIMITS.usual), large: byteReader(LIMITS.large) };

/** Reads what an operation takes, JSON or a form, into `req.body`; calls back with what is wrong, if something is. */
export function readBody(operation: ApiOperation, req: Request, res: Response, done: (refusal?: Failure) => void): void {
  if (!hasBody(req)) return done();
  const isJson = req.headers["content-type"] === JSON_TYPE; // as nearly all say
  if (operation.takes === "json-or-form" && !isJson && req.is(FORM_TYPES)) return takeForm(operation, req, res, done);
  const read: typeof takeJson = operation.takes === "nothing" ? takeNothing : takeJson;
  const release = roomFor(req, res, LIMITS[operation.bodySize]);
  if (!release) return done(read === takeNothing ? undefined : noRoom());
  read(operation, req, res, (refusal) => {
    release();
    done(refusal);
  });
}

export function hasBody({ headers }: Request): boolean {
  return headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
}

/** Makes what reads bytes into `req.body`. Those that are compressed, or were read before, are left to Express, which is slower. */
function byteReader(limit: number) {
  const readByExpress = express.raw({ limit, type: () => true });
  return (req: Request, res: Response, done: (error?: unknown) => void): void => {
    if (req.headers["content-encoding"] !== undefined || !req.readable) return readByExpress(req, res, done);
    const chunks: Buffer[] = [];
    let size = 0;
    req.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0; // the rest is read, so that its sender gets to read the answer
    });
    req.once("end", () => {
      if (size > limit) return done({ type: "entity.too.large", limit });
      req.body = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
      done();
    });
    req.once("error", () => done({ type: "request.aborted" }));
  };
}

/** Reads what came with a call that the API has not, for the journal: JSON as what it says, anything else as its text. */
export function readStrayBody(req: Request, res: Response, done: () => void): void {
  if (!hasBody(req)) return done();
  const release = roomFor(req, res, LIMITS.usual);
  if (!release) return done();
  readBytes.usual(req, res, () => {
    release();
    const bytes: unknown = req.body;
    req.body = undefined;
    if (Buffer.isBuffer(bytes) && isUtf8(bytes)) {
      req.body = strayBody(UTF_8.decode(bytes), String(req.headers["content-type"]));
      exchangeOf(res).bodyBytes = bytes.length;
    }
    done();
  });
}

function strayBody(text: string, contentType: string): unknown {
  if (text === "" || isTooDeep(text)) return undefined;
  if (!contentType.includes("json")) return text;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // as with a call that the API has
  }
}

const NOTHING_TAKEN = (): void => {};

/** Takes room for a body while it comes, and returns what gives it back; undefined when there is none. */
function roomFor(req: Request, res: Response, limit: number): (() => void) | undefined {
  const memory = exchangeOf(res).sandboxes?.memory;
  const bytes = mostBytesOf(req.headers, limit);
  if (bytes < COUNTED_FROM || !memory) return NOTHING_TAKEN;
  if (memory.takeUnderway(bytes)) return () => memory.releaseUnderway(bytes);
  req.resume();
  return undefined;
}

/** How much of a body may have to be held while it comes. */
function mostBytesOf(headers: Request["headers"], limit: number): number {
  const { "content-length": length, "transfer-encoding": transfer, "content-encoding": packed } = headers;
  if (length === "0" || (length === undefined && transfer === undefined)) return 0;
  return length === undefined || packed !== undefined ? limit : Math.min(Number(length), limit);
}

function noRoom(): Failure {
  const details = { reason: "bodyTooLarge", hint: httpHints.noRoomForBody };
  return new Failure(413, "There is no room for the request body beside what is kept and what is being read", details);
}

function takeForm({ fileFields }: ApiOperation, req: Request, res: Response, done: (refusal?: Failure) => void): void {
  const exchange = exchangeOf(res);
  const memory = exchange.sandboxes?.memory;
  let underway = 0;
  const takeRoom = (bytes: number): boolean => {
    if (memory && !memory.takeUnderway(bytes)) return false;
    underway += bytes;
    return true;
  };
  readForm(req, { fileFields, takeRoom }, (form) => {
    memory?.releaseUnderway(underway); // whoever keeps the files takes it for them
    if (form instanceof Failure) return done(form);
    req.body = form.fields;
    exchange.bodyBytes = form.bytes;
    exchange.files = form.files;
    exchange.hints.push(...form.hints);
    done();
  });
}

function takeJson(operation: ApiOperation, req: Request, res: Response, done: (refusal?: Failure) => void): void {
  const { bodyRefusal: status, bodySize } = operation;
  const type = req.headers["content-type"];
  if (type !== JSON_TYPE && !req.is(JSON_TYPE)) return done();
  readBytes[bodySize](req, res, (error?: unknown) => {
    if (error !== undefined) return done(refusalOf(error, status));
    const bytes: unknown = req.body;
    if (!Buffer.isBuffer(bytes)) return done(); // it was read before
    const exchange = exchangeOf(res);
    if (bytes.length === 0) {
      exchange.hints.push(httpHints.bodyEmpty);
      req.body = {};
      return done();
    }
    req.body = undefined;
    exchange.bodyBytes = bytes.length;
    const charset = (type === JSON_TYPE ? undefined : charsetOf(String(type))) ?? "utf-8";
    if (!/^utf-(8|16|16le|16be)$/.test(charset)) return done(encodingRefused(status, `charset=${charset}`));
    if (charset === "utf-8" && !isUtf8(bytes)) exchange.hints.push(httpHints.bodyNotUtf8);
    const text = (charset === "utf-8" ? UTF_8 : new TextDecoder(charset)).decode(bytes);
    if (isTooDeep(text)) {
      return done(new Failure(status, "The request body is nested too deeply", { reason: "bodyUnreadable" }));
    }
    try {
      req.body = JSON.parse(text) as unknown;
    } catch (reason) {
      const hint = NO_JSON_MADE.test(text) ? httpHints.objectAsText : whereBroken(reason, text);
      return done(new Failure(status, "The request body is not valid JSON", { reason: "bodyUnreadable", hint }));
    }
    const repeated = repeatedField(text, req.body);
    if (repeated !== undefined) exchange.hints.push(httpHints.fieldTwice(repeated));
    done();
  });
}

/** What comes with an operation that takes nothing is not read, whatever it is; its sender is told. */
function takeNothing({ title, method }: ApiOperation, req: Request, res: Response, done: () => void): void {
  const { "content-length": length = "0", "transfer-encoding": encoding } = req.headers;
  if (length === "0" && encoding === undefined) return done();
  readBytes.usual(req, res, (error?: unknown) => {
    const text = Buffer.isBuffer(req.body) ? req.body.toString() : "";
    req.body = undefined;
    if (error === undefined && /^\s*(\{\s*\}|\[\s*\]|null|"")?\s*$/.test(text)) return done();
    const advice = method === "GET" || method === "DELETE" ? " Parameters go into the path and the query." : "";
    exchangeOf(res).hints.push(httpHints.bodyNotRead(title, namesIn(text), advice));
    done();
  });
}

/** What a body that nobody reads says, as far as it has names. */
function namesIn(text: string): string[] {
  return Object.keys(fieldsIn(text)).filter((name) => /^[\w[\].-]+$/.test(name));
}

function fieldsIn(text: string): object {
  try {
    const value: unknown = isTooDeep(text) ? undefined : JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return text.includes("=") ? parse(text) : {};
  }
}

/** What reading the bytes of a body throws, as an answer. */
function refusalOf(error: unknown, status: 400 | 422): Failure {
  const { type, limit, encoding } = error as { type?: string; limit?: number; encoding?: string };
  switch (type) {
    case "entity.too.large":
      return new Failure(413, `The request body is over the limit of ${limit} bytes`, { reason: "bodyTooLarge" });
    case "encoding.unsupported":
      return encodingRefused(status, `Content-Encoding: ${encoding}`);
    case "request.aborted":
    case "request.size.invalid":
      return new Failure(status, "The request body was cut off", { reason: "bodyUnreadable" });
    default:
      return new Failure(status, "The request body cannot be decoded", { reason: "bodyUnreadable" });
  }
}

function encodingRefused(status: 400 | 422, named: string): Failure {
  const hint = httpHints.encodingUnknown(named);
  return new Failure(status, "The request body is in an encoding that cannot be read", { reason: "contentType", hint });
}

/** Only the place: the parser's own message quotes the body. */
function whereBroken(error: unknown, text: string): string {
  if (isSingleQuoted(error, text)) return httpHints.jsonSingleQuoted;
  const [place] = /position \d+/.exec(messageOf(error)) ?? [];
  return httpHints.jsonBroken(place);
}
