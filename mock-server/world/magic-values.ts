import type { Identifier, Service } from "../../contracts/identifiers";
import { DELIVERY_MS } from "../../contracts/limits";
import type { Message, WhyFailed } from "./model";
import type { World } from "./world";

/** When a message is delivered, or fails, in ms after it was sent; null for never. */
export interface MagicDelivery extends WhyFailed {
  readonly deliveredAfterMs: number | null;
  readonly failsAfterMs: number | null;
  /** What it is from the beginning, and for good, where that is not pending. */
  readonly status?: "paused";
}

/** A number to send to, or a text to send, and the outcome that it stands for. */
export interface MagicValue {
  readonly number: Identifier;
  /** Matched without regard to case and to the space around it. */
  readonly text?: string;
  /** What becomes of a message: it is refused, or delivered in a way of its own. */
  readonly message?: "refused" | MagicDelivery;
  /** The best service that the number can receive. */
  readonly service?: Service;
  /** For people: in hints, and in docs/magic-values.md. */
  readonly happens: string;
}

const SLOW_MS = 30_000;

export const FAILED_DELIVERY: MagicDelivery = { deliveredAfterMs: null, failsAfterMs: DELIVERY_MS };

/** Everything that can go wrong, by numbers that nobody has. Where several apply to a message, the first of them counts. */
export const MAGIC_VALUES: readonly MagicValue[] = [
  {
    number: magicNumber("+15005550101"),
    text: "linq-mock: refused",
    message: "refused",
    happens: "sending is refused (V2: 422, V3: 400), and nothing is sent or created",
  },
  {
    number: magicNumber("+15005550102"),
    text: "linq-mock: undeliverable",
    message: FAILED_DELIVERY,
    happens: "the message is accepted as pending, and half a second later it is service_unavailable",
  },
  {
    number: magicNumber("+15005550103"),
    text: "linq-mock: pending",
    message: { deliveredAfterMs: null, failsAfterMs: null },
    happens: "the message is accepted, and stays pending for ever",
  },
  {
    number: magicNumber("+15005550106"),
    text: "linq-mock: paused",
    message: { deliveredAfterMs: null, failsAfterMs: null, status: "paused" },
    happens: "the message is accepted as paused, and stays so (V3: it fails)",
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

/** What becomes of a message because of a magic value. */
export interface MagicMessage {
  /** The number or the text. */
  readonly value: string;
  readonly message: "refused" | MagicDelivery;
  readonly happens: string;
}

type Row = MagicValue & Pick<MagicMessage, "message">;

const rows = MAGIC_VALUES.filter((row): row is Row => row.message !== undefined);
const byNumber = new Map<string, Row>(rows.map((row) => [row.number, row]));
const byText = new Map(rows.flatMap((row) => (row.text === undefined ? [] : [[row.text, row] as const])));
const longestText = Math.max(...[...byText.keys()].map((text) => text.length));

/** The magic value that decides over a message with this text to these participants, if one does. One in a group is enough. */
export function magicMessage(text: string, participants: readonly Identifier[]): MagicMessage | undefined {
  const candidates: Row[] = [];
  for (const identifier of participants) {
    const row = byNumber.get(identifier);
    if (row) candidates.push(row);
  }
  const trimmed = text.trim();
  const meant = trimmed.length > longestText ? undefined : byText.get(trimmed.toLowerCase());
  if (!meant && candidates.length === 0) return undefined;
  const row = rows.find((known) => known === meant || candidates.includes(known));
  if (!row) return undefined;
  return { value: row === meant && row.text !== undefined ? row.text : row.number, message: row.message, happens: row.happens };
}

/** Whether a message is as it is because of a magic value: its text may have been edited, and its chat's participants changed. */
export function isDueTo({ message: delivery }: MagicMessage, message: Message): boolean {
  if (delivery === "refused") return false;
  const { sentAt, deliveredAt, deliveryStatus, failsAt } = message;
  if (delivery.deliveredAfterMs !== null) return deliveredAt === sentAt + delivery.deliveredAfterMs;
  if (deliveredAt !== null) return false;
  if (delivery.failsAfterMs === null) return deliveryStatus === (delivery.status ?? "pending") && failsAt === undefined;
  return failsAt === sentAt + delivery.failsAfterMs || deliveryStatus === "service_unavailable";
}

/** The best service of magic numbers, where a fixture does not say otherwise. */
export const magicServices: ReadonlyMap<Identifier, Service> = new Map(
  MAGIC_VALUES.flatMap(({ number, service }) => (service === undefined ? [] : [[number, service] as const])),
);

/** The best service that somebody can receive: as the fixture states it, else as a magic number has it; undefined when nothing is known. */
export function bestService(world: World, identifier: Identifier): Service | undefined {
  return world.availability.get(identifier) ?? magicServices.get(identifier);
}

/** Whether a magic number alone decides which service somebody can receive. */
export function hasMagicService(world: World, identifier: Identifier): boolean {
  return magicServices.has(identifier) && !world.availability.has(identifier);
}
