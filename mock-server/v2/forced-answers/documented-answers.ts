import type { AssumptionId } from "../../../contracts/generated/v2/operations";

/** What the contract says can be answered to an operation, in the form that prism reads. */
export interface DocumentedAnswers {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly responses: readonly DocumentedAnswer[];
}

/** One of them, by its status. */
export interface DocumentedAnswer {
  /** The status. */
  readonly code: string;
  /** What is assumed of it. */
  readonly assumptions: readonly AssumptionId[];
  readonly headers: readonly { readonly name: string }[];
  /** Empty when the answer has no body. */
  readonly contents: readonly {
    readonly mediaType: string;
    /** What bodies are made up from; not what they are checked against. */
    readonly schema: object;
    readonly examples: readonly { readonly key: string; readonly value: unknown }[];
  }[];
}
