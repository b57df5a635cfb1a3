import { MARK } from "../../contracts/suite/cleanup/created";

const MARKED = new RegExp(`^(?:Contract check )?${MARK}-[a-z]{10}(?![a-z])`);

/** Whether a text is one that a contract run has made up. */
export function isMarked(text: unknown): boolean {
  return typeof text === "string" && MARKED.test(text);
}
