import { findChatPath } from "../../contracts/operations";
import { apiClient } from "../testing/api-client";
import { ANN, BEN, CAY, DEE, LINE, STRANGER, smallWorld } from "../testing/worlds";

// Asserted here, too: A-find-match.

const NOW = "2025-07-01T12:00:00.000-05:00";
const ADDED = "//__mock/simulate/participant_added";
const REMOVED = "//__mock/simulate/participant_removed";

function freshApi() {
  return apiClient({ fixtures: smallWorld, clock: NOW });
}

test("somebody is added: the chat is found by who is in it now", async () => {
  const api = freshApi();
  const { status, body } = await api.post(ADDED, { chat: 2, participant: "2055550199" });
  expect(status).toBe(200);
  expect(body.chat.chat_handles.at(-1)).toEqual({ id: 14, phone_number: STRANGER, service: "RCS", joined_at: NOW });
  const { v3_id: _, ...shown } = body.chat;
  expect((await api.get("/chats/2")).body).toEqual({ data: shown });
  expect((await api.get(findChatPath(LINE, [ANN, BEN, STRANGER]))).body.data.chat.id).toBe(2);
  expect((await api.get(findChatPath(LINE, [ANN, BEN]))).body.data.chat).toBeNull();
});

test("a chat of two becomes a group, with the hint that V3 would refuse it", async () => {
  const api = freshApi();
  const { body, hint } = await api.post(ADDED, { chat: 1, participant: DEE });
  expect(body.chat).toMatchObject({ id: 1, group: true, display_name: "Ann Archer, Dee" });
  const told = "That was a one-to-one chat: V3 refuses to add anybody to one (409, code 2015).";
  expect(hint).toContain(told);
  expect((await api.post(ADDED, { chat: 1, participant: STRANGER })).hint).not.toContain(told);
});

test("who has no iMessage and joins one person who is on it makes another chat, too", async () => {
  const api = freshApi();
  const { body: before } = await api.get("/chats/1");
  const { body } = await api.post(ADDED, { chat: 1, participant: BEN });
  expect(body.chat).toMatchObject({ group: true, service: "RCS" });
  expect(body.chat.id).not.toBe(1);
  expect((await api.get("/chats/1")).body).toEqual(before);
});

test("a chat on RCS falls back to SMS for who has that alone, and keeps its id", async () => {
  const fixtures = {
    ...smallWorld,
    availability: { [ANN]: "RCS", [BEN]: "RCS", [CAY]: "SMS" } as const,
    chats: [{ line: LINE, participants: [ANN, BEN] }],
  };
  const api = apiClient({ fixtures, clock: NOW });
  const { body } = await api.post(ADDED, { chat: 1, participant: CAY });
  expect(body.chat).toMatchObject({ id: 1, service: "SMS" });
  expect(body.chat.chat_handles.map(({ service }: { service: string }) => service)).toEqual(["SMS", "SMS", "SMS", "SMS"]);
});

describe("of a group that the line has left nobody is told", () => {
  const chats = [
    {
      line: LINE,
      participants: [ANN, BEN],
      left_at: "2025-06-01T12:00:00.000-05:00",
      messages: [{ id: 1, from: ANN, text: "Hi", sent_at: "2025-05-01T12:00:00.000-05:00" }],
    },
  ];
  const leftWorld = { ...smallWorld, chats };

  test.each([
    ["message", { chat: 1, from: ANN, text: "Hi" }],
    ["message", { chat: 1, from: "me", text: "Hi" }],
    ["reaction", { message: 1, from: BEN, type: "like" }],
    ["read", { chat: 1, from: ANN }],
    ["participant_added", { chat: 1, participant: CAY }],
    ["participant_removed", { chat: 1, participant: BEN }],
  ])("%s %j is refused", async (call, request) => {
    const api = apiClient({ fixtures: leftWorld, clock: NOW });
    const { body: before } = await api.get("//__mock/state");
    const error = { code: "impossible", message: "Your line has left chat 1" };
    expect(await api.post(`//__mock/simulate/${call}`, request)).toMatchObject({ status: 409, body: { error } });
    expect((await api.get("//__mock/state")).body).toEqual(before);
  });

  test("whoever writes to the line opens another, which is found from then on", async () => {
    const api = apiClient({ fixtures: leftWorld, clock: NOW });
    expect((await api.get(findChatPath(LINE, [ANN, BEN]))).body.data.chat).toBeNull();
    const { body } = await api.post("//__mock/simulate/message", { line: LINE, from: ANN, participants: [BEN], text: "Hi" });
    expect(body.chat.id).toBe(2);
    const found = await api.get(findChatPath(LINE, [ANN, BEN]));
    expect([found.body.data.chat.id, found.assumptions]).toEqual([2, ["A-find-match"]]);
  });
});

test("a group of two from which one leaves is none any more, which is assumed", async () => {
  const api = freshApi();
  await api.post(REMOVED, { chat: 2, participant: BEN });
  const { body, assumptions } = await api.get("/chats/2");
  expect(body.data.group).toBe(false);
  expect(assumptions).toContain("A-group");
});

test("somebody leaves: the chat is found by who is left, and their messages stay (A-message-order)", async () => {
  const api = freshApi();
  await api.post("//__mock/simulate/message", { chat: 3, from: CAY, text: "Bye" });
  const { status, body } = await api.post(REMOVED, { chat: 3, participant: CAY });
  expect(status).toBe(200);
  expect(body.chat.chat_handles.map((handle: { phone_number: string }) => handle.phone_number)).toEqual([ANN, BEN, LINE]);
  const { v3_id: _, ...shown } = body.chat;
  expect((await api.get("/chats/3")).body).toEqual({ data: shown });
  expect((await api.get(findChatPath(LINE, [ANN, BEN, CAY]))).body.data.chat).toBeNull();
  expect((await api.get("/chats/3/chat_messages")).body.data).toMatchObject([{ text: "Bye", sent_from: CAY }]);
  expect((await api.get("//__mock/chats/3")).body.chat.former_participants).toMatchObject([{ identifier: CAY, left_at: NOW }]);
});

test("who comes back has the same handle", async () => {
  const api = freshApi();
  const handleOf = async (): Promise<number> =>
    (await api.get("/chats/3")).body.data.chat_handles.find((handle: { phone_number: string }) => handle.phone_number === BEN)
      ?.id;
  const before = await handleOf();
  await api.post(REMOVED, { chat: 3, participant: BEN });
  expect(await handleOf()).toBeUndefined();
  await api.post(ADDED, { chat: 3, participant: BEN });
  expect(await handleOf()).toBe(before);
});

test("who has left cannot write any more, and who was added can", async () => {
  const api = freshApi();
  await api.post(REMOVED, { chat: 3, participant: BEN });
  await api.post(ADDED, { chat: 3, participant: DEE });
  expect((await api.post("//__mock/simulate/message", { chat: 3, from: BEN, text: "Hi" })).status).toBe(422);
  expect((await api.post("//__mock/simulate/message", { chat: 3, from: DEE, text: "Hi" })).status).toBe(201);
});

test("who leaves types no more", async () => {
  const chats = [{ line: LINE, participants: [ANN, BEN], typing: [BEN] }];
  const api = apiClient({ fixtures: { ...smallWorld, chats }, clock: NOW });
  expect((await api.get("//__mock/state")).body.chats[0].typing).toMatchObject([{ from: BEN }]);
  await api.post(REMOVED, { chat: 1, participant: BEN });
  expect((await api.get("//__mock/state")).body.chats[0].typing).toEqual([]);
});

test("who has no iMessage and joins a group that is on it makes another chat, and the old one stays", async () => {
  const api = freshApi();
  const events = ["chat.created", "participant.added"];
  await api.post("/webhook_subscriptions", {
    webhook_subscription: { webhook_url: "http://127.0.0.1:1/", version: 2, events },
  });
  const { id } = (await api.post("//__mock/simulate/message", { line: LINE, from: ANN, participants: [DEE], text: "We two" }))
    .body.chat;
  const { status, body } = await api.post(ADDED, { chat: id, participant: BEN });
  expect(status).toBe(200);
  expect(body.chat).toMatchObject({ id: id + 1, group: true, service: "RCS", message_count: 0 });
  expect((await api.get(findChatPath(LINE, [ANN, DEE]))).body.data.chat).toMatchObject({ id, service: "iMessage" });
  expect((await api.get(findChatPath(LINE, [BEN, ANN, DEE]))).body.data.chat.id).toBe(id + 1);
  expect((await api.post(ADDED, { chat: id, participant: BEN })).body.chat.id).toBe(id + 1);
  expect((await api.post(ADDED, { chat: id, participant: STRANGER })).body.chat.id).toBe(id);
  const { deliveries } = (await api.get("//__mock/deliveries")).body;
  expect(
    deliveries.map(({ event, body: sent }: { event: string; body: string }) => [event, JSON.parse(sent).data.chat_id]),
  ).toEqual([
    ["participant.added", String(id)],
    ["participant.added", String(id + 1)],
  ]);
});

test("receivers are told of both", async () => {
  const api = freshApi();
  const events = ["participant.added", "participant.removed"];
  await api.post("/webhook_subscriptions", {
    webhook_subscription: { webhook_url: "http://127.0.0.1:1/", version: 2, events },
  });
  await api.post(ADDED, { chat: 2, participant: STRANGER });
  await api.post(REMOVED, { chat: 2, participant: ANN });
  const { deliveries } = (await api.get("//__mock/deliveries")).body;
  expect(
    deliveries.map(({ event, body }: { event: string; body: string }) => [
      event,
      JSON.parse(body).data.chat_id,
      JSON.parse(body).data.participant.identifier,
    ]),
  ).toEqual([
    ["participant.removed", "2", ANN],
    ["participant.added", "2", STRANGER],
  ]);
});

test.each([
  ["to a chat that is not there", ADDED, { chat: 99, participant: STRANGER }, 404, { code: "chat_unknown", pointer: "/chat" }],
  ["twice", ADDED, { chat: 2, participant: "2055550101" }, 409, { code: "impossible", message: `${ANN} is in chat 2 already` }],
  ["the line itself", ADDED, { chat: 2, participant: LINE }, 409, { message: `${LINE} is in chat 2 already` }],
  [
    "what is no number",
    ADDED,
    { chat: 2, participant: "Zed" },
    422,
    {
      code: "invalid",
      pointer: "/participant",
      message: "participant is neither a phone number nor an e-mail address",
    },
  ],
  ["nobody", ADDED, { chat: 2 }, 422, { code: "invalid", message: "participant is missing" }],
  [
    "under another name",
    ADDED,
    { chat: 2, participants: [ANN] },
    422,
    { code: "invalid", message: "participant is missing", hint: "participants is not read; did you mean participant?" },
  ],
  ["from a chat that is not there", REMOVED, { chat: 99, participant: ANN }, 404, { code: "chat_unknown", pointer: "/chat" }],
  [
    "who is not there",
    REMOVED,
    { chat: 2, participant: CAY },
    422,
    {
      code: "not_in_chat",
      pointer: "/participant",
      message: `${CAY} is not in chat 2`,
      hint: `In chat 2 are ${ANN}, ${BEN}.`,
    },
  ],
  [
    "what is no number, from a chat",
    REMOVED,
    { chat: 2, participant: "Zed" },
    422,
    {
      code: "invalid",
      pointer: "/participant",
      message: "participant is neither a phone number nor an e-mail address",
    },
  ],
  ["one's own line", REMOVED, { chat: 2, participant: LINE }, 422, { code: "own_line", pointer: "/participant" }],
  [
    "the last",
    REMOVED,
    { chat: 1, participant: ANN },
    409,
    { code: "impossible", message: `${ANN} is the last participant of chat 1` },
  ],
])("refused, and nothing changes: %s", async (_, call, request, status, error) => {
  const api = freshApi();
  const { body: before } = await api.get("//__mock/state");
  expect(await api.post(call, request)).toMatchObject({ status, body: { error } });
  expect((await api.get("//__mock/state")).body).toEqual(before);
});
