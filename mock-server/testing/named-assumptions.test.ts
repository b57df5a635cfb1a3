import { startMockServer } from "../server/start-mock-server";
import { apiClient, sandboxClient } from "./api-client";
import { startReceiver } from "./receiver";
import { socketCall } from "./sockets";
import { supertest } from "./supertest";
import { LINE, smallWorld } from "./worlds";

// This file names no assumption of those below in full: they must be missed.

const PATH = `/chats?phone_number=${encodeURIComponent(LINE)}`;
const TOKEN = { "X-LINQ-INTEGRATION-TOKEN": "test" };

test("who looks at an answer names what it rests on", async () => {
  const api = apiClient({ fixtures: smallWorld });
  const answer = await api.get(PATH);
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

test("so it is whatever has asked: fetch, the client of a sandbox, a socket, supertest", async () => {
  const mock = await startMockServer({ fixtures: smallWorld });
  const url = `${mock.url}/api/partner/v2${PATH}`;
  const fetched = await fetch(url, { headers: TOKEN });
  const body = await sandboxClient(mock)("GET", PATH);
  const heard = await socketCall(mock.url, { path: PATH });
  const asked = await supertest(mock.url).get(`/api/partner/v2${PATH}`).set(TOKEN);
  const looks = [
    () => fetched.status,
    () => fetched.json(),
    () => fetched.text(),
    () => body.data,
    () => heard.status,
    () => heard.body,
    () => asked.status,
    () => asked.body,
    () => asked.text,
  ];
  for (const look of looks) expect(look).toThrow(/^The answer to GET .* rests on A-list\b/);
  expect([fetched.ok, fetched.headers.get("content-type"), heard.ended]).toEqual([true, expect.any(String), "closed"]);
  expect(await fetched.clone().json()).toMatchObject({ meta: { page: 1 } });
  await mock.stop();
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
