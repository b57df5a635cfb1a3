import type { Seed } from "../world/seed";
import type { components } from "./generated/types";

export function countFixtures({ users, lines, contacts, chats, messages }: Seed): components["schemas"]["Counts"] {
  return {
    users: users.records.size,
    lines: lines.records.size,
    contacts: contacts.records.size,
    chats: chats.records.size,
    messages: messages.records.size,
  };
}
