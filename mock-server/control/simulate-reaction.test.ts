import { apiClient } from "../testing/api-client";
import { ANN, BEN, LINE, STRANGER, smallWorld } from "../testing/worlds";

const NOW = "2025-07-01T12:00:00.000-05:00";
const REACTION = "//__mock/simulate/reaction";

function freshApi() {
  return apiClient({ fixtures: smallWorld, clock: NOW });
}

test("somebody reacts to a message", async () => {
  const api = freshApi();
  const { status, body } = await api.post(REACTION, { message: 1, from: ANN, type: "love" });
  expect(status).toBe(201);
  expect(body.reaction).toEqual({
    id: 1,
    chat_message_id: 1,
    reaction: "love",
    is_from_me: false,
    from_phone: ANN,
    sent_at: NOW,
    created_at: NOW,
    updated_at: NOW,
  });
  expect((await api.get("/chat_message_reactions/1")).body).toEqual({ data: body.reaction });
  expect((await api.get("/chats/1/chat_messages/1")).body.data.reactions).toEqual([body.reaction]);
});

test("in a one-to-one chat it can only be the other one", async () => {
  expect((await freshApi().post(REACTION, { message: 1, type: "like" })).body.reaction.from_phone).toBe(ANN);
});

test("in a group each has a reaction of their own", async () => {
  const api = freshApi();
  const { message } = (await api.post("//__mock/simulate/message", { chat: 2, from: ANN, text: "Lunch?" })).body;
  await api.post(REACTION, { message: message.id, from: ANN, type: "like" });
  await api.post(REACTION, { message: message.id, from: BEN, type: "laugh" });
  const { reactions } = (await api.get(`/chats/2/chat_messages/${message.id}`)).body.data;
  expect(reactions).toMatchObject([
    { from_phone: ANN, reaction: "like" },
    { from_phone: BEN, reaction: "laugh" },
  ]);
});

test("another reaction of the same person replaces the first", async () => {
  const api = freshApi();
  await api.post(REACTION, { message: 1, type: "like" });
  await api.put("//__mock/clock", { advance_ms: 1000 });
  const { body } = await api.post(REACTION, { message: 1, type: "question" });
  expect(body.reaction).toMatchObject({ id: 1, reaction: "question", created_at: NOW });
  expect(body.reaction.updated_at).toBe("2025-07-01T12:00:01.000-05:00");
  expect((await api.get("/chats/1/chat_messages/1")).body.data.reactions).toEqual([body.reaction]);
});

test("somebody takes their reaction back (A-404-others, A-error-wording)", async () => {
  const api = freshApi();
  const { body: added } = await api.post(REACTION, { message: 1, type: "like" });
  const { status, body } = await api.post(REACTION, { message: 1, type: "like", operation: "remove" });
  expect([status, body]).toEqual([201, added]);
  expect((await api.get("/chat_message_reactions/1")).status).toBe(404);
  expect((await api.get("/chats/1/chat_messages/1")).body.data.reactions).toEqual([]);
});

test.each([
  ["heart", "love"],
  ["thumbs_up", "like"],
  ["laught", "laugh"],
])("the type %s gets a hint: %s", async (type, meant) => {
  const { status, body } = await freshApi().post("//__mock/simulate/reaction", { message: 1, type });
  expect([status, body.error.hint]).toEqual([422, `Did you mean ${meant}?`]);
});

test.each([
  [
    "a message that is not there",
    { message: 99, type: "like" },
    404,
    { code: "message_unknown", pointer: "/message", message: "There is no message 99" },
  ],
  [
    "a reaction that is not there",
    { message: 1, type: "like", operation: "remove" },
    409,
    { code: "impossible", message: `${ANN} has no like on message 1` },
  ],
  [
    "a stranger",
    { message: 1, from: STRANGER, type: "like" },
    422,
    { code: "not_in_chat", pointer: "/from", message: `${STRANGER} is not in chat 1`, hint: `In chat 1 is ${ANN}.` },
  ],
  ["one's own line", { message: 1, from: LINE, type: "like" }, 422, { code: "own_line", pointer: "/from" }],
  ["without a message", { type: "like" }, 422, { code: "invalid", message: "message is missing" }],
  ["without a type", { message: 1 }, 422, { code: "invalid", message: "type is missing" }],
  [
    "a type that is none",
    { message: 1, type: "heart" },
    422,
    {
      code: "invalid",
      pointer: "/type",
      message: "type must be one of love, like, dislike, laugh, emphasize, question, custom",
    },
  ],
  ["what cannot be done", { message: 1, type: "like", operation: "delete" }, 422, { code: "invalid", pointer: "/operation" }],
  [
    "the vendor's name of a field",
    { message: { message: 1, type: "like" } },
    422,
    { code: "invalid", hint: "The fields are not wrapped: they stand at the top level." },
  ],
  [
    "a field of another name",
    { message: 1, type: "like", from_phone: ANN },
    422,
    { code: "invalid", message: "The request body has the unknown field from_phone" },
  ],
])("refused, and nothing changes: %s", async (_, request, status, error) => {
  const api = freshApi();
  const { body: before } = await api.get("//__mock/state");
  expect(await api.post(REACTION, request)).toMatchObject({ status, body: { error } });
  expect((await api.get("//__mock/state")).body).toEqual(before);
});

test("of a group, who reacts must be said", async () => {
  const api = freshApi();
  const { message } = (await api.post("//__mock/simulate/message", { chat: 2, from: ANN, text: "Lunch?" })).body;
  const { status, body } = await api.post(REACTION, { message: message.id, type: "like" });
  expect(status).toBe(422);
  expect(body.error).toEqual({
    code: "invalid",
    message: "from must be given: chat 2 is a group",
    pointer: "/from",
    hint: `In chat 2 are ${ANN}, ${BEN}.`,
  });
});
