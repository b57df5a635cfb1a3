/** What was sent, as it is compared: JSON in one spelling, a form by its type alone, another text as it is; empty for nothing. */
export type SentKey = string;

/** A call that was recorded, and its answer, to be given again. */
export interface RecordedAnswer {
  readonly method: string;
  /** Below the API's prefix, without its query. */
  readonly path: string;
  /** The query as it was sent, without the question mark. */
  readonly query: string;
  /** The token as it was recorded; undefined when there was none. */
  readonly token: string | undefined;
  readonly sent: SentKey;
  /** Why no answer had come, as far as the recording says it, and else empty; undefined when one had. */
  readonly noAnswer: string | undefined;
  /** This and what follows is nothing when no answer had come. */
  readonly status: number;
  readonly headers: readonly (readonly [name: string, values: readonly string[]])[];
  readonly body: Buffer;
}
