import { assumptionsIn, type Basis, basisWithin, keywordBasisOf, refusalBasisOf, statusBasisOf } from "./basis";
import {
  type AnyOperationId,
  addressOf,
  type ContractVersion,
  contractOfEvent,
  contractV2,
  operationOf,
} from "./contract-version";
import { type ExchangeRequest, type ExchangeResponse, type GivenHeaders, headersByName } from "./exchange";
import type { OperationId } from "./generated/v2/operations";
import { JSON_TYPES, operationClause } from "./operations";
import { type BasisOf, type ContractViolation, checkValue, violationReason } from "./violation-text";

/** One way in which an exchange breaks the contract. */
export interface ExchangeViolation<Id extends AnyOperationId = OperationId> extends ContractViolation {
  readonly operation: Id;
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

/**
 * Checks a request and its answer against the contract. Nothing is read or sent. A path that has the prefix of V3 in it is that of an operation of V3;
 * every other, such as one below the prefix, is one of V2: some operations of the two have the same name.
 *
 * @throws RangeError when that version has no such operation
 */
export function checkExchange<Id extends AnyOperationId>(
  operation: Id,
  request: ExchangeRequest,
  { headers, ...answer }: Omit<ExchangeResponse, "headers"> & { readonly headers?: GivenHeaders },
  { strict = false }: CheckOptions = {},
): ExchangeViolation<Id>[] {
  const all = violationsOf(operation, request, { ...answer, ...(headers && { headers: headersByName(headers) }) });
  return strict ? all : all.filter((violation) => violation.side === "request" || !isOnlyAssumed(violation));
}

/** Whether a violation breaks nothing that is documented or was observed. */
export function isOnlyAssumed({ basis }: Pick<ContractViolation, "basis">): boolean {
  return assumptionsIn(basis).length > 0;
}

/** All ways in which an exchange breaks the contract of its version, whatever they rest on. */
export function violationsOf<Id extends AnyOperationId>(
  operation: Id,
  request: ExchangeRequest,
  response: ExchangeResponse,
): ExchangeViolation<Id>[] {
  const { status } = response;
  const { contract } = addressOf(request.path) ?? { contract: contractV2 };
  const inRequest = checkRequest(operation, request, contract);
  return [
    ...inRequest.map((violation) => ({ operation, status, side: "request" as const, ...violation })),
    ...checkAnswer(operation, response, request.method, contract).map((violation) => ({
      operation,
      status,
      side: "response" as const,
      ...violation,
    })),
  ];
}

/** The ways in which an answer breaks the contract. One to HEAD has no body. */
export function checkAnswer(
  operation: AnyOperationId,
  response: ExchangeResponse,
  method: string,
  contract: ContractVersion = contractV2,
): ContractViolation[] {
  const { status, headers, body } = response;
  const described = operationOf(contract, operation);
  const { statuses: declared } = described;
  const basis = statusBasisOf(operation, status, contract);
  const wrong = (rule: string, expected: string, received: unknown, place = `/${status}`): ContractViolation[] => {
    return [{ rule, pointer: "", expected, received, clause: `${operationClause(described)}/responses${place}`, basis }];
  };
  const isKnown = declared.includes(status) || contract.generalStatuses.includes(status);
  const wrongStatus = isKnown ? [] : wrong("status", `one of ${declared.join(", ")}`, status, "");
  if (!declared.includes(status)) return [...wrongStatus, ...checkUndeclaredBody(operation, status, body, contract)];
  const wrongBody = method.toUpperCase() === "HEAD" ? undefined : checkAnswerBody(operation, status, body, contract);
  if (!wrongBody) return body === undefined ? [] : wrong("body", "no body", body);
  if (body === undefined) return wrong("body", "a JSON body", body);
  const type = JSON_TYPES[`${operation} ${status}`] ?? "application/json";
  if (!headers || [type, "application/json"].some((wanted) => isInUtf8(headers["content-type"], wanted))) return wrongBody;
  const wrongType = wrong("content-type", type, headers["content-type"]);
  return typeof body === "string" ? wrongType : [...wrongType, ...wrongBody]; // of a page, no more need be said
}

/** What comes with a status that is not declared is an error of the version, whichever; what is no JSON is a gateway's, and not looked at. */
function checkUndeclaredBody(
  operation: AnyOperationId,
  status: number,
  body: unknown,
  contract: ContractVersion,
): ContractViolation[] {
  if (status < 400 || body === undefined || typeof body === "string") return [];
  const check = (name = ""): ContractViolation[] => checkValue(contract.answers, name, body, refusalBasisOf(contract)) ?? [];
  const isError = Object.values(contract.errors).some((name) => check(name).length === 0);
  return isError ? [] : check(contract.errors[operationOf(contract, operation).envelope]);
}

/** Undefined when there must be none. */
function checkAnswerBody(
  operation: AnyOperationId,
  status: number,
  body: unknown,
  contract: ContractVersion,
): ContractViolation[] | undefined {
  const whole = statusBasisOf(operation, status, contract);
  const violations = checkValue(contract.answers, `${operation} ${status}`, body, basisWithin(whole, contract));
  const { envelope, bare } = operationOf(contract, operation);
  if (bare.includes(status)) return violations;
  const found = envelopeOf(body);
  const isEither = status === 401; // A-auth-envelope
  if (!violations?.length || status < 400 || isEither || found === undefined || found === envelope) return violations;
  const expected = contract.envelopes[envelope] ?? envelope;
  return [
    { rule: "envelope", pointer: "", expected, received: body, clause: `#/components/schemas/${envelope}`, basis: whole },
  ];
}

/** The ways in which a request breaks the contract, with pointers such as `/query/page` and `/body/chat`. */
function checkRequest(
  operation: AnyOperationId,
  { path, body }: ExchangeRequest,
  contract: ContractVersion,
): ContractViolation[] {
  return [...checkQuery(operation, path, contract), ...checkRequestBody(operation, body, contract)];
}

function checkQuery(operation: AnyOperationId, path: string, contract: ContractVersion): ContractViolation[] {
  const described = operationOf(contract, operation);
  const given = new URLSearchParams(/\?(.*)/s.exec(path)?.[1] ?? "");
  const types = Object.entries(described.query).filter(([name]) => given.has(name));
  const query = Object.fromEntries(types.map(([name, type]) => [name, readValues(type, given.getAll(name), contract)]));
  const violations = below("/query", checkValue(contract.requests, `${operation} query`, query, inRequest) ?? []);
  const clause = `${operationClause(described)}/parameters`; // the query as a whole has no schema in the document
  return violations.map((violation) => (violation.pointer === "/query" ? { ...violation, clause } : violation));
}

/** A value that is given twice is a list, which none of one value may be. V3 also takes lists with commas. */
function readValues(type: string, values: readonly string[], { name }: ContractVersion): unknown {
  const [text = ""] = values;
  if (type === "strings") return name === "v3" ? values.flatMap((value) => value.split(",")) : values;
  if (values.length > 1) return values;
  const number = type === "integer" && /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(number) ? number : text;
}

/** A message may be sent as a form, and then has no JSON. */
function checkRequestBody(operation: AnyOperationId, body: unknown, contract: ContractVersion): ContractViolation[] {
  const described = operationOf(contract, operation);
  if (body === undefined && described.form) return [];
  const violations = checkValue(contract.requests, `${operation} body`, body, inRequest) ?? [];
  if (body !== undefined || violations.length === 0) return below("/body", violations);
  const clause = `${operationClause(described)}/requestBody`;
  return [{ rule: "body", pointer: "/body", expected: "a JSON body", received: undefined, clause, basis: "documented" }];
}

function below(pointer: string, violations: readonly ContractViolation[]): ContractViolation[] {
  return violations.map((violation) => ({ ...violation, pointer: `${pointer}${violation.pointer}` }));
}

/** One way in which an answer breaks the contract. */
interface ResponseViolation {
  readonly operation: AnyOperationId;
  readonly status: number;
  /** JSON pointer into the body; empty for the whole answer. */
  readonly pointer: string;
  readonly reason: string;
}

/**
 * Checks an answer's status and body against the contract, fields that it does not know included. `body` is the parsed JSON,
 * or undefined when the answer has none.
 */
export function checkResponse(
  operation: AnyOperationId,
  status: number,
  body: unknown,
  contract: ContractVersion = contractV2,
): ResponseViolation[] {
  const violations = checkAnswer(operation, { status, body }, operationOf(contract, operation).method, contract);
  return violations.map((violation) => ({ operation, status, pointer: violation.pointer, reason: violationReason(violation) }));
}

/** One way in which a webhook event breaks the contract. */
export interface EventViolation extends ContractViolation {
  readonly event: string;
  /** As a sentence that may begin with the pointer. */
  readonly reason: string;
}

/**
 * The ways in which the parsed body of a webhook breaks the contract of its event, fields that the contract does not know included. Its version is what
 * its `api_version` says.
 */
export function checkEvent(event: string, body: unknown): EventViolation[] {
  const contract = contractOfEvent(body);
  const basisOf: BasisOf = (schema, keyword) => keywordBasisOf(schema, keyword, contract);
  const violations = contract.events.includes(event) ? checkValue(contract.answers, event, body, basisOf) : undefined;
  return (violations ?? [unknownEvent(event, contract)]).map((violation) => ({
    event,
    ...violation,
    reason: violationReason(violation),
  }));
}

function unknownEvent(event: string, { events }: ContractVersion): ContractViolation {
  return {
    rule: "enum",
    pointer: "/event_type",
    expected: `one of ${events.join(", ")}`,
    received: event,
    clause: "#/components/schemas/WebhookEventType",
    basis: "documented",
  };
}

/** What the caller sends is held to all that the contract says. */
const inRequest: BasisOf = (): Basis => "documented";

/** The two forms that an error has. */
type Envelope = "Error" | "StandardError";

/** Which of the two forms the body of an error has; undefined when it has neither, or something of both. */
function envelopeOf(body: unknown): Envelope | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const { status, error_code: code, errors } = body as { status?: unknown; error_code?: unknown; errors?: unknown };
  const isStandard = status === "error" || code !== undefined;
  const isPlain = Array.isArray(errors) && typeof errors[0] === "object";
  if (isStandard === isPlain) return undefined;
  return isStandard ? "StandardError" : "Error";
}

/** Whether a content type is that of an answer, in UTF-8 where it says in which encoding. */
function isInUtf8(contentType = "", wanted = ""): boolean {
  const [type, charset, ...others] = contentType.toLowerCase().replaceAll(/\s/g, "").split(";");
  return type === wanted && others.length === 0 && (charset === undefined || /^charset="?utf-?8"?$/.test(charset));
}
