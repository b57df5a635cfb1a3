import type { ValidateFunction } from "ajv";
import type { Request } from "express";
import { isRecord } from "../../contracts/exchange";
import { nearest } from "../../contracts/spelling-suggestion";
import { thereAre } from "../../contracts/text-lists";
import { describeViolation, firstViolation } from "../../contracts/violation-text";
import { ControlRefusal, refusal } from "../control/control-call";
import { type ControlId, controlCalls } from "../control/generated/calls";
import type { StoredFile } from "../world/attachments";
import type { PublicIds, RecordKind } from "../world/public-ids";
import { hintFor, wordsHint } from "./control-hints";

interface ReadControlRequest {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** Undefined when the call takes none, or none came. */
  readonly file: StoredFile | undefined;
}

const SEND_AS = "Send it with Content-Type: application/json, or application/yaml.";

/** There is none, or one of a type that nobody reads. */
function bodyUnread(req: Request): ControlRefusal {
  const { "content-type": type } = req.headers;
  if (isBodyMissing(req)) return refusal(422, "invalid", "The request has no body", { hint: SEND_AS });
  const reason = type === undefined ? "its Content-Type is missing" : `its Content-Type is ${type}`;
  const hint = [wordsHint(req) ?? [], SEND_AS].flat().join(" ");
  return refusal(422, "invalid", `The request body cannot be read: ${reason}`, { hint });
}

function isBodyMissing({ headers }: Request): boolean {
  const { "content-length": length = "0", "transfer-encoding": encoding } = headers;
  return length === "0" && encoding === undefined;
}

/** Makes the reader of a call's requests: everything that the control API's document says about a request is checked here. */
export function controlRequestReader(
  id: ControlId,
): (req: Request, ids: PublicIds | undefined) => Promise<ReadControlRequest | ControlRefusal> {
  const { query: parameters, body } = controlCalls[id];
  const types: Readonly<Record<string, string>> = parameters;
  return async (req, ids) => {
    if (body === "optional" && isBodyMissing(req)) req.body = {};
    const isFile = body === "file";
    if (body && !isFile && req.body === undefined) return bodyUnread(req);
    const query = readQuery(types, req.query);
    if (query instanceof ControlRefusal) return query;
    const numbered = withNumbers(
      id,
      { path: req.params as Record<string, string>, query, body: isFile ? undefined : (req.body as unknown) },
      ids,
    );
    if (numbered instanceof ControlRefusal) return numbered;
    const request = { ...numbered, file: isFile ? (req.body as StoredFile | undefined) : undefined };
    const { default: validators } = await import("../control/generated/request-validators"); // large, and for the first call
    for (const part of ["path", "query", "body"] as const) {
      const refused = check(id, part, request[part], validators);
      if (refused) return refused;
    }
    return request;
  };
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
/** What fields and parameters name by a number, for which its UUID of V3 will do, too. */
const RECORD_FIELDS: Readonly<Record<string, RecordKind>> = {
  chat: "chat",
  message: "message",
  replied_to: "message",
  subscription_id: "subscription",
  subscription: "subscription",
};
const RECORD_PATHS: Readonly<Record<string, RecordKind>> = { "/chats/{id}": "chat", "/subscriptions/{id}": "subscription" };

/** Puts numbers in the place of the UUIDs by which V3 knows chats, messages and subscriptions. */
function withNumbers(
  id: ControlId,
  { path, query, body }: Omit<ReadControlRequest, "file">,
  ids: PublicIds | undefined,
): Omit<ReadControlRequest, "file"> | ControlRefusal {
  let unknown: ControlRefusal | undefined;
  const numberOf = (kind: RecordKind | undefined, field: string, value: unknown): unknown => {
    if (kind === undefined || typeof value !== "string" || !UUID.test(value)) return value;
    const number = ids?.idOf(kind, value);
    if (number === undefined)
      unknown ??= refusal(404, `${kind}_unknown`, `There is no ${kind} ${value}`, { pointer: `/${field}` });
    return number;
  };
  const numbered = (fields: object, place = "") =>
    Object.fromEntries(
      Object.entries(fields).map(
        ([field, value]) => [field, numberOf(RECORD_FIELDS[field], `${place}${field}`, value)] as const,
      ),
    );
  const readBody = (fields: Record<string, unknown>) => {
    if (id === "replaceFaults" && Array.isArray(fields["faults"])) {
      const rules: unknown[] = fields["faults"];
      return { ...fields, faults: rules.map((rule, i) => (isRecord(rule) ? numbered(rule, `faults/${i}/`) : rule)) };
    }
    return id === "armFault" || controlCalls[id].path.startsWith("/simulate/") ? numbered(fields) : fields;
  };
  const [, kindOfPath] = Object.entries(RECORD_PATHS).find(([place]) => controlCalls[id].path.startsWith(place)) ?? [];
  const read = {
    path: kindOfPath === undefined ? path : { ...path, id: String(numberOf(kindOfPath, "id", path["id"])) },
    query: numbered(query),
    body: isRecord(body) ? readBody(body) : body,
  };
  return unknown ?? read;
}

/** Here, unlike in the vendor's API, a parameter that is not known is an error: it would change what is waited for. */
function readQuery(types: Readonly<Record<string, string>>, raw: Request["query"]): Record<string, unknown> | ControlRefusal {
  const query: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (!Object.hasOwn(types, name)) {
      const meant = nearest(name, Object.keys(types));
      const hint = meant === undefined ? thereAre(Object.keys(types)) : `Did you mean ${meant}?`;
      return refusal(400, "invalid", `There is no parameter ${name}`, { hint });
    }
    if (typeof value !== "string") return refusal(400, "invalid", `${name} must be given once`);
    query[name] = types[name] === "integer" && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  }
  return query;
}

function check(
  id: ControlId,
  part: "path" | "query" | "body",
  value: unknown,
  validators: Readonly<Record<string, ValidateFunction | undefined>>,
): ControlRefusal | undefined {
  const validate = validators[`${id} ${part}`];
  if (!validate || validate(value)) return undefined;
  const violation = firstViolation(validate);
  const message = describeViolation(violation, part === "body" ? "The request body" : `The ${part}`);
  const details = { pointer: violation.instancePath, hint: hintFor(id, violation, value) };
  return refusal(part === "body" ? 422 : 400, "invalid", message, details);
}
