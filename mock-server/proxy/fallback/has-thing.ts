import type { World } from "../../world/world";

type Collections = Pick<World, "chats" | "messages" | "reactions" | "contacts" | "lines" | "subscriptions">;

const COLLECTIONS: Readonly<Record<string, keyof Collections>> = {
  chats: "chats",
  chat_messages: "messages",
  chat_message_reactions: "reactions",
  contacts: "contacts",
  phone_numbers: "lines",
  webhook_subscriptions: "subscriptions",
};

/** Whether a world has the first thing that a path names by its id: of `/chats/46/chat_messages/7`, chat 46. */
export function hasThing(world: World, path: string): boolean {
  const [, name = "", id = ""] = path.split("/");
  const collection = COLLECTIONS[name];
  return collection !== undefined && world[collection].get(Number(id)) !== undefined;
}
