/* The parts of a HAR file that are read. Whoever wrote it may have left out or mistaken any of them. */

export interface HarEntry {
  readonly startedDateTime?: unknown;
  readonly time?: unknown;
  readonly request?: unknown;
  readonly response?: unknown;
}

export interface HarRequest {
  readonly method?: unknown;
  readonly url?: unknown;
  readonly headers?: unknown;
  readonly postData?: unknown;
}

export interface HarResponse {
  /** 0 when there was no answer. */
  readonly status?: unknown;
  readonly headers?: unknown;
  readonly bodySize?: unknown;
  /** Why there was no answer, as browsers say it. */
  readonly _error?: unknown;
  readonly content?: unknown;
}

/** A body. */
export interface HarContent {
  readonly size?: unknown;
  readonly mimeType?: unknown;
  readonly text?: unknown;
  /** `base64` when the text is not the body itself. */
  readonly encoding?: unknown;
}
