import { Skip } from "../judging/signals";
import type { RecordedExchange } from "../recorded-exchange";
import { Otherwise } from "./otherwise";

/** Answers that say nothing of the request: a token that has expired, a limit, a gateway that is alone. */
const SAY_NOTHING = [401, 429, 502, 503, 504];

/**
 * @param subject what was asked, for people: `a find without a line`
 * @throws Otherwise when an answer has another status, Skip when it says nothing
 */
export function requireStatus(exchange: RecordedExchange, expected: number, subject: string): void {
  const { status, body } = exchange.response;
  if (SAY_NOTHING.includes(status)) throw new Skip(`${subject} was answered with ${status}`);
  if (body !== undefined && (typeof body !== "object" || body === null)) {
    throw new Skip(`the answer to ${subject} is no JSON object`);
  }
  if (status !== expected) throw new Otherwise(`${subject} answers ${status} instead of ${expected}`, exchange);
}
