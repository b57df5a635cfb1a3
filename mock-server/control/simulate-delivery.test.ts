import { DELIVERY_MS } from "../../contracts/limits";
import { startMockServer } from "../server/start-mock-server";
import { apiClient, sandboxClient } from "../testing/api-client";
import { EventListener } from "../testing/event-listener";
import { smallWorld } from "../testing/worlds";

// Asserted here, too: A-delivery.

const DELIVERY = "//__mock/simulate/delivery";
const NOW = "2025-07-01T12:00:00.000-05:00";
const LATER = "2025-07-01T12:00:01.000-05:00";

/** The line has written to Ann; the message, 2, is on its way. */
async function apiWithSent(text = "Hi") {
  const api = apiClient({ fixtures: smallWorld, clock: NOW });
  await api.post("/chats/1/chat_messages", { message: { text } });
  return api;
}

type Api = Awaited<ReturnType<typeof apiWithSent>>;

async function outcomeOf(api: Api): Promise<unknown[]> {
  const { data } = (await api.get("/chats/1/chat_messages/2")).body;
  return [data.delivery_status, data.delivered_at, data.is_read];
}

async function decide(api: Api, status: string, message = 2): Promise<unknown[]> {
  const { status: code, body } = await api.post(DELIVERY, { message, status });
  return [code, body.message?.status ?? body.error];
}

test("what was sent is delivered at once", async () => {
  const api = await apiWithSent("linq-mock: pending");
  expect(await decide(api, "delivered")).toEqual([200, "delivered"]);
  expect(await outcomeOf(api)).toEqual(["delivered", NOW, false]);
});

test("what was sent fails, and time does not deliver it", async () => {
  const api = await apiWithSent();
  expect(await decide(api, "failed")).toEqual([200, "failed"]);
  await api.advance(60_000);
  expect(await outcomeOf(api)).toEqual(["service_unavailable", null, false]);
});

test("what is read was delivered", async () => {
  const api = await apiWithSent();
  expect(await decide(api, "read")).toEqual([200, "read"]);
  expect(await outcomeOf(api)).toEqual(["delivered", NOW, true]);
});

test("a failure may come after the delivery, and a delivery after the failure", async () => {
  const api = await apiWithSent();
  await api.advance(1000);
  await decide(api, "failed");
  expect(await outcomeOf(api)).toEqual(["service_unavailable", null, false]);
  await decide(api, "delivered");
  expect(await outcomeOf(api)).toEqual(["delivered", LATER, false]);
});

test.each(["delivered", "read"])("what has failed in a group is not %s: nobody would be told", async (status) => {
  const api = apiClient({ fixtures: smallWorld, clock: NOW });
  await api.post("/chats/2/chat_messages", { message: { text: "Hi all" } });
  expect(await decide(api, "failed")).toEqual([200, "failed"]);
  const message = "Message 2 has failed in a group, where nobody is told of a delivery";
  expect(await decide(api, status)).toEqual([409, { code: "impossible", message, pointer: "/status" }]);
  expect((await api.get("/chats/2/chat_messages/2")).body.data.delivery_status).toBe("service_unavailable");
});

test("what the data says was sent has an outcome, too", async () => {
  const sent = { from: "me", text: "Old", delivery_status: "service_unavailable" as const };
  const chats = [{ line: "+12052761148", participants: ["+12055550101"], messages: [sent] }];
  const api = apiClient({ fixtures: { version: 1, lines: [{ phone_number: "+12052761148" }], chats }, clock: NOW });
  expect(await decide(api, "read", 1)).toEqual([200, "read"]);
  expect((await api.get("/chats/1/chat_messages/1")).body.data.is_read).toBe(true);
});

test.each([
  ["delivered", "delivered"],
  ["failed", "failed"],
  ["read", "read"],
])("what is %s already is refused", async (status, word) => {
  const api = await apiWithSent();
  await decide(api, status);
  const error = { code: "impossible", message: `Message 2 was ${word} already`, pointer: "/status" };
  expect(await decide(api, status)).toEqual([409, error]);
});

test.each(["delivered", "failed"])("what was read is not %s", async (status) => {
  const api = await apiWithSent();
  await decide(api, "read");
  expect(await decide(api, status)).toMatchObject([409, { message: "Message 2 was read already" }]);
});

test("what was received has no outcome, nor has what is not there, and there are three", async () => {
  const api = await apiWithSent();
  expect(await decide(api, "failed", 1)).toMatchObject([409, { message: "Message 1 was received", pointer: "/message" }]);
  expect(await decide(api, "failed", 99)).toMatchObject([404, { message: "There is no message 99" }]);
  expect(await decide(api, "pending")).toMatchObject([422, { pointer: "/status" }]);
  const { body } = await api.post(DELIVERY, { message: 2, status: "read", reason: "Why" });
  expect(body.error).toMatchObject({ message: "reason goes with failed only", pointer: "/reason" });
});

test("the reason of a failure is kept until the message is delivered", async () => {
  const api = await apiWithSent();
  const { body } = await api.post(DELIVERY, { message: 2, status: "failed", reason: "Not in service" });
  expect(body.message).toMatchObject({ status: "failed", failure: "Not in service" });
  const failed = (await api.get("//__mock/state")).body;
  expect(failed.chats[0].messages[1]).toMatchObject({ failure_reason: "Not in service" });
  await api.put("//__mock/fixtures", failed);
  expect((await api.get("//__mock/state")).body.chats[0].messages[1].failure_reason).toBe("Not in service");
  await decide(api, "delivered");
  expect((await api.get("//__mock/state")).body.chats[0].messages[1]).not.toHaveProperty("failure_reason");
});

test("the next message of a chat fails once, for the reason given, in whatever way it was to go", async () => {
  const api = apiClient({ fixtures: smallWorld, clock: NOW });
  const arm = async (body: object) => (await api.post("//__mock/simulate/next_failure", { chat: 1, ...body })).body;
  expect((await arm({ reason: "Not in service", code: 4006 })).chat.next_fails).toBe(true);
  for (const text of ["linq-mock: pending", "Hi"]) await api.post("/chats/1/chat_messages", { message: { text } });
  expect(await outcomeOf(api)).toEqual(["pending", null, false]);
  await api.advance(DELIVERY_MS);
  const { chat } = (await api.get("//__mock/chats/1")).body;
  expect([chat.next_fails, chat.last_message.status]).toEqual([false, "delivered"]);
  const { messages } = (await api.get("//__mock/chats/1/messages")).body;
  expect(messages[1]).toMatchObject({ id: 2, status: "failed", failure: "Not in service" });
  const kept = (await api.get("//__mock/state")).body.chats[0].messages;
  expect(kept.map(({ failure_code }: { failure_code?: number }) => failure_code)).toEqual([undefined, 4006, undefined]);

  await arm({});
  expect((await arm({ fails: false })).chat.next_fails).toBe(false);
  expect((await arm({ fails: false, reason: "Why" })).error.pointer).toBe("/reason");
  expect((await arm({ fails: false, code: 4001 })).error.pointer).toBe("/code");
  expect((await arm({ chat: 99 })).error.code).toBe("chat_unknown");
});

test("each step is announced once, and V2 has a webhook of the reading", async () => {
  const mock = await startMockServer({ fixtures: smallWorld, clock: NOW });
  const box = await mock.sandbox();
  const call = sandboxClient(box);
  const webhook_subscription = { webhook_url: "http://127.0.0.1:1/", version: 2, events: ["message.read"] };
  await call("POST", "/webhook_subscriptions", { webhook_subscription });
  const events = await EventListener.open(box.url);
  const { data } = await call("POST", "/chats/1/chat_messages", { message: { text: "Hi" } });
  await box.simulate.delivery({ message: data.id, status: "failed", reason: "Nobody there" });
  await box.simulate.delivery({ message: data.id, status: "read" });
  await box.clock.advance(DELIVERY_MS);
  expect((await box.deliveries.list()).map(({ event }) => event)).toEqual(["message.read"]);
  const heard = (await events.upTo("clock")).map(({ type }) => type).filter((type) => type.startsWith("message."));
  await mock.stop();
  expect(heard).toEqual(["message.sent", "message.failed", "message.delivered", "message.read"]);
});
