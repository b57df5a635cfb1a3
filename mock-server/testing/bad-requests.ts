import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { type OperationId, operations } from "../../contracts/generated/v2/operations";
import { goodRequests } from "./good-requests";

type Json = ReturnType<typeof JSON.parse>;

const contract: Json = parse(readFileSync("contracts/linq-v2.openapi.yaml", "utf8"));

const NOT_BLANK = "\\S";
const LONG = "x".repeat(100_000);
const deep = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`;
const TYPES: Readonly<Record<string, readonly unknown[]>> = {
  string: ["text"],
  number: [7, 0.5, -1, 1e300],
  boolean: [true, false],
  array: [[], [[]], [null]],
  object: [{}, { length: 1 }],
  null: [null],
};
const STRANGE_TEXTS = ["", " \t\n", LONG, "\u0000\u0007\u001b[31m", "a\r\nX-Evil: 1", "\ud800", "\u202e\ufeff", "__proto__"];
const STRANGE_NAMES = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "", "\u0000", "zebra"];
const HUGE = "9".repeat(30);
const STRANGE_IDS =
  `0 -1 1.0 1e0 01 +1 0x1 ${HUGE} 9007199254740993 text undefined null %00 %20 1%20 %ED%A0%80 %EF%BC%91 1%2F1 1;x=1 __proto__ constructor`.split(
    " ",
  );
const WRONG_INTEGERS = ["", ...`%20 0 -1 1.5 1e3 0x10 +1 %2B1 1,2 NaN true -${HUGE}`.split(" ")];
const STRANGE_QUERY = ["", ..."%20%09 %00 %0D%0AX-Evil:%201 %ED%A0%80 % %zz __proto__ null".split(" "), "x".repeat(8000)];
const STRANGE_PARAMETERS = "__proto__=1 constructor[prototype][polluted]=1 = &&& []=1 %zz=%".split(" ");
const UNREADABLE = ["", "null", "true", "7", '"text"', "[]", "[[]]", "{", "a=1", "NaN", "\u0000", deep(100_000)];
const WRONG_TYPES = [
  "",
  "text/plain",
  "application/xml",
  "application/jsonp",
  "multipart/form-data",
  "application/json;charset=x",
];

/** A chat with nobody is refused in its own way (A-create-numbers). */
const NO_PARTICIPANTS = 422;

/** What must come of it: a refusal with that status, `taken` (2xx), or `either`. */
type Outcome = number | "taken" | "either";
type Wrong = readonly [what: string, value: unknown, outcome: Outcome];

/** A request with one thing wrong, or odd. */
export interface BadRequest {
  readonly what: string;
  readonly outcome: Outcome;
  readonly path?: string;
  readonly body?: string | undefined;
  readonly headers?: Record<string, string>;
  /** What the hint must say; null when it must not ask what was meant. */
  readonly hint?: string | null;
}

/**
 * Copies of an operation's good request with one thing wrong each, made from what the contract says of its path, its query and its
 * body, with what must come of each.
 */
export function badRequests(id: OperationId): BadRequest[] {
  const { path, body } = goodRequests[id];
  const shape = operations[id].path.startsWith("/contacts") ? 422 : 400; // A-create-status, A-contact-status
  const whole = body === undefined ? wholeBodyCases(body, "taken", "taken") : wholeBodyCases(body, shape, 413);
  const all = [
    ...pathCases(id, path),
    ...queryCases(id, path),
    ...(body === undefined ? [] : fieldCases(id, body, shape)),
    ...whole,
  ];
  const isNothingTaken = id === "updatePhoneNumber"; // A-forwarding-missing: nothing is as good as {}
  return all.filter(({ what, body }) => !(isNothingTaken && (body === "" || what === "no body")));
}

type Place = readonly (string | number)[];
export interface Field {
  readonly at: Place;
  readonly schema: Json;
  readonly required: boolean;
}

function resolve(node: Json): Json {
  const pointer: string[] = node.$ref?.split("/").slice(1);
  return pointer ? valueAt(contract, pointer) : node;
}

/** Every field of a body, those within others and the first entry of each list included. */
function* fieldsOf(schema: Json, at: Place = []): Generator<Field> {
  const inner = Object.entries<Json>(schema.properties ?? {}).map(([name, field]) => [name, resolve(field)] as const);
  for (const [key, field] of schema.items ? [[0, resolve(schema.items)] as const] : inner) {
    yield { at: [...at, key], schema: field, required: schema.required?.includes(key) ?? false };
    yield* fieldsOf(field, [...at, key]);
  }
}

/** Every field of an operation's JSON body. */
export function bodyFields(id: OperationId): Field[] {
  const { method, path } = operations[id];
  const { requestBody } = contract.paths[path][method.toLowerCase()];
  return [...fieldsOf(resolve(requestBody.content["application/json"].schema))];
}

/** A copy with another value at a place; undefined leaves the field out. */
export function replaced(node: Json, [key, ...rest]: Place, value: unknown): Json {
  if (key === undefined) return value;
  const child = replaced(node?.[key], rest, value);
  return Array.isArray(node) ? node.with(Number(key), child) : { ...node, [key]: child };
}

export function valueAt(node: Json, at: Place): Json {
  return at.reduce((parent: Json, key) => parent[key], node);
}

function* fieldCases(id: OperationId, body: Json, shape: number): Generator<BadRequest> {
  for (const { at, schema, required } of bodyFields(id)) {
    const name = at.join(".");
    const ofShape = ["chat", "phone_numbers"].includes(String(at.at(-1))) ? NO_PARTICIPANTS : shape;
    const missing = required ? ofShape : "taken";
    const ofValue = name === "forwarding_number" ? 422 : shape; // A-forwarding-number
    for (const [what, value, wrong] of wrongValues(schema, ofValue)) {
      const outcome = value === null && required ? missing : wrong;
      yield { what: `${name} ${what}`, outcome, body: JSON.stringify(replaced(body, at, value)) };
    }
    const key = at.at(-1);
    if (typeof key === "number") continue;
    yield { what: `${name} missing`, outcome: missing, body: JSON.stringify(replaced(body, at, undefined)) };
    const capitals = String(key).toUpperCase();
    const misspelt = replaced(replaced(body, at, undefined), [...at.slice(0, -1), capitals], valueAt(body, at));
    const hint = `${capitals} is not read; did you mean ${key}?`;
    yield { what: `${name} in capitals`, outcome: missing, body: JSON.stringify(misspelt), hint };
  }
  const objects = bodyFields(id).filter(({ schema }) => schema.type === "object");
  for (const at of [[], ...objects.map((field) => field.at)])
    for (const name of STRANGE_NAMES) {
      const withExtra = replaced(body, [...at, name], { polluted: true, text: null });
      const what = `the extra field ${[...at, show(name)].join(".")}`;
      yield { what, outcome: "taken", body: JSON.stringify(withExtra), hint: null };
    }
}

/** What is wrong with a body as a whole. Operations that take none do not look at it. */
function wholeBodyCases(good: Json, shape: number | "taken", tooLarge: number | "taken"): BadRequest[] {
  const text = JSON.stringify(good ?? { text: "Hi" });
  const json = { "Content-Type": "application/json" };
  return [
    { what: "no body", outcome: shape, body: undefined },
    ...[...UNREADABLE, text.slice(0, -1), `${text}x`].map(
      (body): BadRequest => ({ what: `the body ${show(body)}`, outcome: shape, body, headers: json }),
    ),
    ...WRONG_TYPES.map(
      (type): BadRequest => ({ what: `the type ${type}`, outcome: shape, body: text, headers: { "Content-Type": type } }),
    ),
    { what: "a body that is no gzip", outcome: shape, body: text, headers: { ...json, "Content-Encoding": "gzip" } },
    { what: "2 MB", outcome: tooLarge, body: text.replace("{", `{"large":"${LONG.repeat(20)}",`), headers: json },
    { what: "a deep extra field", outcome: "taken", body: text.replace("{", `{"deep":${deep(150)},`), headers: json },
    { what: "one too deep", outcome: shape, body: text.replace("{", `{"deep":${deep(100_000)},`), headers: json },
    { what: "a field twice", outcome: "taken", body: text.replace("{", `{"zebra":1,"zebra":[],`), headers: json },
  ];
}

function* queryCases(id: OperationId, good: string): Generator<BadRequest> {
  const [path = "", query = ""] = good.split("?");
  const pairs = query.split("&").filter(Boolean);
  const { method, path: template } = operations[id];
  const parameters = (contract.paths[template][method.toLowerCase()].parameters ?? []).map(resolve);
  for (const { name, schema, required } of parameters.filter((parameter: Json) => parameter.in === "query")) {
    const others = pairs.filter((pair) => !decodeURIComponent(pair).startsWith(`${name}=`));
    const [value = ""] = pairs.filter((pair) => !others.includes(pair)).map((pair) => pair.split("=")[1]);
    const sent = (what: string, outcome: Outcome, ...given: string[]): BadRequest => ({
      what: `${name} ${what}`,
      outcome,
      path: `${path}?${[...others, ...given].join("&")}`,
    });
    const missing = required ? 400 : "taken";
    const isList = schema.type === "array";
    const refused = isList || required || schema.type === "integer" || schema.enum || schema.format ? 400 : "either";
    yield sent("missing", missing);
    if (!isList) yield sent("twice", 400, `${name}=${value}`, `${name}=${value}`);
    const bare = name.replace("[]", "");
    const hint = isList ? "The parameter is phone_numbers[]" : `did you mean ${name}?`;
    for (const other of [isList ? bare : `${name}[]`, `${bare}[0]`, ...(isList ? [] : [name.toUpperCase()])])
      yield { ...sent(`as ${other}`, missing, `${other}=${value}`), hint };
    for (const wrong of schema.type === "integer" ? WRONG_INTEGERS : STRANGE_QUERY)
      yield sent(`= ${show(wrong)}`, refused, `${name}=${wrong}`);
    for (const huge of schema.type === "integer" ? ["9007199254740992", HUGE, "9".repeat(8000)] : [])
      yield sent(`= ${show(huge)}`, "taken", `${name}=${huge}`);
  }
  for (const extra of [...STRANGE_PARAMETERS, `zebra=${"x".repeat(8000)}`])
    yield {
      what: `the parameter ${show(extra)}`,
      outcome: "taken",
      path: `${path}?${[...pairs, extra].join("&")}`,
      hint: null,
    };
}

function pathCases(operation: OperationId, good: string): BadRequest[] {
  const ofNobody = operation === "updatePhoneNumber" ? 403 : 404; // A-line-unknown
  const places = [...good.matchAll(/(?<=\/)\d+/g)].map(({ index }) => index);
  return places.flatMap((index) =>
    STRANGE_IDS.map((id): BadRequest => {
      const outcome = /^(?:0|-?[1-9]\d*)$/.test(id) ? ofNobody : 404;
      return { what: `the id ${id}`, outcome, path: good.slice(0, index) + id + good.slice(index + 1) };
    }),
  );
}

export function show(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}... (${text.length})` : text;
}

/** The values that a body field of this schema must not, or need not, have. */
function wrongValues(schema: Json, shape: number): Wrong[] {
  const [type, nullable] = [schema.type].flat();
  const right = type === "integer" ? "number" : type;
  const ofOtherTypes = Object.keys(TYPES).filter((other) => other !== right && other !== nullable);
  const mistyped = ofOtherTypes.flatMap((type) =>
    (TYPES[type] ?? []).slice(0, 1).map((value): Wrong => [`= ${show(value)}`, value, shape]),
  );
  const ofItsType = right === "string" ? STRANGE_TEXTS : (TYPES[right] ?? []);
  const asNull: Wrong[] = nullable === "null" ? [["= null", null, "taken"]] : [];
  return [
    ...mistyped,
    ...asNull,
    ...ofItsType.map((value): Wrong => [`= ${show(value)}`, value, outcomeOf(schema, value, shape)]),
  ];
}

/** A value of the right type breaks what else the schema says, and is then known to be refused. */
function outcomeOf(
  { type, enum: values, const: only, pattern, format, minItems, required, anyOf }: Json,
  value: Json,
  shape: number,
): Outcome {
  if (type === "integer" && !Number.isInteger(value)) return shape;
  if (type === "array" && value.length === 0) return minItems === undefined ? "either" : NO_PARTICIPANTS; // no other list has a least length
  if (type === "array") return shape; // the lists above hold no strings
  if (required?.includes("phone_numbers")) return NO_PARTICIPANTS;
  if ((required ?? []).length > 0 || anyOf !== undefined) return shape; // the objects above have none of these fields
  if (values !== undefined || only !== undefined || format === "uri") return 422;
  if (pattern === NOT_BLANK) return value.trim() === "" ? shape : "either";
  if (pattern !== undefined) return new RegExp(pattern).test(value) ? "either" : 422;
  return "either";
}
