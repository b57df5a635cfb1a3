import fc from "fast-check";
import { parseTimestamp } from "../timestamp";
import { type Api, apiOf, type Message, type Reaction } from "./api";
import { readPage } from "./paging";
import { strangers } from "./people";
import { startTarget, type Target } from "./target";

/* What must hold of whatever people see: messages, their changes, reactions, read receipts and typing. */

let target: Target;
let api: Api;
let line: string;

beforeAll(async () => {
  target = await startTarget();
  api = apiOf(target);
  line = target.line;
});

afterAll(() => target.stop());

const RUNS = { numRuns: 20 };
const REACTIONS = ["love", "like", "dislike", "laugh", "emphasize", "question"] as const;
const text = fc
  .string({ unit: fc.constantFrom(..."abc xyz'é漢🙂\n&"), minLength: 1, maxLength: 30 })
  .filter((t) => t.trim() !== "");

/** A message apart from its delivery, which may happen at any time. */
function undelivered({ delivered_at: _, delivery_status: __, ...message }: Message): object {
  return message;
}

async function totalChats(): Promise<number> {
  return (await readPage(api, "/chats", { phone_number: line, per_page: 1 })).meta.total_count;
}

test("law 46: message_count grows by one per message", () =>
  fc.assert(
    fc.asyncProperty(strangers, fc.array(text, { minLength: 1, maxLength: 3 }), async (participants, texts) => {
      const { id } = await api.create(line, participants, { text: "Good morning" });
      let { message_count } = await api.get(id);
      expect(await api.messages(id)).toHaveLength(message_count);
      for (const sent of texts) {
        await api.send(id, { text: sent });
        expect((await api.get(id)).message_count).toBe(++message_count);
      }
      await api.create(line, participants, { text: "Good night" });
      expect((await api.get(id)).message_count).toBe(message_count + 1);
    }),
    RUNS,
  ));

test("law 47: an edit keeps id and sent_at, and sets edited_at", async () => {
  const { id: chatId } = await api.create(line, ["+19075550003"], { text: "Good morning" });
  await fc.assert(
    fc.asyncProperty(text, text, async (first, second) => {
      const sent = await api.send(chatId, { text: first });
      expect(sent.edited_at).toBeNull();
      const path = `/chats/${chatId}/chat_messages/${sent.id}`;
      const answer = await api.call<{ data: object }>(200, "POST", `${path}/edit`, { text: second });
      expect(answer.data).toEqual({ id: sent.id, text: second });
      const edited = await api.message(chatId, sent.id);
      expect(undelivered(edited)).toEqual(undelivered({ ...sent, text: second, edited_at: edited.edited_at }));
      expect(parseTimestamp(edited.edited_at ?? "")).toBeGreaterThanOrEqual(parseTimestamp(sent.sent_at));
    }),
    RUNS,
  );
});

test("law 48: a reaction that is added and removed changes nothing", async () => {
  const { id: chatId } = await api.create(line, ["+19075550004"], { text: "Good morning" });
  const { id: messageId } = await api.send(chatId, { text: "Do you like it?" });
  const places = [{ chatId, messageId }, ...(await placesToReact())];
  expect(places.length).toBeGreaterThan(1); // one at least where somebody else has reacted
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places), fc.constantFrom(...REACTIONS), async (place, type) => {
      const before = await api.message(place.chatId, place.messageId);
      const added = await react(place.messageId, { type, operation: "add" });
      expect(added).toMatchObject({ chat_message_id: place.messageId, reaction: type, is_from_me: true });
      expect((await api.message(place.chatId, place.messageId)).reactions).toEqual([...before.reactions, added]);
      expect(await api.call(200, "GET", `/chat_message_reactions/${added.id}`)).toEqual({ data: added });
      await react(place.messageId, { type, operation: "remove" });
      expect(undelivered(await api.message(place.chatId, place.messageId))).toEqual(undelivered(before));
      expect((await api.request("GET", `/chat_message_reactions/${added.id}`)).status).toBe(404);
    }),
    RUNS,
  );
});

/** Messages to which others have reacted, and we have not. */
async function placesToReact(): Promise<{ chatId: number; messageId: number }[]> {
  const chats = await api.listAll();
  const places = chats.map(async ({ id: chatId }) => {
    const messages = await api.messages(chatId);
    const reacted = messages.filter(({ reactions }) => reactions.length > 0 && reactions.every((theirs) => !theirs.is_from_me));
    return reacted.map(({ id: messageId }) => ({ chatId, messageId }));
  });
  return (await Promise.all(places)).flat();
}

async function react(messageId: number, body: { type: string; operation: "add" | "remove" }): Promise<Reaction> {
  return (await api.call<{ data: Reaction }>(201, "POST", `/chat_messages/${messageId}/reactions`, body)).data;
}

test("law 49: marking as read reads all, and may be repeated", async () => {
  const chats = await api.listAll();
  const unread = async (id: number): Promise<Message[]> => (await api.messages(id)).filter(({ is_read }) => !is_read);
  const counts = await Promise.all(chats.map(async ({ id }) => (await unread(id)).length));
  expect(Math.max(...counts)).toBeGreaterThan(0); // else there is nothing to see
  for (const { id } of chats.filter((_, i) => counts[i] !== 0)) {
    const before = await api.messages(id);
    for (const _ of ["once", "twice"]) {
      await api.call(204, "PUT", `/chats/${id}/mark_as_read`);
      const after = await api.messages(id);
      expect(after.map(undelivered)).toEqual(before.map((message) => undelivered({ ...message, is_read: true })));
    }
  }
});

describe("law 50: a refused create sends nothing", () => {
  const to = "+19075559999";
  const chat = { phone_numbers: [to] };
  const message = { text: "Hello" };
  test.each([
    ["a text that is a number", () => ({ send_from: line, chat, message: { text: 123 } })],
    ["no text", () => ({ send_from: line, chat, message: {} })],
    ["a blank text", () => ({ send_from: line, chat, message: { text: " " } })],
    ["no participants", () => ({ send_from: line, chat: { phone_numbers: [] }, message })],
    ["one participant of two unreadable", () => ({ send_from: line, chat: { phone_numbers: [to, "12"] }, message })],
    ["a line that is not ours", () => ({ send_from: to, chat: { phone_numbers: ["+19075559998"] }, message })],
    ["an idempotency key that is none", () => ({ send_from: line, chat, message: { ...message, idempotency_key: "a b" } })],
    ["a flat body", () => ({ phone_number: line, phone_numbers: [to], text: "Hello" })],
  ])("%s", async (_, body) => {
    const total = await totalChats();
    const { status } = await api.request("POST", "/chats", body());
    expect(Math.floor(status / 100)).toBe(4);
    expect(await totalChats()).toBe(total);
    expect(await api.find(line, [to])).toBeNull();
    const [existing] = await api.list(line);
    const member = existing?.chat_handles.find(({ phone_number }) => phone_number !== line)?.phone_number;
    const known = JSON.parse(JSON.stringify(body()).replaceAll(to, member ?? ""));
    expect(Math.floor((await api.request("POST", "/chats", known)).status / 100)).toBe(4);
    expect(await api.list(line)).toContainEqual(existing);
  });
});

test("law 51: typing starts with 201 and stops with 204", async () => {
  for (const { id } of (await api.list(line)).slice(0, 5)) {
    const started = await api.request("POST", `/chats/${id}/start_typing`);
    const stopped = await api.request("DELETE", `/chats/${id}/stop_typing`);
    expect([started.status, stopped.status]).toEqual([201, 204]);
    expect([started.body, stopped.body]).toEqual([undefined, undefined]);
  }
});
