import type { ErrorObject, ValidateFunction } from "ajv";
import type { Request } from "express";
import { type AssumptionId, type OperationId, operations } from "../../contracts/generated/operations";
import requestValidators from "../../contracts/generated/request-validators";
import { describeViolation } from "../../contracts/violation";
import { type Failure, failure } from "../errors";
import { hints } from "../hints";
import type { Notes } from "../operation";

type QueryType = "string" | "strings" | "integer";
type QueryValue = string | string[] | number;

/** A request in the shape that the contract demands, or why it is refused. */
export type ReadRequest =
  | {
      readonly path: Record<string, number>;
      readonly query: Record<string, QueryValue>;
      readonly body: unknown;
      readonly notes: Notes;
    }
  | Failure;

const PATH_ID = /^[1-9]\d{0,15}$/;
const validators: Readonly<Record<string, ValidateFunction>> = requestValidators;

/** Makes the reader of an operation's requests: everything that a schema can say about them is checked here, in this one place. */
export function requestReader(id: OperationId): (req: Request) => ReadRequest {
  const { body: hasBody } = operations[id];
  const queryTypes = Object.entries<QueryType>(operations[id].query);
  const validateQuery = validators[`${id} query`];
  const validateBody = validators[`${id} body`];

  return (req) => {
    const raw = queryTypes.length === 0 ? {} : (req.query as Record<string, string | string[]>);
    const query: Record<string, QueryValue> = {};
    let notes: Notes = {};
    for (const [name, type] of queryTypes) {
      const given = raw[name];
      if (given === undefined) continue;
      if (typeof given !== "string" && type !== "strings")
        return refuse(400, `${name} must be given once`, "A-repeated-parameter", hints.repeated(name));
      query[name] = readParameter(type, given);
      if (hasBarePlus(query[name])) notes = { hint: hints.plusNotEncoded(name), assuming: ["A-plus-space"] };
    }
    if (validateQuery && !validateQuery(query)) {
      const violation = firstViolation(validateQuery);
      return refuse(
        400,
        describeViolation(violation, "the query"),
        queryAssumption(violation),
        notes.hint ?? bracketHint(violation, raw),
      );
    }
    if (validateBody && !validateBody(req.body)) return refuseBody(id, req, firstViolation(validateBody));
    return { path: readPathIds(req.params as Record<string, string>), query, body: hasBody ? req.body : undefined, notes };
  };
}

function readParameter(type: QueryType, given: string | string[]): QueryValue {
  if (type === "strings") return typeof given === "string" ? [given] : given;
  if (type === "integer" && /^-?\d+$/.test(given as string)) return Number(given);
  return given;
}

function hasBarePlus(value: QueryValue): boolean {
  if (typeof value === "string") return value.startsWith(" ");
  return typeof value === "object" && value.some((item) => item.startsWith(" "));
}

/** A path id that is none becomes 0, which nothing has, so the operation answers its own 404 (A-id-malformed). */
function readPathIds(params: Record<string, string>): Record<string, number> {
  const ids: Record<string, number> = {};
  for (const name in params) {
    const id = Number(params[name]);
    ids[name] = PATH_ID.test(params[name] ?? "") && Number.isSafeInteger(id) ? id : 0;
  }
  return ids;
}

function refuseBody(id: OperationId, req: Request, violation: ErrorObject): Failure {
  const contentType = req.headers["content-type"];
  if (req.body === undefined && contentType !== undefined && !req.is("json")) {
    return refuse(
      bodyStatus(id),
      `Content-Type must be application/json, not ${contentType}`,
      "A-content-type",
      hints.jsonExpected,
    );
  }
  if (req.body === undefined)
    return refuse(bodyStatus(id), "The request body must be a JSON object", "A-create-status", hints.jsonExpected);
  return refuse(bodyStatus(id), describeViolation(violation, "The request body"), "A-create-status", bodyHint(id, req.body));
}

/** 400, but 422 where the contract knows no 400 for the body. */
function bodyStatus(id: OperationId): 400 | 422 {
  const statuses: readonly number[] = operations[id].statuses;
  return statuses.includes(400) ? 400 : 422;
}

function queryAssumption({ instancePath }: ErrorObject): AssumptionId {
  return instancePath === "/page" || instancePath === "/per_page" ? "A-page-invalid" : "A-find-missing";
}

/** Whoever forgot the brackets, or counted inside them, is told so. */
function bracketHint({ params }: ErrorObject, raw: Record<string, unknown>): string | undefined {
  if (params["missingProperty"] !== "phone_numbers[]") return undefined;
  const sent = Object.keys(raw).find((name) => name.startsWith("phone_numbers"));
  return sent === undefined ? undefined : hints.bracketsMissing(sent);
}

function bodyHint(id: OperationId, body: unknown): string | undefined {
  if (id !== "createChat" || typeof body !== "object" || body === null) return undefined;
  const flat = ["phone_number", "phone_numbers", "text", "to", "from"].some((field) => Object.hasOwn(body, field));
  return flat ? hints.createChatBodyFlat : undefined;
}

function firstViolation(validate: ValidateFunction): ErrorObject {
  const [violation] = validate.errors ?? [];
  if (!violation) throw new Error("a validator refused without saying why");
  return violation;
}

function refuse(status: number, detail: string, assumption: AssumptionId, hint: string | undefined): Failure {
  return failure(status, detail, { assuming: [assumption], hint });
}
