import { type ApiClient, apiClient } from "../../../testing/api-client";
import { ANN, LINE, smallWorld } from "../../../testing/worlds";

// Asserted here, too: A-error-wording, A-create-status.

const NOW = "2025-07-01T12:00:00.000-05:00";
const LATER = "2025-07-01T12:01:00.000-05:00";
const PATH = "/chat_messages/1/reactions";

function freshApi() {
  return apiClient({ fixtures: smallWorld, clock: NOW });
}

async function reactionsOfMessage(api: ApiClient): Promise<unknown[]> {
  return (await api.get("/chats/1/chat_messages/1")).body.data.reactions;
}

test.each(["love", "like", "dislike", "laugh", "emphasize", "question"])("the line reacts with %s", async (type) => {
  const { status, body, assumptions } = await freshApi().post(PATH, { type, operation: "add" });
  expect(status).toBe(201);
  expect(body).toEqual({
    data: {
      id: 1,
      chat_message_id: 1,
      reaction: type,
      is_from_me: true,
      from_phone: LINE,
      sent_at: NOW,
      created_at: NOW,
      updated_at: NOW,
    },
  });
  expect(assumptions).toEqual(["A-reaction-one"]);
});

test("another type replaces the reaction, which keeps its id", async () => {
  const api = freshApi();
  await api.post(PATH, { type: "like", operation: "add" });
  await api.advance(60_000);
  const { status, body, assumptions } = await api.post(PATH, { type: "love", operation: "add" });
  expect(status).toBe(201);
  expect(assumptions).toEqual(["A-reaction-one", "A-reaction-repeat"]);
  expect(body.data).toMatchObject({ id: 1, reaction: "love", sent_at: NOW, updated_at: LATER });
  expect(await reactionsOfMessage(api)).toEqual([body.data]);
});

test("the same reaction again changes nothing", async () => {
  const api = freshApi();
  const { body: first } = await api.post(PATH, { type: "like", operation: "add" });
  await api.advance(60_000);
  const { status, body: second, assumptions } = await api.post(PATH, { type: "like", operation: "add" });
  expect({ status, body: second }).toEqual({ status: 201, body: first });
  expect(assumptions).toContain("A-reaction-repeat");
});

test("removing answers with what was removed", async () => {
  const api = freshApi();
  const { body: added } = await api.post(PATH, { type: "like", operation: "add" });
  const { status, body, assumptions } = await api.post(PATH, { type: "like", operation: "remove" });
  expect({ status, body }).toEqual({ status: 201, body: added });
  expect(assumptions).toEqual(["A-reaction-repeat", "A-remove-reaction"]);
  expect(await reactionsOfMessage(api)).toEqual([]);
});

test.each([
  ["none is there", undefined],
  ["another type is there", "love"],
])("removing a reaction is a 404 when %s", async (_, present) => {
  const api = freshApi();
  if (present) await api.post(PATH, { type: present, operation: "add" });
  const before = await reactionsOfMessage(api);
  const { status, body, hint, assumptions } = await api.post(PATH, { type: "like", operation: "remove" });
  expect(status).toBe(404);
  expect(body.errors[0].detail).toBe("Reaction not found");
  expect(hint).toBe("Your line has no like on this message; a person has at most one reaction on a message.");
  expect(assumptions).toContain("A-reaction-one");
  expect(await reactionsOfMessage(api)).toEqual(before);
});

test("a participant's reaction stands beside the line's, which neither replaces nor removes it", async () => {
  const reactions = [{ from: ANN, type: "like" as const }];
  const fixtures = {
    ...smallWorld,
    chats: [{ line: LINE, participants: [ANN], messages: [{ from: LINE, text: "Done", reactions }] }],
  };
  const api = apiClient({ fixtures });
  expect((await api.post(PATH, { type: "like", operation: "remove" })).status).toBe(404);
  await api.post(PATH, { type: "love", operation: "add" });
  expect(await reactionsOfMessage(api)).toMatchObject([
    { id: 1, reaction: "like", is_from_me: false, from_phone: ANN },
    { id: 2, reaction: "love", is_from_me: true, from_phone: LINE },
  ]);
});

test.each([
  [422, { type: "wow", operation: "add" }, "type"],
  [422, { type: "love", operation: "toggle" }, "operation"],
  [400, { operation: "add" }, "type"],
  [400, { type: "love" }, "operation"],
  [400, { type: 1, operation: "add" }, "type"],
])("%i refuses %j", async (status, body, field) => {
  const api = freshApi();
  const answer = await api.post(PATH, body);
  expect(answer.status).toBe(status);
  expect(answer.body.errors[0].detail).toMatch(new RegExp(`^${field} |^Missing required parameter: ${field}$`));
  expect(await reactionsOfMessage(api)).toEqual([]);
});

test("a message that does not exist cannot be reacted to", async () => {
  const { status, body, assumptions } = await freshApi().post("/chat_messages/99/reactions", {
    type: "like",
    operation: "add",
  });
  expect(status).toBe(404);
  expect(body.errors[0].detail).toBe("Chat message not found");
  expect(assumptions).toContain("A-404-others");
});
