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
}
