import type { RecordedExchange } from "../../report";

/** Where a value was seen. */
export interface Origin {
  readonly exchange: RecordedExchange | undefined;
  readonly side: "request" | "response";
  /** The fields on the way to it, lists left out. */
  readonly trail: readonly string[];
  /** The objects that it is in, the innermost last. */
  readonly inside: readonly Fields[];
}

export type Fields = Readonly<Record<string, unknown>>;

/** How good an origin is at telling where to look: a person in a chat, another thing that can be read again, an answer, a request, nothing. */
export function worthOf(origin: Origin): number {
  if (!origin.exchange) return 0;
  if (origin.side === "request") return 1;
  const thing = thingOf(origin);
  if (!thing) return 2;
  return thing.isPerson ? 4 : 3;
}

/**
 * Where somebody with access finds a value, without the value: `a participant of chat 46: GET /chats/46`. `pathOf` and `fieldOf` mask.
 */
export function describeOrigin(
  origin: Origin,
  { pathOf, fieldOf }: { readonly pathOf: (path: string) => string; readonly fieldOf: (field: string) => string },
): string {
  const { exchange, side, trail } = origin;
  const field = trail.length === 0 ? "the whole body" : trail.map(fieldOf).join(".");
  if (!exchange) return `${field} of what was compared`;
  const thing = side === "response" ? thingOf(origin) : undefined;
  if (thing) return `${thing.isPerson ? "a participant" : fieldOf(trail.at(-1) ?? "")} of ${thing.name}: GET ${thing.path}`;
  const call = `${exchange.request.method} ${pathOf(exchange.request.path)}`;
  return side === "request" ? `${field} in the request ${call}` : `${field} in the answer to ${call}`;
}

interface Thing {
  readonly name: string;
  readonly path: string;
  readonly isPerson?: boolean;
}

/** The innermost thing that has a path to read it by. */
function thingOf({ exchange, trail, inside }: Origin): Thing | undefined {
  const chat = inside.find((fields) => "chat_handles" in fields);
  const isPerson = trail.includes("chat_handles") && trail.at(-1) === "phone_number";
  for (const fields of inside.toReversed()) {
    const id = idOf(fields["id"]);
    if (id === undefined) continue;
    if ("chat_handles" in fields) return { name: `chat ${id}`, path: `/chats/${id}`, isPerson };
    if ("sent_at" in fields && "text" in fields) return messageOf(id, exchange, chat);
    if ("contact_owner" in fields) return { name: `contact ${id}`, path: `/contacts/${id}` };
    if ("webhook_url" in fields) return { name: `webhook subscription ${id}`, path: "/webhook_subscriptions" };
    if ("forwarding_number" in fields) return { name: `line ${id}`, path: "/phone_numbers" };
    if ("chat_message_id" in fields) return { name: `reaction ${id}`, path: `/chat_message_reactions/${id}` };
  }
  return undefined;
}

function messageOf(id: number, exchange: RecordedExchange | undefined, chat: Fields | undefined): Thing | undefined {
  const chatId = /^\/chats\/(\d{1,9})\//.exec(exchange?.request.path ?? "")?.[1] ?? idOf(chat?.["id"]);
  return chatId === undefined ? undefined : { name: `message ${id}`, path: `/chats/${chatId}/chat_messages/${id}` };
}

function idOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value > 0 && value < 1e9 ? value : undefined;
}
