import { DELIVERY_MS } from "../../contracts/delivery";
import type { Identifier } from "../../contracts/identifier";
import type { Service } from "../../contracts/service";

/** When a message is delivered, or fails, in ms after it was sent; null for never. */
export interface Delivery {
  readonly deliveredAfterMs: number | null;
  readonly failsAfterMs: number | null;
}

/** A number to send to, or a text to send, and the outcome that it stands for. */
export interface MagicValue {
  readonly number: Identifier;
  /** Matched without regard to case and to the space around it. */
  readonly text?: string;
  /** What becomes of a message: it is refused, or delivered in a way of its own. */
  readonly message?: "refused" | Delivery;
  /** The best service that the number can receive. */
  readonly service?: Service;
  /** For people: in hints, and in docs/magic-values.md. */
  readonly happens: string;
}

const SLOW_MS = 30_000;

/** Everything that can go wrong, by numbers that nobody has. Where several apply to a message, the first of them counts. */
export const MAGIC_VALUES: readonly MagicValue[] = [
  {
    number: magicNumber("+15005550101"),
    text: "linq-mock: refused",
    message: "refused",
    happens: "Create Chat and Send Message answer 422, and nothing is sent or created",
  },
  {
    number: magicNumber("+15005550102"),
    text: "linq-mock: undeliverable",
    message: { deliveredAfterMs: null, failsAfterMs: DELIVERY_MS },
    happens: "the message is accepted as pending, and half a second later it is service_unavailable",
  },
  {
    number: magicNumber("+15005550103"),
    text: "linq-mock: pending",
    message: { deliveredAfterMs: null, failsAfterMs: null },
    happens: "the message is accepted, and stays pending for ever",
  },
  {
    number: magicNumber("+15005550104"),
    text: "linq-mock: slow",
    message: { deliveredAfterMs: SLOW_MS, failsAfterMs: null },
    happens: "the message is accepted as pending, and delivered 30 seconds later",
  },
  {
    number: magicNumber("+15005550105"),
    service: "SMS",
    happens: "Check iMessage Availability answers available: false, and a chat with this number has the service SMS",
  },
];

/** Written in E.164. */
function magicNumber(number: string): Identifier {
  return number as Identifier;
}
