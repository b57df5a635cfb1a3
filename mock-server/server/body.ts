import express, { type Request, type Response } from "express";
import type { ApiOperation } from "./api-version";
import { exchangeOf } from "./exchange";
import { Failure } from "./failure";
import { FORM_TYPES, JSON_EXPECTED, readForm } from "./form";

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
