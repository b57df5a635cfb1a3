/** A refusal, before a version of the API puts it into an envelope of its own. */
export class Failure<Status extends number = number> {
  readonly status: Status;
  /** What is wrong, naming the field. */
  readonly detail: string;
  /** Its row in the version's table of refusals; undefined for what only the mock refuses, and the vendor never would. */
  readonly reason?: string | undefined;
  /** What was given and cannot be used. */
  readonly given?: string | undefined;
  /** The likely mistake and its fix. */
  readonly hint?: string | undefined;
  /** What the refusal rests on, beside what its reason says. */
  readonly assumption?: string | undefined;
  /** How many seconds to wait before trying again. */
  readonly retryAfter?: number | undefined;

  constructor(status: Status, detail: string, { reason, given, hint, assumption, retryAfter }: FailureDetails = {}) {
    this.status = status;
    this.detail = detail;
    this.reason = reason;
    this.given = given;
    this.hint = hint;
    this.assumption = assumption;
    this.retryAfter = retryAfter;
  }
}

export type FailureDetails = Pick<Failure, "reason" | "given" | "hint" | "assumption" | "retryAfter">;

/** The reason of what any version may refuse: no table has a row for it. */
export const WORDED = "worded";

/** A failure as the vendor may have it too, whose wording is ours. */
export function failure<Status extends number>(status: Status, detail: string, details: FailureDetails = {}): Failure<Status> {
  return new Failure(status, detail, { reason: WORDED, ...details });
}
