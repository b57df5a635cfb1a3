import type { NextFunction, Request, Response } from "express";
import { type OperationId, operations } from "../../contracts/generated/operations";
import { type Failure, failure } from "../errors";
import { hints } from "../hints";
import { exchangeOf } from "./exchange";
import { bodyAssumption, bodyRefusalStatus } from "./read-body";
import { sendFailure } from "./send";

/** The codes of what zlib and brotli refuse. */
const DECODER_ERROR = /^(Z_|ERR_)/;

/** What body parsing and path decoding throw, as answers in the vendor's envelopes; anything else is a defect of ours. */
export function handleError(error: unknown, req: Request, res: Response, next: NextFunction): void {
  if (res.headersSent) return next(error);
  const { operation, log } = exchangeOf(res);
  const refusal = operation ? bodyRefusal(error, operation) : undecodable(error, req);
  if (!refusal) log.error("linq-mock failed to answer", error);
  sendFailure(
    res,
    operation ? operations[operation].envelope : "Error",
    refusal ?? failure(500, "linq-mock failed to answer; its log says why"),
  );
}

function bodyRefusal(error: unknown, operation: OperationId): Failure | undefined {
  const status = bodyRefusalStatus(operation);
  const assuming = [bodyAssumption(operation)];
  const { type, limit, code } = error as { type?: string; limit?: number; code?: unknown };
  switch (type) {
    case "entity.too.large":
      return failure(413, `The request body is over the limit of ${limit} bytes`, { assuming: ["A-body-limit"] });
    case "entity.parse.failed":
      return failure(status, "The request body is not valid JSON", { assuming, hint: whereBroken(error) });
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
      return DECODER_ERROR.test(String(code)) ? failure(status, "The request body cannot be decoded", { assuming }) : undefined;
  }
}

/** A path whose percent-encoding is broken names nothing. */
function undecodable(error: unknown, req: Request): Failure | undefined {
  if (!(error instanceof URIError)) return undefined;
  return failure(404, `There is no ${req.method} ${req.path}`, { assuming: ["A-404-others"], hint: hints.pathUndecodable });
}

/** Only the place: the parser's own message quotes the body. */
function whereBroken(error: unknown): string {
  const [place] = /position \d+/.exec(error instanceof Error ? error.message : "") ?? [];
  return place === undefined ? hints.jsonExpected : `The JSON breaks at ${place}.`;
}
