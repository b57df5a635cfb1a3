import { tenDigits } from "../people";
import type { RecordedExchange } from "../recorded-exchange";
import { addressee } from "./addressee";
import type { ProbeContext } from "./probe";

/** The only check of availability that the API allows in 10 s: of the addressee, else of the line, in ten digits. */
export async function firstCheck({ api, people, line, once }: ProbeContext): Promise<FirstCheck> {
  const person = people.length > 0 ? (await once(addressee)).person : line;
  const number = tenDigits(person) === person ? line : person;
  const body = { phone_number: tenDigits(number) };
  const exchange = await api.request("POST", "/i_message_availability/check", body, { on429: "return" });
  return { number, exchange, at: performance.now() };
}

interface FirstCheck {
  /** In E.164. */
  readonly number: string;
  readonly exchange: RecordedExchange;
  /** When it was answered, in ms. */
  readonly at: number;
}
