import fc from "fast-check";
import { formatTimestamp, parseTimestamp } from "../timestamp";
import { type Api, apiOf, type Message } from "./api";
import { type Query, readAll } from "./paging";
import { startTarget, type Target } from "./target";

/* What must hold of the messages of a chat, as long as nobody writes. */

interface Conversation {
  readonly id: number;
  readonly messages: readonly Message[];
}

let target: Target;
let api: Api;
let conversations: Conversation[];

beforeAll(async () => {
  target = await startTarget();
  api = apiOf(target);
  const chats = await api.list(target.line);
  const read = chats.map(async ({ id }) => ({ id, messages: await api.messages(id) }));
  conversations = (await Promise.all(read)).filter(({ messages }) => messages.length > 0);
});

afterAll(() => target.stop());

const RUNS = { numRuns: 30 };

function list({ id }: Conversation, query: Query): Promise<Message[]> {
  return readAll(api, `/chats/${id}/chat_messages`, query);
}

function sentAt(message: Message): number {
  return parseTimestamp(message.sent_at);
}

/** Conversations, of which those with messages sent at the same time are as likely as all others. */
function conversation(): fc.Arbitrary<Conversation> {
  const busy = conversations.filter(hasTies);
  const any = fc.constantFrom(...conversations);
  return busy.length > 0 ? fc.oneof(any, fc.constantFrom(...busy)) : any;
}

function hasTies({ messages }: Conversation): boolean {
  return new Set(messages.map(sentAt)).size < messages.length;
}

/** A moment at which a message was sent, just beside one, or between two. */
function momentIn({ messages }: Conversation): fc.Arbitrary<number> {
  const times = messages.map(sentAt);
  const between = times.slice(1).map((time, i) => Math.floor((time + (times[i] ?? time)) / 2));
  return fc.constantFrom(...times, ...times.map((time) => time - 1), ...times.map((time) => time + 1), ...between);
}

/** A moment in one of the ways to write it. */
function writtenAs(): fc.Arbitrary<(moment: number) => string> {
  return fc.constantFrom(formatTimestamp, (moment: number) => new Date(moment).toISOString());
}

const pageSize = fc.integer({ min: 5, max: 100 });

test("there are messages enough for the laws to mean something", () => {
  expect(conversations.length).toBeGreaterThan(1);
  expect(conversations.some(hasTies)).toBe(true);
});

test("law 18: sort=desc reverses asc", () =>
  fc.assert(
    fc.asyncProperty(conversation(), pageSize, async (chat, per_page) => {
      const ascending = await list(chat, { sort: "asc", per_page });
      const descending = await list(chat, { sort: "desc", per_page });
      expect(ascending).toEqual(chat.messages.toSorted((a, b) => sentAt(a) - sentAt(b) || a.id - b.id));
      expect(descending).toEqual(ascending.toReversed());
    }),
    RUNS,
  ));

test("law 19: before and after partition", () => {
  const chatAndMoment = conversation().chain((chat) => fc.tuple(fc.constant(chat), momentIn(chat)));
  return fc.assert(
    fc.asyncProperty(chatAndMoment, writtenAs(), pageSize, async ([chat, moment], write, per_page) => {
      const before = await list(chat, { before: write(moment), per_page });
      const after = await list(chat, { after: write(moment), per_page });
      const at = chat.messages.filter((message) => sentAt(message) === moment);
      expect([...before, ...at, ...after]).toEqual(chat.messages);
    }),
    { numRuns: 60 },
  );
});

test("law 20: windows nest", () => {
  const chatAndMoments = conversation().chain((chat) => fc.tuple(fc.constant(chat), momentIn(chat), momentIn(chat)));
  return fc.assert(
    fc.asyncProperty(chatAndMoments, writtenAs(), async ([chat, one, other], write) => {
      const early = write(Math.min(one, other));
      const late = write(Math.max(one, other));
      const afterLate = await list(chat, { after: late });
      const afterEarly = await list(chat, { after: early });
      expect(afterLate).toEqual(afterEarly.slice(afterEarly.length - afterLate.length));
      const beforeEarly = await list(chat, { before: early });
      const beforeLate = await list(chat, { before: late });
      expect(beforeEarly).toEqual(beforeLate.slice(0, beforeEarly.length));
      const window = await list(chat, { after: early, before: late });
      expect(window).toEqual(afterEarly.filter(({ id }) => beforeLate.some((message) => message.id === id)));
    }),
    RUNS,
  );
});

test("law 21: a listed message equals the same message read alone", async () => {
  for (const { id, messages } of conversations)
    expect(await Promise.all(messages.map((message) => api.message(id, message.id)))).toEqual(messages);
});

test("law 22: a message belongs to its chat", () => {
  const two = fc.shuffledSubarray(conversations, { minLength: 2, maxLength: 2 });
  return fc.assert(
    fc.asyncProperty(two, fc.nat(), async ([own, other], n) => {
      const message = own?.messages[n % own.messages.length];
      const { status } = await api.request("GET", `/chats/${other?.id}/chat_messages/${message?.id}`);
      expect(status).toBe(404);
      expect(await api.message(own?.id ?? 0, message?.id ?? 0)).toEqual(message);
    }),
    RUNS,
  );
});
