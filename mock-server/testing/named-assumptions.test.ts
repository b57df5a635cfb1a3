import { apiClient } from "./api-client";
import { startReceiver } from "./receiver";
import { LINE, smallWorld } from "./worlds";

// This file names no assumption of those below in full: they must be missed.

test("who looks at an answer names what it rests on", async () => {
  const api = apiClient({ fixtures: smallWorld });
  const answer = await api.get(`/chats?phone_number=${encodeURIComponent(LINE)}`);
  expect(answer.assumptions.map((id) => id.slice(0, 6))).toEqual(["A-list"]);
  const missed = /^The answer to GET \/chats\?.* rests on A-list\b.*; name it in this file$/;
  expect(() => answer.body).toThrow(missed);
  expect(() => answer.status).toThrow(missed);
  expect(() => expect(answer).toMatchObject({ status: 200 })).toThrow(missed);
});

test("who looks at a refusal does, too, even at its status alone", async () => {
  const answer = await apiClient({ fixtures: smallWorld }).get("/chats/none");
  expect(() => answer.status).toThrow(/^The answer to GET \/chats\/none rests on A-id\b/);
});

test("what rests on none, or on what is named, is looked at freely (A-reaction-one)", async () => {
  const api = apiClient({ fixtures: smallWorld });
  expect((await api.get("/chats/1")).body.data.id).toBe(1);
  expect((await api.post("/chat_messages/1/reactions", { type: "like", operation: "add" })).status).toBe(201);
});

test("who looks at an event names what it rests on", async () => {
  const receiver = await startReceiver();
  for (const event_type of ["message.read", "participant.added"])
    await fetch(receiver.url, { method: "POST", body: JSON.stringify({ event_type, data: {} }) });
  expect(receiver.received[0]?.event.event_type).toBe("message.read");
  expect(() => receiver.received[1]?.event).toThrow("participant.added rests on A-event");
  await receiver.stop();
});
