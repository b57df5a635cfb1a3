import type { ErrorObject, ValidateFunction } from "ajv";
import type { NextFunction, Request, Response } from "express";
import express from "express";
import { isRecord, isTooDeep } from "../../contracts/exchange";
import { describeViolation, firstViolation } from "../../contracts/explain";
import { foreignWords, meantBy, REACTION_WORDS } from "../../contracts/foreign-words";
import { pointerParts } from "../../contracts/json-pointer";
import { nearest } from "../../contracts/nearest";
import { listed, thereAre } from "../../contracts/wording";
import { YAML_LIMIT_MB } from "../../fixtures/load/fixture-files";
import { FixtureError, type FixtureProblem } from "../../fixtures/load/problem";
import { ControlRefusal, refusal } from "../control/control-call";
import { type ControlId, controlCalls } from "../control/generated/calls";
import { contentOf } from "../control/yaml-body";
import type { StoredFile } from "../world/attachments";
import type { PublicIds, RecordKind } from "../world/public-ids";
import { isSingleQuoted } from "./body";
import { edgeHints } from "./edge-hints";
import { sendControlError } from "./send";
import { namesAre } from "./unread";

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

/** A field that is not known was meant to be one that is, perhaps the very one that is missing. */
function hintFor(id: ControlId, { keyword, params, instancePath }: ErrorObject, value: unknown): string | undefined {
  const fields: readonly string[] = controlCalls[id].bodyFields;
  if (Array.isArray(value) && LISTS[id] !== undefined) return LISTS[id];
  if (keyword === "minProperties" || keyword === "maxProperties") return `Give one of ${fields.join(", ")}.`;
  const given = valueAt(value, instancePath);
  if (instancePath !== "" && isWrapper(given, fields)) return UNWRAP;
  if (instancePath === "/advance_ms") return 'It is in milliseconds: {"advance_ms": 300000} is five minutes.';
  if (keyword === "type" && typeof given === "number") return PEOPLE[instancePath.split("/")[1] ?? ""];
  if (keyword === "type" && params["type"] === "integer" && /^\d+$/.test(String(given)))
    return "Ids are numbers here; only events carry them as strings.";
  if (keyword === "pattern") return PATTERNS[instancePath];
  if (keyword === "enum") {
    const allowed = (params["allowedValues"] as readonly unknown[]).map(String);
    const meant = meantBy(String(given), REACTION_WORDS, allowed) ?? nearest(String(given), allowed);
    return meant === undefined ? undefined : `Did you mean ${meant}?`;
  }
  const { additionalProperty, missingProperty } = params as { additionalProperty?: string; missingProperty?: string };
  if (additionalProperty !== undefined) {
    if (isWrapper(valueAt(value, `${instancePath}/${additionalProperty}`), fields)) return UNWRAP;
    const absent = fields.filter((field) => !Object.hasOwn(value as object, field));
    const meant = meantField(additionalProperty, absent);
    const all = instancePath === "" ? `It can have ${fields.join(", ")}.` : undefined;
    return meant === undefined ? all : `Did you mean ${meant}?`;
  }
  if (missingProperty === undefined || instancePath !== "") return undefined;
  if (Object.values(value as object).some((one) => isWrapper(one, fields))) return UNWRAP;
  const unread = Object.keys(value as object).filter((field) => !fields.includes(field));
  const misspelt = unread.find((field) => meantField(field, fields) === missingProperty);
  if (misspelt !== undefined) return `${misspelt} is not read; did you mean ${missingProperty}?`;
  const { required }: { readonly required: readonly string[] } = controlCalls[id];
  const unsaid = unread.length === 0 ? "" : `; ${namesAre(unread)} not read`;
  const isToldAll = unsaid === "" && required.filter((field) => !Object.hasOwn(value as object, field)).length === 1;
  return isToldAll ? undefined : `It needs ${listed(required)}${unsaid}.`;
}

/** What texts are that follow a pattern. */
const PATTERNS: Readonly<Record<string, string>> = {
  "/cursor": "It is what the page before had in next.",
  "/last_event_id": "It is the id of an event, such as 9f86d081-42.",
  "/id": "Ids are numbers here, such as 45.",
};

const UNWRAP = "The fields are not wrapped: they stand at the top level.";
const PERSON = "Somebody is a number in quotes, an e-mail address, or the name of a contact.";

/** What those are whom a field names. */
const PEOPLE: Readonly<Record<string, string>> = {
  line: 'A line is its phone number, in quotes, such as "+12052761148".',
  ...{ from: PERSON, with: PERSON, participant: PERSON, participants: PERSON },
};

/** Whether something holds fields that belong beside it. */
function isWrapper(value: unknown, fields: readonly string[]): boolean {
  return isRecord(value) && Object.keys(value).some((name) => fields.includes(name));
}

function valueAt(value: unknown, pointer: string): unknown {
  return pointerParts(pointer).reduce((at: unknown, part) => Object(at)[part], value);
}

/** What is given for a list, where one thing is taken, or it is wrapped. */
const LISTS: { readonly [id in ControlId]?: string } = {
  armFault: 'POST takes one rule; PUT takes a list: {"faults": [...]}.',
  replaceFaults: 'The list is wrapped: {"faults": [...]}.',
};

/** What fields are called elsewhere. */
const FIELD_WORDS = foreignWords({
  from: "sender author phone_number from_phone participant handle",
  text: "message body content",
  type: "reaction emoji",
  chat: "conversation thread",
  with: "from participant phone_number caller",
  participant: "from phone_number handle",
  message: "id chat_message_id",
});

function meantField(written: string, fields: readonly string[]): string | undefined {
  return nearest(written, fields) ?? meantBy(written, FIELD_WORDS, fields);
}

const BODY_LIMIT = "100mb"; // a fixture document of 100,000 chats has 30 MB
const YAML_LIMIT = `${YAML_LIMIT_MB}mb`;
const YAML_TYPES = ["application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"];

const parseJson = express.json({
  limit: BODY_LIMIT,
  strict: false,
  verify: (_req, _res, bytes) => {
    if (isTooDeep(bytes)) throw new SyntaxError("it is nested too deeply");
  },
});
const readText = express.text({ limit: YAML_LIMIT, type: YAML_TYPES });

/** Parses JSON and, because fixtures may be written in it, YAML. */
export function parseControlBody(req: Request, res: Response, next: NextFunction): void {
  const isYaml = Boolean(req.is(YAML_TYPES));
  const parse = isYaml ? readText : parseJson;
  parse(req, res, (error?: unknown) => {
    if (error !== undefined) return refuse(res, error, { limit: isYaml ? YAML_LIMIT : BODY_LIMIT, hint: wordsHint(req) });
    if (!isYaml) return next();
    parseYamlBody(req).then(
      () => next(),
      (error: unknown) => refuse(res, error, { limit: YAML_LIMIT, hint: wordsHint(req) }),
    );
  });
}

async function parseYamlBody(req: Request): Promise<void> {
  const { parseYaml } = await import("../../fixtures/load/parse-yaml");
  req.body = contentOf(parseYaml("the document", String(req.body)));
}

/** What is taken in words elsewhere. */
function wordsHint({ path }: Request): string | undefined {
  if (!path.startsWith("/faults")) return undefined;
  return 'A rule is JSON here, {"fault": "latency", "ms": 3000}; in words, latency ms=3000, it is for --fault.';
}

function refuse(res: Response, error: unknown, { limit, hint: ofWords }: { limit: string; hint: string | undefined }): void {
  const { type, message, body = "" } = error as { type?: string; message: string; body?: string };
  if (type === "entity.too.large")
    return sendControlError(res, 413, { code: "too_large", message: `The request body is over the limit of ${limit}` });
  const [reason] = error instanceof FixtureError ? error.problems.map(inWords) : message.split("\n");
  const hint = isSingleQuoted(error, body) ? edgeHints.jsonSingleQuoted : ofWords;
  sendControlError(res, 400, { code: "unreadable", message: `The request body cannot be read: ${reason}`, hint });
}

function inWords({ reason, line, column }: FixtureProblem): string {
  return `${reason}, at line ${line}, column ${column}`;
}
