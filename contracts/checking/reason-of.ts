import type { ContractViolation } from "./contract-violation";

/** What is wrong, as the end of a sentence that may begin with the pointer: `must be an integer of at least 1`. */
export function reasonOf({ rule, pointer, expected, received }: ContractViolation): string {
  if (rule === "added") return "is a field that the contract does not know";
  if (rule === "body") return `there must be ${expected}`;
  if (rule === "status") return `the status must be ${expected}`;
  if (rule === "content-type") return `the content type must be ${expected}`;
  if (received === undefined) return `is missing; it must be ${expected}`;
  return pointer === "" ? `the body must be ${expected}` : `must be ${expected}`;
}
