import type { ErrorObject, ValidateFunction } from "ajv";
import type { Basis } from "./basis";
import type { ContractVersion } from "./contract-version";
import { jsonPointer, pointerParts } from "./json-pointer";
import { describeSchema, formats, type Schema } from "./json-schema";

/**
 * What a validator that has just refused complains about, as one violation. Where none of several alternatives fits, it is the
 * complaint of the one that was meant: the one whose type is right.
 */
export function firstViolation({ errors }: ValidateFunction): ErrorObject {
  const found = errors ?? [];
  const last = found.at(-1);
  if (!last) throw new Error("the validator refused nothing");
  return last.keyword === "anyOf" || last.keyword === "oneOf" ? meant(last, found.slice(0, -1)) : last;
}

function meant(union: ErrorObject, branches: readonly ErrorObject[]): ErrorObject {
  const ofRightType = branches.filter((error) => error.keyword !== "type" || error.instancePath !== union.instancePath);
  const [first] = ofRightType;
  if (!first)
    return { ...union, keyword: "type", params: { type: [...new Set(branches.map((error) => error.params["type"]))] } };
  const missing = ofRightType.flatMap((error) => (error.keyword === "required" ? [error.params["missingProperty"]] : []));
  return missing.length > 1 ? { ...union, keyword: "anyOf", params: { missing } } : first;
}

/** A violation as a sentence for people: `phone_number is missing`. */
export function describeViolation(error: ErrorObject, whole: string): string {
  return `${violatedField(error, whole)} ${demandOf(error)}`;
}

/** Where in a request or document a schema was broken: `chat.phone_numbers[0]`, or `whole` for all of it. */
export function violatedField({ instancePath, keyword, params }: ErrorObject, whole: string): string {
  const parts = pointerParts(instancePath);
  if (keyword === "required") parts.push(String(params["missingProperty"]));
  const [first, ...rest] = parts;
  if (first === undefined) return whole;
  if (first.endsWith("[]")) return first; // a list in a query has no positions that its caller would know
  return rest.reduce((field, part) => (/^\d+$/.test(part) ? `${field}[${part}]` : `${field}.${part}`), first);
}

/** What the schema wants there: `must be a string`. */
export function demandOf({ keyword, params, message }: ErrorObject): string {
  switch (keyword) {
    case "required":
      return "is missing";
    case "type":
      return params["type"] === "boolean" ? "must be a boolean" : `must be ${describeSchema({ type: params["type"] })}`;
    case "enum":
      return `must be ${describeSchema({ enum: params["allowedValues"] })}`;
    case "const":
      return `must be ${describeSchema({ const: params["allowedValue"] })}`;
    case "format":
      return `must be ${formats[params["format"]] ?? `a ${params["format"]}`}`;
    case "pattern":
      return PATTERNS[params["pattern"]] ?? `must match ${params["pattern"]}`;
    case "minItems":
      return `must hold at least ${params["limit"]}`;
    case "maxItems":
      return `must hold at most ${params["limit"]}`;
    case "minLength":
      return params["limit"] === 1 ? "must not be empty" : `must have at least ${params["limit"]} characters`;
    case "maxLength":
      return `must have at most ${params["limit"]} characters`;
    case "uniqueItems":
      return "must not hold the same twice";
    case "minProperties":
      return "must not be empty";
    case "maxProperties":
      return params["limit"] === 1 ? "must have one field" : `must have no more than ${params["limit"]} fields`;
    case "maximum":
      return `must be at most ${params["limit"]}`;
    case "minimum":
      return `must be at least ${params["limit"]}`;
    case "additionalProperties":
      return `has the unknown field ${params["additionalProperty"]}`;
    case "discriminator":
      return params["error"] === "mapping"
        ? `has a ${params["tag"]} that is none, ${JSON.stringify(params["tagValue"])}`
        : `needs a ${params["tag"]}, which is a string`;
    case "anyOf":
      return `needs at least one of ${params["missing"].join(", ")}`;
    default:
      return message ?? "is not valid";
  }
}

/** What some patterns demand, in words. */
const PATTERNS: Readonly<Record<string, string>> = {
  "\\S": "must not be blank",
  "^\\+[1-9]\\d{1,14}$": "must be a number in E.164 form, such as +12052761148",
  "^[A-Za-z0-9_-]{1,64}$": "must be letters, digits, _ and -, up to 64",
  "^[1-5]([0-9][0-9]|xx)$": "must be a status, such as 404, or a class of them, such as 4xx",
};

/** An error of a validator that was made to explain. */
type Complaint = ErrorObject & { readonly parentSchema: Schema };

/** Keywords in the order in which they are told: of several complaints about one value the first, as the others follow from it, or say less. */
const RANK = ["type", "const", "enum", "anyOf", "format", "pattern"];

/** What the demand of a keyword rests on in a schema. `required/id` is the demand for one field, `null` that a value is not null. */
export type BasisOf = (schema: Schema, keyword: string) => Basis;

/** All that is wrong with a value, each wrong value once. `validate` is one of those that were generated to explain. */
function diagnose(validate: ValidateFunction, value: unknown, basisOf: BasisOf): ContractViolation[] {
  if (validate(value)) return [];
  const all = (validate.errors ?? []) as Complaint[];
  const unions = new Map(all.filter(isUnion).map(({ instancePath, parentSchema }) => [instancePath, parentSchema]));
  const branches = new Set(all.flatMap(({ keyword, schema }) => (keyword === "anyOf" ? (schema as Schema[]) : [])));
  const complaints = all.filter(({ keyword, parentSchema }) => keyword !== "if" && !branches.has(parentSchema));
  const foreign = new Set(complaints.filter((one) => isForeign(one, complaints)).map(({ instancePath }) => instancePath));

  const told = new Map<string, ContractViolation>();
  for (const complaint of complaints) {
    const { instancePath } = complaint;
    const violation = foreign.has(instancePath)
      ? ofValue({ ...complaint, keyword: "type" }, basisOf, unions.get(instancePath))
      : ofComplaint(complaint, basisOf, unions.get(instancePath));
    const known = told.get(violation.pointer);
    if (!known || rankOf(violation) < rankOf(known)) told.set(violation.pointer, violation);
  }
  return [...told.values()];
}

/** Where one of several alternatives had to be chosen. */
function isUnion({ keyword, parentSchema }: Complaint): boolean {
  return keyword === "if" && "x-expected" in parentSchema;
}

/** Whether an object has nothing that it should have, so that it is another thing, and no list of what it lacks would help. */
function isForeign({ keyword, parentSchema, instancePath, data }: Complaint, complaints: readonly Complaint[]): boolean {
  if (keyword !== "required") return false;
  const hasNone = Object.keys(propertiesOf(parentSchema)).every((field) => !Object.hasOwn(data as object, field));
  const isAdded = (one: Complaint): boolean => one.keyword === "additionalProperties" && one.instancePath === instancePath;
  return hasNone && ((parentSchema["required"] as string[]).length > 1 || complaints.some(isAdded));
}

function ofComplaint(complaint: Complaint, basisOf: BasisOf, union: Schema | undefined): ContractViolation {
  const { keyword, instancePath, parentSchema, params, data } = complaint;
  if (keyword === "additionalProperties") {
    const field: string = params["additionalProperty"];
    return {
      rule: "added",
      pointer: `${instancePath}${jsonPointer([field])}`,
      expected: `no field but ${Object.keys(propertiesOf(parentSchema)).join(", ")}`,
      received: (data as Readonly<Record<string, unknown>>)[field],
      clause: clauseOf(parentSchema),
      basis: basisOf(parentSchema, keyword),
    };
  }
  if (keyword !== "required") return ofValue(complaint, basisOf, union);
  const field: string = params["missingProperty"];
  const schema = propertiesOf(parentSchema)[field] ?? {};
  return {
    rule: "required",
    pointer: `${instancePath}${jsonPointer([field])}`,
    expected: describeSchema(schema),
    received: undefined,
    clause: clauseOf(schema),
    basis: basisOf(parentSchema, `required/${field}`),
  };
}

function ofValue(
  { keyword, instancePath, parentSchema, data }: Complaint,
  basisOf: BasisOf,
  union = parentSchema,
): ContractViolation {
  const expected = describeSchema(union);
  const isMissing = keyword === "type" && data === null && canBeEmpty(parentSchema);
  const basis = basisOf(parentSchema, isMissing ? "null" : keyword);
  return { rule: keyword, pointer: instancePath, expected, received: data, clause: clauseOf(union), basis };
}

/** Whether it wants a list, or any text. */
function canBeEmpty({ type, ...demands }: Schema): boolean {
  return type === "array" || (type === "string" && !NARROWING.some((keyword) => keyword in demands));
}

const NARROWING = ["enum", "const", "format", "pattern"];

function rankOf({ rule }: ContractViolation): number {
  const rank = RANK.indexOf(rule);
  return rank < 0 ? RANK.length : rank;
}

function propertiesOf(schema: Schema): Readonly<Record<string, Schema>> {
  return (schema["properties"] ?? {}) as Readonly<Record<string, Schema>>;
}

function clauseOf(schema: Schema): string {
  return `#${schema["x-clause"]}`;
}

/** One way in which a value breaks the contract. */
export interface ContractViolation {
  /**
   * What is wrong: a JSON Schema keyword, or `status`, `content-type`, `body`; `envelope` is an error in the form that other operations
   * have, and `added` a field that the contract does not know.
   */
  readonly rule: string;
  /** JSON pointer to the value; empty for the whole. What is missing has the pointer that it should have. */
  readonly pointer: string;
  /** What the contract wants there, for people: `an integer of at least 1`. */
  readonly expected: string;
  /** What is there; undefined when nothing is. */
  readonly received: unknown;
  /** JSON pointer into the contract: `#/components/schemas/Chat/properties/id`. */
  readonly clause: string;
  /** What the demand rests on. */
  readonly basis: Basis;
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

/**
 * The ways in which a value breaks what the contract says of it; undefined when it says nothing. It is known by a name: `findChat query`
 * and `createChat body` of requests, `findChat 200` and `message.sent` of answers and events.
 */
export function checkValue(
  validators: ContractVersion["answers"],
  name: string,
  value: unknown,
  basisOf: BasisOf,
): ContractViolation[] | undefined {
  const validate = validators[name];
  if (!validate) return undefined;
  if (validate(value)) return [];
  const violations = diagnose(validate, value, basisOf);
  if (violations.length === 0) throw new Error(`${name} was refused, and nothing is found to be wrong with it`);
  return violations;
}
