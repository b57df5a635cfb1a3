import type { World } from "../world/world";

const COLLECTIONS = new Map(
  Object.entries({
    chats: "chats",
    chat_messages: "messages",
    chat_message_reactions: "reactions",
    contacts: "contacts",
    phone_numbers: "lines",
    webhook_subscriptions: "subscriptions",
  } as const),
);

/** Whether a world has the first thing that a path names by its id: of `/chats/46/chat_messages/7`, chat 46. */
export function hasThing(world: World, path: string): boolean {
  const [, name = "", id = ""] = path.split("/");
  const collection = COLLECTIONS.get(name);
  return collection !== undefined && world[collection].get(Number(id)) !== undefined;
}

/** Whether an answer of Find Chat or Find Contact says, with 200, that there is none. */
export function foundNothing(body: unknown): boolean {
  const { data, contact } = (body ?? {}) as { data?: { chat?: unknown }; contact?: unknown };
  return data?.chat === null || contact === null;
}
