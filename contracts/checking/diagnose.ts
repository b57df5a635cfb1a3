import type { ErrorObject, ValidateFunction } from "ajv";
import type { ContractViolation } from "./contract-violation";
import { describeSchema, type Schema } from "./describe-schema";

/** An error of a validator that was made to explain. */
type Complaint = ErrorObject & { readonly parentSchema: Schema };

/** Of several complaints about one value, the first of these is told: the others follow from it, or say less. */
const RANK = ["type", "const", "enum", "anyOf", "format", "pattern"];

/** All that is wrong with a value, each wrong value once. `validate` is one of those that were generated to explain. */
export function diagnose(validate: ValidateFunction, value: unknown): ContractViolation[] {
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
      ? ofValue({ ...complaint, keyword: "type" }, unions.get(instancePath))
      : ofComplaint(complaint, unions.get(instancePath));
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

function ofComplaint(complaint: Complaint, union: Schema | undefined): ContractViolation {
  const { keyword, instancePath, parentSchema, params, data } = complaint;
  if (keyword === "additionalProperties") {
    const field: string = params["additionalProperty"];
    return {
      rule: "added",
      pointer: `${instancePath}/${escaped(field)}`,
      expected: `no field but ${Object.keys(propertiesOf(parentSchema)).join(", ")}`,
      received: (data as Readonly<Record<string, unknown>>)[field],
      clause: clauseOf(parentSchema),
    };
  }
  if (keyword !== "required") return ofValue(complaint, union);
  const field: string = params["missingProperty"];
  const schema = propertiesOf(parentSchema)[field] ?? {};
  return {
    rule: "required",
    pointer: `${instancePath}/${escaped(field)}`,
    expected: describeSchema(schema),
    received: undefined,
    clause: clauseOf(schema),
  };
}

function ofValue({ keyword, instancePath, parentSchema, data }: Complaint, union = parentSchema): ContractViolation {
  return { rule: keyword, pointer: instancePath, expected: describeSchema(union), received: data, clause: clauseOf(union) };
}

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

function escaped(field: string): string {
  return field.replaceAll("~", "~0").replaceAll("/", "~1");
}
