import type { ContractDocument } from "./contract-document";

/**
 * A copy of a part of the contract in which whatever is referred to stands at the place of its reference; what stands beside a
 * reference comes on top.
 *
 * @throws when a reference leads nowhere, or back to itself
 */
export function dereferenced<T>(contract: ContractDocument, part: T, above: readonly string[] = []): T {
  if (typeof part !== "object" || part === null) return part;
  if (Array.isArray(part)) return part.map((entry) => dereferenced(contract, entry, above)) as T;
  const { $ref, ...own } = part as { readonly $ref?: unknown };
  const copy = Object.fromEntries(Object.entries(own).map(([key, child]) => [key, dereferenced(contract, child, above)]));
  if (typeof $ref !== "string") return copy as T;
  if (above.includes($ref)) throw new Error(`the contract: ${$ref} leads back to itself`);
  return { ...dereferenced(contract, at(contract, $ref), [...above, $ref]), ...copy } as T;
}

function at(contract: ContractDocument, pointer: string): object {
  const found = pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((parent, key) => (parent as Readonly<Record<string, unknown>> | undefined)?.[key], contract);
  if (typeof found !== "object" || found === null) throw new Error(`the contract has no ${pointer}`);
  return found;
}
