import type { Failure } from "../../v2/errors";

/** A server that was asked has not answered. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
  /** 504 when it took too long, else 502. */
  readonly status: 502 | 504;
  readonly hint: string;

  /** @param reason the end of a sentence */
  constructor(status: 502 | 504, reason: string, hint: string) {
    super(reason);
    this.status = status;
    this.hint = hint;
  }

  get failure(): Failure {
    return { status: this.status, detail: `The target gave no answer that can be passed on: ${this.message}`, hint: this.hint };
  }
}
