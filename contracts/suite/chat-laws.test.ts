import fc from "fast-check";
import { findChatPath } from "../find-chat-path";
import { type Api, apiOf, type Chat } from "./api";
import { participantsOf, strangers, tenDigits } from "./people";
import { startTarget, type Target } from "./target";

/* What must hold on any correct server, mock or real, beyond the shape of its answers. */

let target: Target;
let api: Api;
let line: string;
let chats: Chat[];

beforeAll(async () => {
  target = await startTarget();
  api = apiOf(target);
  line = target.line;
  chats = await api.list(line);
});

afterAll(() => target.stop());

/** A chat of the world, and its participants in some order. */
function chatAndOrder(): fc.Arbitrary<{ chat: Chat; order: string[] }> {
  return fc.constantFrom(...chats).chain((chat) => {
    const participants = participantsOf(chat, line);
    const shuffled = fc.shuffledSubarray(participants, { minLength: participants.length });
    return shuffled.map((order) => ({ chat, order }));
  });
}

const RUNS = { numRuns: 30 };

test("the world is rich enough for the laws to mean something", () => {
  expect(chats.length).toBeGreaterThan(5);
  expect(chats.some((chat) => participantsOf(chat, line).length > 1)).toBe(true);
});

test("law 1: find does not depend on order", () =>
  fc.assert(
    fc.asyncProperty(chatAndOrder(), async ({ chat, order }) => {
      expect(await api.find(line, order)).toEqual(await api.find(line, participantsOf(chat, line)));
    }),
    RUNS,
  ));

test("law 2: nor on the format of numbers", () =>
  fc.assert(
    fc.asyncProperty(chatAndOrder(), async ({ chat, order }) => {
      expect(await api.find(line, order.map(tenDigits))).toEqual(await api.find(line, participantsOf(chat, line)));
    }),
    RUNS,
  ));

test("law 3: find matches exactly, neither subsets nor supersets", () =>
  fc.assert(
    fc.asyncProperty(chatAndOrder(), fc.nat(), async ({ chat, order }, n) => {
      const known = chats.map((other) => [...participantsOf(other, line)].sort().join());
      const subset = order.slice(0, 1 + (n % order.length));
      const found = await api.find(line, subset);
      expect(found !== null).toBe(known.includes([...subset].sort().join()));
      expect(await api.find(line, [...participantsOf(chat, line), "+19075550000"])).toBeNull();
    }),
    RUNS,
  ));

test("law 4: duplicates collapse", () =>
  fc.assert(
    fc.asyncProperty(chatAndOrder(), async ({ order }) => {
      expect(await api.find(line, [...order, ...order])).toEqual(await api.find(line, order));
    }),
    RUNS,
  ));

test("law 5: participants are required", async () => {
  const { status } = await api.request("GET", findChatPath(line, []));
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
});

test("law 6: the format of the line does not matter", () =>
  fc.assert(
    fc.asyncProperty(chatAndOrder(), async ({ order }) => {
      expect(await api.find(tenDigits(line), order)).toEqual(await api.find(line, order));
    }),
    RUNS,
  ));

test("law 7: find agrees with get", async () => {
  for (const chat of chats) {
    const found = await api.find(line, participantsOf(chat, line));
    expect(found).toEqual(await api.get(found?.id ?? 0));
  }
});

test("law 8: find agrees with list", async () => {
  for (const chat of chats) {
    const participants = participantsOf(chat, line);
    const found = await api.find(line, participants);
    for (const participant of participants) expect(await api.list(participant)).toContainEqual(found);
  }
});

test("law 9: a listed chat equals the same chat read alone", async () => {
  for (const chat of chats) expect(await api.get(chat.id)).toEqual(chat);
});

test("law 10: every listed chat contains the number asked for", async () => {
  for (const number of new Set(chats.flatMap((chat) => participantsOf(chat, line)))) {
    for (const chat of await api.list(number)) expect(chat.chat_handles.map((handle) => handle.phone_number)).toContain(number);
  }
});

test("law 11: group means more than one participant besides the line", () => {
  for (const chat of chats) expect(chat.group).toBe(participantsOf(chat, line).length > 1);
});

test("law 41: what was created is found", () =>
  fc.assert(
    fc.asyncProperty(strangers, async (participants) => {
      const created = await api.create(line, participants, { text: "Hello" });
      const found = await api.find(line, participants.toReversed());
      expect(found?.id).toBe(created.id);
      expect(found && participantsOf(found, line).sort()).toEqual([...participants].sort());
    }),
    RUNS,
  ));

test("law 42: create is find-or-create", () =>
  fc.assert(
    fc.asyncProperty(strangers, async (participants) => {
      const first = await api.create(line, participants, { text: "Hello" });
      const second = await api.create(tenDigits(line), participants.toReversed().map(tenDigits), { text: "Hello again" });
      expect(second.id).toBe(first.id);
      expect(second.chat_messages.id).not.toBe(first.chat_messages.id);
      expect(second.chat_handles).toEqual(first.chat_handles);
    }),
    RUNS,
  ));
