import type { ValidateFunction } from "ajv";
import { assumptionsIn, type Basis, keywordBasisOf, statusBasisOf } from "./basis";
import { type ExchangeRequest, type ExchangeResponse, type GivenHeaders, headersByName } from "./exchange";
import { type BasisOf, type ContractViolation, diagnose } from "./explain";
import { WEBHOOK_EVENTS } from "./generated/v2/enumerations";
import { type OperationId, operations } from "./generated/v2/operations";
import requestDiagnosis from "./generated/v2/request-diagnosis";
import responseDiagnosis from "./generated/v2/response-diagnosis";
import { operationClause } from "./operations";

/** One way in which an exchange breaks the contract. */
export interface ExchangeViolation extends ContractViolation {
  readonly operation: OperationId;
  readonly status: number;
  /** Pointers into a request begin with `/query` or `/body`. */
  readonly side: "request" | "response";
}

/** How strictly an answer is checked. */
export interface CheckOptions {
  /**
   * Whether an answer has to keep to what is only assumed, too: every listed field is there and no other, times have one form, and so
   * on. Our mock does. Default: false.
   */
  readonly strict?: boolean;
}

/** Checks a request and its answer against the contract. Nothing is read or sent. */
export function checkExchange(
  operation: OperationId,
  request: ExchangeRequest,
  { headers, ...answer }: Omit<ExchangeResponse, "headers"> & { readonly headers?: GivenHeaders },
  { strict = false }: CheckOptions = {},
): ExchangeViolation[] {
  const all = violationsOf(operation, request, { ...answer, ...(headers && { headers: headersByName(headers) }) });
  return strict ? all : all.filter((violation) => violation.side === "request" || !isOnlyAssumed(violation));
}

/** Whether a violation breaks nothing that is documented or was observed. */
export function isOnlyAssumed({ basis }: Pick<ContractViolation, "basis">): boolean {
  return assumptionsIn(basis).length > 0;
}

/** All ways in which an exchange breaks the contract, whatever they rest on. */
export function violationsOf(
  operation: OperationId,
  request: ExchangeRequest,
  response: ExchangeResponse,
): ExchangeViolation[] {
  const { status } = response;
  return [
    ...checkRequest(operation, request).map((violation) => ({ operation, status, side: "request" as const, ...violation })),
    ...checkAnswer(operation, response, request.method).map((violation) => ({
      operation,
      status,
      side: "response" as const,
      ...violation,
    })),
  ];
}

/** A general limit is documented, though no operation but one declares it. */
const TOO_MANY_REQUESTS = 429;

const envelopes: Readonly<Record<Envelope, string>> = {
  Error: "an Error, { errors: [{ status, code, title, detail }] }, not a StandardError",
  StandardError: 'a StandardError, { status: "error", error_code, message, errors: [text] }, not an Error',
};

/** The ways in which an answer breaks the contract. One to HEAD has no body. */
export function checkAnswer(operation: OperationId, response: ExchangeResponse, method: string): ContractViolation[] {
  const { status, headers, body } = response;
  const declared: readonly number[] = operations[operation].statuses;
  const basis = statusBasisOf(operation, status);
  const wrong = (rule: string, expected: string, received: unknown, place = `/${status}`): ContractViolation[] => {
    return [{ rule, pointer: "", expected, received, clause: `${operationClause(operation)}/responses${place}`, basis }];
  };
  if (!declared.includes(status) && status === TOO_MANY_REQUESTS) return [];
  if (!declared.includes(status)) return wrong("status", `one of ${declared.join(", ")}`, status, "");
  const wrongBody = method.toUpperCase() === "HEAD" ? undefined : checkAnswerBody(operation, status, body);
  if (!wrongBody) return body === undefined ? [] : wrong("body", "no body", body);
  if (body === undefined) return wrong("body", "a JSON body", body);
  if (!headers || isJsonInUtf8(headers["content-type"])) return wrongBody;
  const wrongType = wrong("content-type", "application/json", headers["content-type"]);
  return typeof body === "string" ? wrongType : [...wrongType, ...wrongBody]; // of a page, no more need be said
}

/** Undefined when there must be none. */
function checkAnswerBody(operation: OperationId, status: number, body: unknown): ContractViolation[] | undefined {
  const whole = statusBasisOf(operation, status);
  const violations = checkValue("response", `${operation} ${status}`, body, (schema, keyword) =>
    whole === "documented" ? keywordBasisOf(schema, keyword) : whole,
  );
  const { envelope } = operations[operation];
  const bare: readonly number[] = operations[operation].bare;
  if (bare.includes(status)) return violations;
  const found = envelopeOf(body);
  const isEither = status === 401; // A-auth-envelope
  if (!violations?.length || status < 400 || isEither || found === undefined || found === envelope) return violations;
  const expected = envelopes[envelope];
  return [
    { rule: "envelope", pointer: "", expected, received: body, clause: `#/components/schemas/${envelope}`, basis: whole },
  ];
}

type QueryType = "string" | "strings" | "integer";

/** The ways in which a request breaks the contract, with pointers such as `/query/page` and `/body/chat`. */
function checkRequest(operation: OperationId, { path, body }: ExchangeRequest): ContractViolation[] {
  return [...checkQuery(operation, path), ...checkRequestBody(operation, body)];
}

function checkQuery(operation: OperationId, path: string): ContractViolation[] {
  const given = new URLSearchParams(/\?(.*)/s.exec(path)?.[1] ?? "");
  const types = Object.entries<QueryType>(operations[operation].query).filter(([name]) => given.has(name));
  const query = Object.fromEntries(types.map(([name, type]) => [name, readValues(type, given.getAll(name))]));
  const violations = below("/query", checkValue("request", `${operation} query`, query, inRequest) ?? []);
  const clause = `${operationClause(operation)}/parameters`; // the query as a whole has no schema in the document
  return violations.map((violation) => (violation.pointer === "/query" ? { ...violation, clause } : violation));
}

/** A value that is given twice is a list, which none of one value may be. */
function readValues(type: QueryType, values: readonly string[]): unknown {
  const [text = ""] = values;
  if (type === "strings" || values.length > 1) return values;
  const number = type === "integer" && /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(number) ? number : text;
}

/** A message may be sent as a form, and then has no JSON. */
function checkRequestBody(operation: OperationId, body: unknown): ContractViolation[] {
  if (body === undefined && operations[operation].form) return [];
  const violations = checkValue("request", `${operation} body`, body, inRequest) ?? [];
  if (body !== undefined || violations.length === 0) return below("/body", violations);
  const clause = `${operationClause(operation)}/requestBody`;
  return [{ rule: "body", pointer: "/body", expected: "a JSON body", received: undefined, clause, basis: "documented" }];
}

function below(pointer: string, violations: readonly ContractViolation[]): ContractViolation[] {
  return violations.map((violation) => ({ ...violation, pointer: `${pointer}${violation.pointer}` }));
}

/** One way in which an answer breaks the contract. */
interface ResponseViolation {
  readonly operation: OperationId;
  readonly status: number;
  /** JSON pointer into the body; empty for the whole answer. */
  readonly pointer: string;
  readonly reason: string;
}

/**
 * Checks an answer's status and body against the contract, fields that it does not know included. `body` is the parsed JSON,
 * or undefined when the answer has none.
 */
export function checkResponse(operation: OperationId, status: number, body: unknown): ResponseViolation[] {
  const violations = checkAnswer(operation, { status, body }, operations[operation].method);
  return violations.map((violation) => ({ operation, status, pointer: violation.pointer, reason: violationReason(violation) }));
}

/** One way in which a webhook event breaks the contract. */
export interface EventViolation extends ContractViolation {
  readonly event: string;
  /** As a sentence that may begin with the pointer. */
  readonly reason: string;
}

/** The ways in which the parsed body of a webhook breaks the contract of its event, fields that the contract does not know included. */
export function checkEvent(event: string, body: unknown): EventViolation[] {
  const isKnown = (WEBHOOK_EVENTS as readonly string[]).includes(event);
  const violations = isKnown ? checkValue("response", event, body, keywordBasisOf) : undefined;
  return (violations ?? [unknownEvent(event)]).map((violation) => ({
    event,
    ...violation,
    reason: violationReason(violation),
  }));
}

function unknownEvent(event: string): ContractViolation {
  return {
    rule: "enum",
    pointer: "/event_type",
    expected: `one of ${WEBHOOK_EVENTS.join(", ")}`,
    received: event,
    clause: "#/components/schemas/WebhookEventType",
    basis: "documented",
  };
}

/** What is wrong, as the end of a sentence that may begin with the pointer: `must be an integer of at least 1`. */
export function violationReason({ rule, pointer, expected, received }: ContractViolation): string {
  if (rule === "added") return "is a field that the contract does not know";
  if (rule === "body") return `there must be ${expected}`;
  if (rule === "status") return `the status must be ${expected}`;
  if (rule === "content-type") return `the content type must be ${expected}`;
  if (received === undefined) return `is missing; it must be ${expected}`;
  return pointer === "" ? `the body must be ${expected}` : `must be ${expected}`;
}

type Side = "request" | "response";

/** What the caller sends is held to all that the contract says. */
const inRequest: BasisOf = (): Basis => "documented";

const validators: Readonly<Record<Side, Readonly<Record<string, ValidateFunction | undefined>>>> = {
  request: requestDiagnosis,
  response: responseDiagnosis,
};

/**
 * The ways in which a value breaks what the contract says of it; undefined when it says nothing. It is known by a name: `findChat query`
 * and `createChat body` of requests, `findChat 200` and `message.sent` of answers and events.
 */
function checkValue(side: Side, name: string, value: unknown, basisOf: BasisOf): ContractViolation[] | undefined {
  const validate = validators[side][name];
  if (!validate) return undefined;
  if (validate(value)) return [];
  const violations = diagnose(validate, value, basisOf);
  if (violations.length === 0) throw new Error(`${name} was refused, and nothing is found to be wrong with it`);
  return violations;
}

/** The two forms that an error has. */
export type Envelope = "Error" | "StandardError";

/** Which of the two forms the body of an error has; undefined when it has neither, or something of both. */
function envelopeOf(body: unknown): Envelope | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const { status, error_code: code, errors } = body as { status?: unknown; error_code?: unknown; errors?: unknown };
  const isStandard = status === "error" || code !== undefined;
  const isPlain = Array.isArray(errors) && typeof errors[0] === "object";
  if (isStandard === isPlain) return undefined;
  return isStandard ? "StandardError" : "Error";
}

const JSON_IN_UTF8 = /^application\/json(?:;charset="?utf-?8"?)?$/;

/** Whether a content type is that of the API's answers: JSON, in UTF-8 where it says in which encoding. */
function isJsonInUtf8(contentType: string | undefined): boolean {
  return contentType !== undefined && JSON_IN_UTF8.test(contentType.toLowerCase().replaceAll(/\s/g, ""));
}
