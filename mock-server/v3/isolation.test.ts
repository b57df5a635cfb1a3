import { apiClient } from "../testing/api-client";
import { ANN, LINE, smallWorld } from "../testing/worlds";

// Rests on A-v3-v2-visibility, A-v3-message-order, A-delivery, A-message-order, A-404-others, A-error-wording.

const V2 = { "X-LINQ-INTEGRATION-TOKEN": "test" };

async function bothSend(isolateVersions: boolean) {
  const api = apiClient({ fixtures: smallWorld, isolateVersions, clock: "2026-01-05T12:00:00Z" }, "v3");
  await api.post("//api/partner/v2/chats/1/chat_messages", { message: { text: "by V2" } }, V2);
  const { body } = await api.post("/chats", { from: LINE, to: [ANN], message: { parts: [{ type: "text", value: "by V3" }] } });
  const ofV3 = await api.get(`/chats/${body.chat.id}/messages`);
  const ofV2 = await api.get("//api/partner/v2/chats/1/chat_messages", V2);
  return {
    api,
    ofV3: ofV3.body.messages.map(({ parts }: { parts: { value: string }[] }) => parts[0]?.value),
    ofV2: ofV2.body.data.map(({ text }: { text: string }) => text),
    count: ofV2.body.meta.total_count,
    sentByV3: body.chat.message.id,
  };
}

test("what one version sends, the other shows", async () => {
  const { ofV2, ofV3, count } = await bothSend(false);
  expect(ofV3).toEqual(["by V3", "by V2", "Hello"]);
  expect([ofV2, count]).toEqual([["Hello", "by V2", "by V3"], 3]);
});

test("where the versions are isolated, each shows what it has sent and what came in", async () => {
  const { api, ofV2, ofV3, count } = await bothSend(true);
  expect(ofV3).toEqual(["by V3", "Hello"]);
  expect([ofV2, count]).toEqual([["Hello", "by V2"], 2]);
  const hidden = await api.get("//api/partner/v2/chats/1/chat_messages/3", V2);
  const reaction = await api.post("//api/partner/v2/chat_messages/3/reactions", { type: "love", operation: "add" }, V2);
  expect([hidden.status, reaction.status]).toEqual([404, 404]);
});
