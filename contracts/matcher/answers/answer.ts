import type { ExchangeResponse } from "../../exchange";

/** What a matcher needs of an answer, whichever client has read it. */
export interface Answer {
  /** Undefined when the client does not tell it. */
  readonly method: string | undefined;
  /** Undefined when nobody has asked for anything. */
  readonly url: string | undefined;
  readonly response: ExchangeResponse;
}

/** Values whose fields are not known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** Reads the answers of one client; undefined when a value is none of them. */
export type AnswerReader = (value: Fields) => Answer | Promise<Answer> | undefined;
