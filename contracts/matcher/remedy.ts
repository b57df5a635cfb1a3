import type { ContractViolation } from "../explain";

const byRule: Readonly<Record<string, string>> = {
  status: "answer with one of these",
  "content-type": "set the header Content-Type to application/json",
  envelope: "write the error in the envelope of this operation",
  added: "leave it out, or give it the name that the contract has for it",
  required: "add it; it is never left out",
  format: "write it exactly like that",
  pattern: "write it exactly like that",
  enum: "use one of these; case counts",
};

/** What mends a violation, in a few words. */
export function remedy({ rule, expected, received }: ContractViolation): string {
  const known = byRule[rule];
  if (known !== undefined) return known;
  if (rule === "body") return expected === "no body" ? "send nothing" : "send the body";
  if (received === null) return "send a value; this one is never null";
  if (typeof received === "string" && /^an? (?:integer|number)/.test(expected)) return "send a number, without quotes";
  if (typeof received === "number" && /^a string/.test(expected)) return "send a text, in quotes";
  return "send what is expected";
}
