import type { RecordedExchange } from "../recorded-exchange";

/** The server does something else than what is assumed: `a find without a line answers 404 instead of 400`. */
export class Otherwise extends Error {
  override readonly name = "Otherwise";
  /** The answer that shows it, where it is not the last one. */
  readonly exchange: RecordedExchange | undefined;

  constructor(message: string, exchange?: RecordedExchange) {
    super(message);
    this.exchange = exchange;
  }
}
