import { type ErrorCode, errorCodes } from "../../contracts/generated/v3/error-codes";
import { type OperationId, operations } from "../../contracts/generated/v3/operations";
import type { components } from "../../contracts/generated/v3/types";
import type { FaultRefusal } from "../faults/answer-faults";
import type { ForcedAnswer } from "../server/api-version";
import { Failure } from "../server/failure";
import type { Preference } from "../server/prefer-header";
import { traceOf } from "./trace";

const DOCS = "https://docs.linqapp.com/error/codes";

interface RefusalDetails {
  /** The likely mistake and its fix, for people. */
  readonly hint?: string;
  /** In the place of the usual text. */
  readonly message?: string;
  readonly retryAfterS?: number;
  /** What it rests on beside A-v3-code-choice. */
  readonly assumption?: string;
}

type StatusOf<Code extends ErrorCode> = Extract<(typeof errorCodes)[Code]["status"], number>;

/** A refusal by its code: the status and the text are the vendor's. */
export function refuse<Code extends ErrorCode>(
  code: Code,
  { hint, message, retryAfterS, assumption }: RefusalDetails = {},
): Failure<StatusOf<Code>> {
  const { status, message: usual } = errorCodes[code];
  const detail = message ?? usual.replace("{}", String(retryAfterS ?? ""));
  return new Failure(status as StatusOf<Code>, detail, { reason: code, hint, assumption, retryAfter: retryAfterS });
}

/** Where an operation lists no code for just that, the one for what it is about. */
const WIDER: { readonly [Code in ErrorCode]?: ErrorCode } = { "1008": "1004", "2007": "2003" };

/** A refusal by a code that the operation lists, where there is one that says the same. */
export function asListed(operation: OperationId, failure: Failure): Failure {
  const { status, detail, reason = "", hint, assumption } = failure;
  const listed: Readonly<Record<string, readonly number[]>> = operations[operation].errorCodes;
  const isListed = (code: string | undefined) => listed[status]?.includes(Number(code)) === true;
  const wider = isListed(reason) ? undefined : WIDER[reason as ErrorCode];
  if (wider === undefined || !isListed(wider)) return failure;
  const message = detail === errorCodes[reason as ErrorCode].message ? errorCodes[wider].message : detail;
  return new Failure(status, message, { reason: wider, hint, assumption });
}

/** Where the edge refuses, or a fault does, and no operation has chosen a code. */
const USUAL: Readonly<Record<number, ErrorCode>> = {
  400: "1003",
  401: "2004",
  403: "2005",
  404: "2001",
  409: "2015",
  413: "5001",
  422: "1003",
  429: "1007",
  500: "3006",
  503: "4004",
  504: "3005",
};

/** Whether it is the edge that could make nothing of a body; what it found is told in a hint. */
export function isUnreadable(reason = ""): boolean {
  return reason === "bodyUnreadable" || reason === "contentType";
}

/** The body of a failure. */
export function envelope({ status, detail, reason = "", retryAfter }: Failure, _operation?: string, traceSource = ""): object {
  const isCoded = Object.hasOwn(errorCodes, reason);
  const code = isCoded ? (reason as ErrorCode) : (USUAL[status] ?? (status < 500 ? "1003" : "3006"));
  const isTitled = reason === "routeUnknown" || reason === "methodUnknown" || isUnreadable(reason); // A-v3-unknown-path, A-v3-error-messages
  return {
    success: false,
    error: {
      status,
      code: Number(code),
      message: isTitled ? errorCodes[code].message : detail,
      doc_url: `${DOCS}/${code.charAt(0)}xxx/${code}/`,
      ...(retryAfter !== undefined && { retry_after: retryAfter }),
    },
    trace_id: traceOf(traceSource),
  };
}

/** What a fault answers in the place of an operation: the code that was chosen, or the first that the operation has with that status, in its words where the fault has none. */
export function faultFailure(operation: string, { status, detail, code: chosen, retryAfterS, by }: FaultRefusal): Failure {
  if (by === "gateway") return new Failure(status, detail ?? `Status ${status}`);
  const listed: Readonly<Record<string, readonly number[]>> = operations[operation as OperationId].errorCodes;
  const code = String(chosen ?? listed[status]?.[0] ?? USUAL[status] ?? (status < 500 ? 1003 : 3006)) as ErrorCode;
  const retryAfter = status === 429 ? Math.ceil(retryAfterS) : undefined;
  const usual = OTHER_TEXTS[`${status} ${code}`] ?? errorCodes[code].message;
  return new Failure(status, detail ?? usual.replace("{}", String(retryAfter ?? "")), { reason: code, retryAfter });
}

/** Documented: what codes say with other statuses than their usual one. */
const OTHER_TEXTS: Readonly<Record<string, string>> = {
  "422 1003": "Request is valid but cannot be processed",
  "500 5001": "File upload failed",
};

/** A documented answer with the code that a fault gives it, where the operation has codes for its status: operations share their examples. A made-up text stays. */
export function withOwnCode(
  operation: string,
  answer: ForcedAnswer,
  { dynamic }: Preference,
  traceSource: string,
): ForcedAnswer {
  const { status, headers, body } = answer;
  const listed: Readonly<Record<string, unknown>> = operations[operation as OperationId].errorCodes;
  if (listed[status] === undefined) return answer;
  const { message } = (body as components["schemas"]["ErrorResponse"]).error; // an answer that the contract allows
  const detail = dynamic === undefined ? undefined : message;
  const failure = faultFailure(operation, { status, detail, retryAfterS: Number(headers["Retry-After"]), by: "vendor" });
  return { ...answer, body: envelope(failure, operation, traceSource) };
}
