import { describeSchema } from "../../contracts/json-schema";
import type { SchemaObject } from "./contract-document";

type Components = Readonly<Record<string, SchemaObject>>;

const COMPONENT = "#/components/schemas/";
const OPEN = "Open.";

interface Branch {
  readonly schema: SchemaObject;
  /** What stands at its reference. */
  readonly resolved: SchemaObject;
}

/**
 * A copy of a schema in which each `oneOf` chooses the branch that was meant, and complains in its name alone: the one that fits but
 * for fields too many, else the one that a value has something of, else the one of its type, else the first. `x-expected` says what is
 * expected where a schema itself cannot: that of a reference, and that of any branch.
 *
 * @throws when the branches of a `oneOf` do not exclude each other
 */
export function withOneOfBranches(schema: SchemaObject, components: Components): SchemaObject {
  const copy = Object.fromEntries(
    Object.entries(schema).map(([key, child]) => [key, inChild(child, components)]),
  ) as SchemaObject;
  const { oneOf, discriminator, ...others } = copy;
  if (typeof copy["$ref"] === "string") return { ...copy, "x-expected": describeSchema(resolved(copy, components)) };
  if (oneOf === undefined) return copy;
  const branches = (oneOf as SchemaObject[]).map((branch) => ({ schema: branch, resolved: resolved(branch, components) }));
  if (discriminator === undefined) requireExclusive(branches, schema, components);
  const conditions = [
    ...branches.flatMap((branch) => namedBy(discriminator, branch)),
    ...branches.map((branch) => [opened(branch.schema), branch] as const),
    ...branches.map((branch) => [traceOf(branch, branches, components), branch] as const),
    ...branches.map((branch) => [{ type: branch.resolved["type"] }, branch] as const),
  ];
  const [first] = branches as [Branch];
  const choice = conditions.reduceRight<SchemaObject>(
    // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema
    (otherwise, [condition, branch]) => ({ if: condition, then: branch.schema, else: otherwise }),
    first.schema,
  );
  return { ...others, ...choice, "x-expected": branches.map((branch) => describeSchema(branch.resolved)).join(", or ") };
}

/** Copies of components that allow every field and refer to each other, by the names that {@link withOneOfBranches} uses. */
export function openComponents(components: Components): Components {
  return Object.fromEntries(Object.entries(components).map(([name, schema]) => [`${OPEN}${name}`, opened(schema)]));
}

function inChild(child: unknown, components: Components): unknown {
  if (typeof child !== "object" || child === null) return child;
  return Array.isArray(child)
    ? child.map((entry) => inChild(entry, components))
    : withOneOfBranches(child as SchemaObject, components);
}

function resolved(schema: SchemaObject, components: Components): SchemaObject {
  const { $ref } = schema;
  if (typeof $ref !== "string") return schema;
  const component = components[$ref.replace(COMPONENT, "")];
  if (!component) throw new Error(`the contract has no ${$ref}`);
  return resolved(component, components);
}

/** A field that is allowed explicitly is not closed any more. */
function opened(schema: SchemaObject): SchemaObject {
  return JSON.parse(
    JSON.stringify(schema, (_, node: unknown) =>
      isObjectSchema(node) && !("additionalProperties" in node) ? { ...node, additionalProperties: true } : node,
    ).replaceAll(`"${COMPONENT}`, `"${COMPONENT}${OPEN}`),
  );
}

function isObjectSchema(node: unknown): node is SchemaObject {
  return typeof node === "object" && node !== null && "type" in node && node.type === "object" && "properties" in node;
}

/** True of an object that says by the discriminator that it is this branch. */
function namedBy(discriminator: unknown, branch: Branch): [SchemaObject, Branch][] {
  if (discriminator === undefined) return [];
  const { propertyName } = discriminator as { readonly propertyName: string };
  const { const: name } = propertiesOf(branch.resolved)[propertyName] as SchemaObject;
  return [[{ type: "object", required: [propertyName], properties: { [propertyName]: { const: name } } }, branch]];
}

/** True of a value that has something that only this branch has: a field, or what is in it. */
function traceOf({ resolved: own }: Branch, branches: readonly Branch[], components: Components): SchemaObject {
  const others = branches.map((branch) => branch.resolved).filter((other) => other !== own);
  const traces = requiredOf(own).flatMap((field) => {
    const rivals = others
      .map((other) => propertiesOf(other)[field])
      .filter((rival) => rival !== undefined)
      .map((rival) => resolved(rival, components));
    const schema = resolved(propertiesOf(own)[field] ?? {}, components);
    if (rivals.some((rival) => !haveOtherTypes(rival, schema))) return [];
    return [{ required: [field], ...(rivals.length > 0 && { properties: { [field]: beginning(schema) } }) }];
  });
  return traces.length === 0 ? { not: {} } : { type: "object", anyOf: traces };
}

/** True of whatever has the type of a schema and, where that is an object, one of its fields. */
function beginning(schema: SchemaObject): SchemaObject {
  const fields = requiredOf(schema).map((field) => ({ required: [field] }));
  return { type: schema["type"], ...(fields.length > 0 && { anyOf: fields }) };
}

function requireExclusive(branches: readonly Branch[], { "x-clause": clause }: SchemaObject, components: Components): void {
  const demandsAnother = (one: SchemaObject, other: SchemaObject): boolean =>
    requiredOf(one).some((field) => {
      const [own, others] = [propertiesOf(one)[field], propertiesOf(other)[field]];
      return !own || !others || haveOtherTypes(resolved(own, components), resolved(others, components));
    });
  for (const [i, { resolved: one }] of branches.entries()) {
    for (const { resolved: other } of branches.slice(i + 1)) {
      if (!haveOtherTypes(one, other) && !demandsAnother(one, other) && !demandsAnother(other, one)) {
        throw new Error(`the branches of the oneOf at ${clause} do not exclude each other`);
      }
    }
  }
}

function haveOtherTypes(one: SchemaObject, other: SchemaObject): boolean {
  const types = [one["type"]].flat();
  return ![other["type"]].flat().some((type) => types.includes(type));
}

function requiredOf(schema: SchemaObject): readonly string[] {
  return (schema["required"] ?? []) as readonly string[];
}

function propertiesOf(schema: SchemaObject): Components {
  return (schema["properties"] ?? {}) as Components;
}
