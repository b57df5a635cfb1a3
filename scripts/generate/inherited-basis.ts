import type { ContractDocument, SchemaObject } from "./contract-document";

type Components = Readonly<Record<string, SchemaObject>>;

const COMPONENT = "#/components/schemas/";

/**
 * A copy of the contract in which each schema says itself what its keywords rest on (`x-basis`): what is said of a schema as a whole stands in
 * those within it, too. A component that rests on something else where it is referred to is copied to there.
 */
export function withInheritedBasis(contract: ContractDocument): ContractDocument {
  return inNode(contract, undefined, contract.components.schemas) as ContractDocument;
}

/** `inherited` is what the schema around a node rests on as a whole. */
function inNode(node: unknown, inherited: unknown, components: Components): unknown {
  if (typeof node !== "object" || node === null) return node;
  if (Array.isArray(node)) return node.map((entry) => inNode(entry, inherited, components));
  const { $ref, "x-provenance": provenance, ...own } = node as Record<string, unknown>;
  const said = own["x-basis"] ?? provenance;
  const isAssumed = Array.isArray(inherited); // in what is only assumed, nothing is surer
  const whole = isWhole(said) && (!isAssumed || Array.isArray(said)) ? said : inherited;
  const component = typeof $ref === "string" ? components[$ref.replace(COMPONENT, "")] : undefined;
  if (component && (Array.isArray(whole) || own["x-basis"] !== undefined)) {
    const { "x-basis": _, ...others } = own;
    const isPart = said !== undefined && !isWhole(said);
    const basis = isPart ? { "x-basis": { ...asMap(component), ...(said as object) } } : { "x-basis": whole };
    const merged = { ...component, ...others, ...basis };
    return inNode(merged, whole, components);
  }
  const copy = Object.fromEntries(
    Object.entries(own).map(([key, child]) => [key, isNoSchema(key) ? child : inNode(child, whole, components)]),
  );
  const basis = said !== undefined && !isWhole(said) && !isAssumed ? said : whole;
  return { ...($ref !== undefined && { $ref }), ...copy, ...(isSchema(node) && basis !== undefined && { "x-basis": basis }) };
}

function isWhole(basis: unknown): boolean {
  return typeof basis === "string" || Array.isArray(basis);
}

function asMap(schema: SchemaObject): object {
  const basis = schema["x-basis"];
  return typeof basis === "object" && !Array.isArray(basis) && basis !== null ? basis : {};
}

function isNoSchema(key: string): boolean {
  return key.startsWith("x-") || key === "example" || key === "examples";
}

/** A schema says where it stands; other parts of a document rest on nothing themselves. */
function isSchema(node: object): boolean {
  return "x-clause" in node;
}
