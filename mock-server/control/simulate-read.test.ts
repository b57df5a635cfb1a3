import { DELIVERY_MS } from "../../contracts/limits";
import { apiClient } from "../testing/api-client";
import { ANN, BEN, LINE, STRANGER, smallWorld } from "../testing/worlds";

// Asserted here, too: A-message-order, A-delivery.

const READ = "//__mock/simulate/read";

/** A world in which the line has sent a message to Ann, and two to Ann and Ben. */
async function apiWithSent() {
  const api = apiClient({ fixtures: smallWorld, clock: "2025-07-01T12:00:00-05:00" });
  for (const chat of [1, 2, 2]) await api.post(`/chats/${chat}/chat_messages`, { message: { text: "Hi" } });
  await api.put("//__mock/clock", { advance_ms: DELIVERY_MS });
  return api;
}

type Api = Awaited<ReturnType<typeof apiWithSent>>;

async function areRead(api: Api, chat: number): Promise<boolean[]> {
  const { data } = (await api.get(`/chats/${chat}/chat_messages`)).body;
  return data.map((message: { is_read: boolean }) => message.is_read);
}

test("the other one reads what the line has sent", async () => {
  const api = await apiWithSent();
  expect(await areRead(api, 1)).toEqual([true, false]);
  const { status, body } = await api.post(READ, { chat: 1 });
  expect([status, body]).toEqual([200, { chat_id: 1, read: [2], undelivered: [] }]);
  expect(await areRead(api, 1)).toEqual([true, true]);
});

test.each([{ chat: 2 }, { chat: 2, from: BEN }])("in a group anybody may: %j", async (read) => {
  const api = await apiWithSent();
  expect((await api.post(READ, read)).body).toEqual({ chat_id: 2, read: [3, 4], undelivered: [] });
  expect(await areRead(api, 2)).toEqual([true, true]);
});

test("what has been read is not read again", async () => {
  const api = await apiWithSent();
  await api.post(READ, { chat: 2, from: ANN });
  expect((await api.post(READ, { chat: 2, from: BEN })).body).toEqual({ chat_id: 2, read: [], undelivered: [] });
});

test("what has not arrived is not read, be it still on its way or lost", async () => {
  const api = await apiWithSent();
  for (const text of ["linq-mock: undeliverable", "Soon"]) await api.post("/chats/1/chat_messages", { message: { text } });
  const { body, hint } = await api.post(READ, { chat: 1 });
  expect(body).toEqual({ chat_id: 1, read: [2], undelivered: [5, 6] });
  expect(hint).toMatch(/^Message 6 is not delivered yet/);
  await api.put("//__mock/clock", { advance_ms: 60_000 });
  expect((await api.post(READ, { chat: 1 })).body).toEqual({ chat_id: 1, read: [6], undelivered: [5] });
  expect(await areRead(api, 1)).toEqual([true, true, false, true]);
});

test("what they wrote themselves stays unread", async () => {
  const api = await apiWithSent();
  const { message } = (await api.post("//__mock/simulate/message", { chat: 1, text: "Well?" })).body;
  expect((await api.post(READ, { chat: 1 })).body.read).toEqual([2]);
  expect((await api.get(`/chats/1/chat_messages/${message.id}`)).body.data.is_read).toBe(false);
});

test("receivers are told of each message", async () => {
  const api = await apiWithSent();
  await api.post("/webhook_subscriptions", {
    webhook_subscription: { webhook_url: "http://127.0.0.1:1/", version: 2, events: ["message.read"] },
  });
  await api.post(READ, { chat: 2 });
  const { deliveries } = (await api.get("//__mock/deliveries")).body;
  expect(deliveries.map(({ body }: { body: string }) => JSON.parse(body).data.id)).toEqual(["4", "3"]);
});

test.each([
  ["a chat that is not there", { chat: 99 }, 404, { code: "chat_unknown", pointer: "/chat", message: "There is no chat 99" }],
  [
    "a stranger",
    { chat: 1, from: STRANGER },
    422,
    { code: "not_in_chat", pointer: "/from", message: `${STRANGER} is not in chat 1`, hint: `In chat 1 is ${ANN}.` },
  ],
  ["a stranger to a group", { chat: 2, from: STRANGER }, 422, { code: "not_in_chat", pointer: "/from" }],
  ["one's own line", { chat: 1, from: LINE }, 422, { code: "own_line", pointer: "/from" }],
  ["without a chat", {}, 422, { code: "invalid", message: "chat is missing" }],
  ["of the wrong type", { chat: 1.5 }, 422, { code: "invalid", pointer: "/chat", message: "chat must be an integer" }],
  [
    "a misspelt field",
    { chatt: 1 },
    422,
    { code: "invalid", message: "chat is missing", hint: "chatt is not read; did you mean chat?" },
  ],
])("refused, and nothing changes: %s", async (_, request, status, error) => {
  const api = await apiWithSent();
  const { body: before } = await api.get("//__mock/state");
  expect(await api.post(READ, request)).toMatchObject({ status, body: { error } });
  expect((await api.get("//__mock/state")).body).toEqual(before);
});
