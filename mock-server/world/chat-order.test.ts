import fc from "fast-check";
import type { Identifier } from "../../contracts/identifiers";
import { readFixtureDocument } from "../../fixtures/load/read-document";
import { ANN, BEN, LINE, smallWorld, stillSettings } from "../testing/worlds";
import { activityPlaceOf, chatsByActivity, unreadCount } from "./chat-order";
import { findOrOpenChat, removeFromChat } from "./chats";
import { readMessages, receiveMessage, removeMessage, sendToChat } from "./messages";
import type { Chat, Message } from "./model";
import { handleById, ownHandle } from "./participants";
import { createSeed } from "./seed";
import { World } from "./world";

const sent_at = (minute: number): string => new Date(Date.UTC(2025, 5, 1, 12, minute)).toISOString();
const { records } = readFixtureDocument(
  {
    ...smallWorld,
    chats: [
      ...(smallWorld.chats ?? []),
      ...Array.from({ length: 20 }, (_, i) => ({
        line: LINE,
        participants: [`+1205555${2000 + i}`],
        messages: [0, 1, 2].map((n) => ({ from: LINE, text: "Hi", sent_at: sent_at((i * 7 + n) % 11), is_read: n > 0 })),
      })),
    ],
  },
  { now: Date.UTC(2025, 6, 1), services: new Map() },
);
const seed = createSeed(records, Date.UTC(2025, 6, 1));

type Deed = (world: World, chat: Chat, n: number) => unknown;

const deletion: Deed = (world, chat) => {
  const last = world.messages.last("chat", chat.id);
  if (last) removeMessage(world, chat, last);
  return last;
};

const deeds: readonly Deed[] = [
  (world, chat) => receiveMessage(world, chat, chat.handles[0] ?? ownHandle(chat), { text: "Hi", attachments: [] }),
  (world, chat) => sendToChat(world, chat, { text: "Hi", attachments: [] }),
  deletion,
  (world, _, n) => {
    const others = [ANN, `+1205555${3000 + (n % 9)}`] as Identifier[];
    findOrOpenChat(world, { phoneNumber: LINE as Identifier }, others, { name: null, event: "chat.opened" });
  },
  (world, chat) => {
    const other = chat.handles.find(({ identifier }) => identifier === BEN);
    if (other) removeFromChat(world, chat, other);
  },
  (world, chat) => readMessages(world, chat, () => true),
  (world, _, n) => world.clock.freeze(Date.UTC(2025, 5, 1, 12, n % 15)),
];

/** The order as anybody would make it. */
function plainOrder(world: World, deleted: readonly Message[]): number[] {
  const places = [...world.chats.values()].map((chat) => {
    const newest = [...world.messages.values(), ...deleted]
      .filter(({ chatId }) => chatId === chat.id)
      .map(({ sentAt }) => sentAt);
    const kept = [...world.messages.values()].filter(({ chatId }) => chatId === chat.id);
    const [last] = kept.sort((a, b) => b.sentAt - a.sentAt || b.id - a.id);
    return { id: chat.id, last: last?.id ?? 0, at: newest.length > 0 ? Math.max(...newest) : ownHandle(chat).joinedAt };
  });
  return places.sort((a, b) => b.at - a.at || b.last - a.last || b.id - a.id).map(({ id }) => id);
}

function plainUnread(world: World, chat: Chat): number {
  return [...world.messages.values()].filter(
    ({ chatId, isRead, handleId }) => chatId === chat.id && !isRead && handleById(chat, handleId).identifier !== chat.line,
  ).length;
}

test("whatever happens, the chats stand by their newest message, be it deleted since, from any place on, and what is unread is counted", async () => {
  const step = fc.record({ deed: fc.constantFrom(...deeds), chat: fc.nat(), n: fc.nat() });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.nat(), async (steps, from) => {
      const world = new World(seed, stillSettings);
      const deleted: Message[] = [];
      for (const { deed, chat, n } of steps) {
        const chats = [...world.chats.values()];
        const done = await deed(world, chats[chat % chats.length] as Chat, n);
        if (deed === deletion && done) deleted.push(done as Message);
      }
      const order = plainOrder(world, deleted);
      expect([...chatsByActivity(world)]).toEqual(order);
      const position = from % order.length;
      const chat = world.chats.get(order[position] ?? 0) as Chat;
      expect([...chatsByActivity(world, activityPlaceOf(world, chat))]).toEqual(order.slice(position + 1));
      for (const chat of world.chats.values()) expect(unreadCount(world, chat)).toBe(plainUnread(world, chat));
    }),
    { numRuns: 50 },
  );
});
