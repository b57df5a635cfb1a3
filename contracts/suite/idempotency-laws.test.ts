import fc from "fast-check";
import { type Api, apiOf, type Message } from "./api";
import { strangers } from "./people";
import { startTarget, type Target } from "./target";

/* What must hold of messages that are sent with a key. These laws send. */

let target: Target;
let api: Api;
let line: string;
let keys = 0;

beforeAll(async () => {
  target = await startTarget();
  api = apiOf(target);
  line = target.line;
});

afterAll(() => target.stop());

const RUNS = { numRuns: 20 };

/** A text, and a key that no message has. */
function keyed(text: string): { text: string; idempotency_key: string } {
  keys += 1;
  return { text, idempotency_key: `suite-${keys}_${Date.now()}` };
}

async function messageCount(chatId: number): Promise<number> {
  return (await api.get(chatId)).message_count;
}

test("law 43: an idempotency key sends once", () =>
  fc.assert(
    fc.asyncProperty(strangers, async (participants) => {
      const { id } = await api.create(line, participants, { text: "Good morning" });
      const before = await messageCount(id);

      const message = keyed("Hello");
      const first = await api.create(line, participants, message);
      const second = await api.create(line, participants, message);
      expect(second.chat_messages.id).toBe(first.chat_messages.id);
      expect(await messageCount(id)).toBe(before + 1);

      const another = keyed("Hello again");
      const sent = await api.send(id, another);
      await api.request("POST", `/chats/${id}/chat_messages`, { message: another });
      expect(await messageCount(id)).toBe(before + 2);
      expect((await api.messages(id)).filter(({ text }) => text === sent.text).at(-1)?.id).toBe(sent.id);
    }),
    RUNS,
  ));

test("law 44: the first sending answers 201, its replay 200", () =>
  fc.assert(
    fc.asyncProperty(strangers, async (participants) => {
      const { id } = await api.create(line, participants, { text: "Good morning" });
      const message = keyed("Hello");
      const first = await api.request("POST", `/chats/${id}/chat_messages`, { message });
      const second = await api.request("POST", `/chats/${id}/chat_messages`, { message });
      expect([first.status, second.status]).toEqual([201, 200]);
      const [sent, replayed] = [first, second].map(({ body }) => (body as { data: Message }).data);
      expect(replayed).toMatchObject({ id: sent?.id, text: "Hello", sent_at: sent?.sent_at });
      expect((await api.request("POST", `/chats/${id}/chat_messages`, { message: { text: "Hello" } })).status).toBe(201);
    }),
    RUNS,
  ));

test("law 45: a key counts in every chat of the organization", async () => {
  const message = keyed("Only once");
  const one = await api.create(line, ["+19075550001"], { text: "Good morning" });
  const other = await api.create(target.spareLine, ["+19075550002"], { text: "Good morning" });
  const sent = await api.send(one.id, message);
  const before = await messageCount(other.id);
  const replayed = await api.call<{ data: Message }>(200, "POST", `/chats/${other.id}/chat_messages`, { message });
  expect(replayed.data.id).toBe(sent.id);
  expect(await messageCount(other.id)).toBe(before);
});
