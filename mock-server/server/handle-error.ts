import type { NextFunction, Request, Response } from "express";
import { API_PREFIX } from "../../contracts/client/address";
import { type OperationId, operations } from "../../contracts/generated/v2/operations";
import { matchOperation } from "../../contracts/operations";
import type { Envelope } from "../v2/envelope";
import { type Failure, failure } from "../v2/errors";
import { hints } from "../v2/hints";
import { bodyAssumption, bodyRefusalStatus } from "../v2/request/body";
import { exchangeOf } from "./exchange";
import { RefusedForm } from "./form";
import { UnreadableBody } from "./json-body";
import { sendFailure } from "./send";

/** What body parsing and path decoding throw, as answers in the vendor's envelopes; anything else is a defect of ours. */
export function handleError(error: unknown, req: Request, res: Response, next: NextFunction): void {
  if (res.headersSent) return next(error);
  const { operation, log } = exchangeOf(res);
  const envelope = envelopeOf(operation);
  if (error instanceof RefusedForm) return sendFailure(res, envelope, error.failure);
  if (operation && error instanceof UnreadableBody) return sendFailure(res, envelope, bodyRefusal(error.cause, operation));
  if (error instanceof URIError && !operation) return sendFailure(res, envelopeOf(meant(req)), undecodable(req));
  log.error("linq-mock failed to answer", error);
  sendFailure(res, envelope, { status: 500, detail: "linq-mock failed to answer; its log says why" });
}

function envelopeOf(operation: OperationId | undefined): Envelope {
  return operation ? operations[operation].envelope : "Error";
}

/** The operation whose path, but for an id, one that cannot be decoded is. */
function meant({ method, path }: Request): OperationId | undefined {
  return path.startsWith(`${API_PREFIX}/`) ? matchOperation(method, path.slice(API_PREFIX.length)) : undefined;
}

function bodyRefusal(cause: unknown, operation: OperationId): Failure {
  const status = bodyRefusalStatus(operation);
  const assuming = [bodyAssumption(operation)];
  const { type, limit } = cause as { type?: string; limit?: number };
  switch (type) {
    case "entity.too.large":
      return failure(413, `The request body is over the limit of ${limit} bytes`, { assuming: ["A-body-limit"] });
    case "entity.parse.failed":
      return failure(status, "The request body is not valid JSON", { assuming, hint: whereBroken(cause) });
    case "encoding.unsupported":
    case "charset.unsupported":
      return failure(status, "The request body is in an encoding that cannot be read", {
        assuming: ["A-content-type"],
        hint: hints.jsonExpected,
      });
    case "request.aborted":
    case "request.size.invalid":
      return failure(status, "The request body was cut off", { assuming });
    default:
      return failure(status, "The request body cannot be decoded", { assuming });
  }
}

/** A path whose percent-encoding is broken names nothing. */
function undecodable({ method, path }: Request): Failure {
  return failure(404, `There is no ${method} ${path}`, { assuming: ["A-404-others"], hint: hints.pathUndecodable });
}

/** Only the place: the parser's own message quotes the body. */
function whereBroken(cause: unknown): string {
  const [place] = /position \d+/.exec(cause instanceof Error ? cause.message : "") ?? [];
  return place === undefined ? "The JSON ends too early, or is none." : `The JSON breaks at ${place}.`;
}
