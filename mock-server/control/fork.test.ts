import type { SandboxClient } from "../sandbox-client";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import { apiClient, sandboxClient } from "../testing/api-client";
import { startReceiver } from "../testing/receiver";
import { ANN, BEN, CAY, LINE, STRANGER, smallWorld } from "../testing/worlds";

// Asserted here, too: A-delivery, A-message-order, A-list-order.

const NOW = "2025-07-01T12:00:00.000-05:00";
const FORK = "//__mock/sandboxes/default/fork";

let mock: MockServer;

beforeEach(async () => {
  mock = await startMockServer({ fixtures: smallWorld, clock: NOW, seed: 1 });
});

afterEach(() => mock.stop());

/** A message of the line in chat 1, and what time does to it. */
async function send(box: SandboxClient, text: string): Promise<number> {
  const { data } = await sandboxClient(box)("POST", "/chats/1/chat_messages", { message: { text } });
  await box.clock.advance(1000);
  return data.id;
}

async function textsOf(box: SandboxClient, chat = 1): Promise<string[]> {
  const { data } = await sandboxClient(box)("GET", `/chats/${chat}/chat_messages`);
  return data.map(({ text }: { text: string }) => text);
}

test("a sandbox is opened under a name, or under one that is free", async () => {
  const api = apiClient({ fixtures: smallWorld });
  const opened = await api.post("//__mock/sandboxes", { name: "mine" });
  expect([opened.status, opened.body.sandbox.name]).toEqual([201, "mine"]);
  expect(new URL(opened.body.sandbox.url).pathname).toBe("/s/mine");
  for (const options of [{}, { body: "{}", headers: { "Content-Type": "application/json" } }])
    expect((await api.send("POST", "//__mock/sandboxes", options)).body.sandbox.name).toMatch(/^box-\d$/);
  expect((await api.get("//__mock/sandboxes")).body.sandboxes).toHaveLength(4);
});

test("its URL is the one under which the mock was reached", async () => {
  const { sandbox } = (await (await fetch(`${mock.url}/__mock/sandboxes`, { method: "POST" })).json()) as {
    sandbox: { url: string };
  };
  expect(sandbox.url.startsWith(`${mock.url}/s/box-`)).toBe(true);
  expect((await fetch(`${sandbox.url}/__mock/health`)).status).toBe(200);
});

test.each([
  ["//__mock/sandboxes", { name: "default" }, 409, "/name", "There is a sandbox default already"],
  ["//__mock/sandboxes", { name: "no good" }, 422, "/name", /name/],
  ["//__mock/sandboxes", { named: "a" }, 422, "", /named/],
  [FORK, { as: "default" }, 409, "/as", "There is a sandbox default already"],
  [FORK, { as: "../x" }, 422, "/as", /as/],
  [FORK, { at_message: 99 }, 404, "/at_message", "There is no message 99 in sandbox default"],
  ["//__mock/sandboxes/nobody/fork", {}, 404, undefined, "There is no sandbox nobody"],
])("%s with %j is refused", async (path, body, status, pointer, message) => {
  const api = apiClient({ fixtures: smallWorld });
  const answer = await api.post(path, body);
  expect([answer.status, answer.body.error.pointer]).toEqual([status, pointer]);
  expect(answer.body.error.message).toMatch(message);
  expect((await api.get("//__mock/sandboxes")).body.sandboxes).toHaveLength(1);
});

test("a fork has the same world and clock, and goes its own way", async () => {
  const box = await mock.sandbox();
  await send(box, "Before");
  await box.simulate.message({ line: LINE, from: STRANGER, text: "New here" });
  const fork = await box.fork({ as: "copy" });
  expect([fork.name, await fork.state(), await fork.clock.read()]).toEqual(["copy", await box.state(), await box.clock.read()]);
  await send(fork, "In the copy");
  await send(box, "In the other");
  expect(await textsOf(fork)).toEqual(["Hello", "Before", "In the copy"]);
  expect(await textsOf(box)).toEqual(["Hello", "Before", "In the other"]);
  expect(await fork.requests.list({ operation: "sendMessage" })).toHaveLength(1); // journals are not copied
});

test("a reset of it goes back to what the mock was started with, and can be undone", async () => {
  const box = await mock.sandbox();
  await send(box, "Before");
  const fork = await box.fork();
  await fork.reset();
  expect(await textsOf(fork)).toEqual(["Hello"]);
  await fork.undoReset();
  expect(await textsOf(fork)).toEqual(["Hello", "Before"]);
});

test("its files stay when the other is gone", async () => {
  const box = await mock.sandbox();
  const attachments = [{ filename: "a.txt", content_base64: "SGk=" }];
  const { message } = await box.simulate.message({ chat: 1, text: "Look", attachments });
  const forks = [await box.fork(), await box.fork({ atMessage: message.id })];
  await box.drop();
  for (const fork of forks) {
    const { pathname } = new URL(message.attachments[0]?.url ?? "");
    const file = await fetch(`${fork.url}${pathname.replace(/^\/s\/[^/]+/, "")}`);
    expect([file.status, await file.text()]).toEqual([200, "Hi"]);
  }
});

test("what waits to be delivered to webhooks is delivered once, by the other; what happens later has another id in each", async () => {
  const receiver = await startReceiver();
  const box = await mock.sandbox();
  const webhook_subscription = { webhook_url: receiver.url, version: 2, events: ["message.sent", "message.received"] };
  await sandboxClient(box)("POST", "/webhook_subscriptions", { webhook_subscription });
  await box.faults.arm({ fault: "webhook-delay", ms: 60_000, event: "message.sent" });
  await send(box, "Late");
  const fork = await box.fork();
  await fork.faults.disarm();
  for (const one of [box, fork]) {
    await one.simulate.message({ chat: 1, text: "Hi" });
    await one.clock.advance(120_000);
  }
  await receiver.stop();
  const sent = receiver.received.filter(({ event }) => event.event_type === "message.sent");
  const ids = receiver.received.map(({ event }) => event.event_id);
  expect([sent.length, ids.length, new Set(ids).size]).toEqual([1, 3, 3]);
});

test.each(["now", "a message"])(
  "forked at %s, webhooks tell of nothing that began before; the world goes on",
  async (moment) => {
    const receiver = await startReceiver();
    const box = await mock.sandbox();
    const { data: underWay } = await sandboxClient(box)("POST", "/chats/1/chat_messages", { message: { text: "Under way" } });
    await box.simulate.typing({ chat: 1 });
    const post = async (url: string, body: object) => {
      const headers = { "Content-Type": "application/json" };
      return (await fetch(url, { method: "POST", headers, body: JSON.stringify(body) })).json();
    };
    await post(`${box.url}/__mock/subscriptions`, { url: receiver.url, version: "v3" });
    const typesOf = async ({ deliveries }: SandboxClient) => (await deliveries.list()).map(({ event }) => event).sort();
    const body = moment === "now" ? {} : { at_message: underWay.id };
    expect(await post(`${mock.url}/__mock/sandboxes/${box.name}/fork`, { as: "fork", ...body })).toEqual({
      sandbox: { name: "fork", url: `${mock.url}/s/fork` },
      subscriptions: [{ id: 1, url: receiver.url }],
    });
    const fork = await mock.sandbox("fork");
    await fork.snapshots.save("then");
    for (const again of [false, true]) {
      if (again) await fork.snapshots.restore("then");
      await fork.clock.advance(120_000);
      const { data } = await sandboxClient(fork)("GET", `/chats/1/chat_messages/${underWay.id}`);
      expect([data.delivery_status, await typesOf(fork), receiver.received]).toEqual(["delivered", [], []]);
    }
    await send(fork, "From now on");
    expect(await typesOf(fork)).toEqual(["message.delivered", "message.sent"]);
    await box.clock.advance(120_000);
    expect(await typesOf(box)).toEqual(["chat.typing_indicator.stopped", "message.delivered"]);
    await receiver.stop();
  },
);

test("forked at a message, later messages have not been, and this one is on its way and unread", async () => {
  const box = await mock.sandbox();
  const id = await send(box, "This");
  await box.simulate.read({ chat: 1 });
  await send(box, "Later");
  await box.simulate.message({ line: LINE, from: STRANGER, text: "New here" });
  const fork = await box.fork({ atMessage: id });
  expect(await fork.clock.read()).toMatchObject({ mode: "frozen", now: NOW });
  expect(await textsOf(fork)).toEqual(["Hello", "This"]);
  const read = async () => {
    const { data } = await sandboxClient(fork)("GET", `/chats/1/chat_messages/${id}`);
    return [data.delivery_status, data.is_read];
  };
  expect(await read()).toEqual(["pending", false]);
  await fork.clock.advance(1000);
  expect(await read()).toEqual(["delivered", false]);
  const { chats } = await sandboxClient(fork)("GET", `/chats?phone_number=${encodeURIComponent(LINE)}`).then(({ data }) => ({
    chats: data.length,
  }));
  expect(chats).toBe(4); // the stranger has no chat
  expect(await send(fork, "Another end")).toBe(id + 1);
});

test("forked at a message, people, edits, and reactions are as they were", async () => {
  const box = await mock.sandbox();
  const { message: first } = await box.simulate.message({ chat: 2, from: ANN, text: "Hi all" });
  await box.simulate.reaction({ message: first.id, from: BEN, type: "love" });
  await box.clock.advance(1000);
  const { message: second } = await box.simulate.message({ chat: 2, from: BEN, text: "Hi" });
  await box.clock.advance(1000);
  await box.simulate.reaction({ message: first.id, from: ANN, type: "laugh" });
  await box.simulate.reaction({ message: second.id, from: ANN, type: "like" });
  await box.simulate.participantAdded({ chat: 2, participant: STRANGER });
  await sandboxClient(box)("PUT", "/chats/2/mark_as_read");
  const fork = await box.fork({ atMessage: second.id });
  const { data } = await sandboxClient(fork)("GET", "/chats/2/chat_messages");
  const seen = data.map((one: { text: string; is_read: boolean; reactions: { reaction: string }[] }) => [
    one.text,
    one.is_read,
    one.reactions.map(({ reaction }) => reaction),
  ]);
  expect(seen).toEqual([
    ["Hi all", false, ["love"]], // it was read later
    ["Hi", false, []],
  ]);
  const chat = (await sandboxClient(fork)("GET", "/chats/2")).data;
  expect(chat.chat_handles.map(({ phone_number }: { phone_number: string }) => phone_number)).toEqual([ANN, BEN, LINE]);
});

test("forked at a message, who had opted out by then has, and nobody else (A-v3-chat-order, A-v3-opt-out)", async () => {
  const box = await mock.sandbox();
  const says = async (from: string, text: string, chat = 2) => {
    const { message } = await box.simulate.message({ chat, from, text });
    await box.clock.advance(1000);
    return message.id;
  };
  await says(ANN, "STOP");
  const atMessage = await says(CAY, "Here", 3);
  await says(BEN, "STOP");
  const sendsTo = async ({ url }: SandboxClient, person: string) => {
    const message = { parts: [{ type: "text", value: "Hi" }] };
    const headers = { Authorization: "Bearer test", "Content-Type": "application/json" };
    const body = JSON.stringify({ from: LINE, to: [person], message });
    return (await fetch(`${url}/api/partner/v3/chats`, { method: "POST", headers, body })).ok;
  };
  const then = async () => {
    const fork = await box.fork({ atMessage });
    return [await sendsTo(fork, ANN), await sendsTo(fork, BEN)];
  };
  expect(await then()).toEqual([false, true]);
  await says(ANN, "Here again");
  await says(BEN, "Me too");
  expect(await then()).toEqual([false, true]);
});

test("forked at a message of another, who was in the chat and wrote is there; the clock goes on running", async () => {
  const running = await startMockServer({ fixtures: "group-chats" });
  const box = await running.sandbox();
  const { chats } = await box.state();
  for (const chat of [...(chats ?? [])]) {
    const messages = (chat as { messages: { id: number; sent_at: string; text: string }[] }).messages;
    const middle = messages[Math.floor(messages.length / 2)];
    if (!middle) continue;
    const fork = await box.fork({ atMessage: middle.id });
    const { mode, now } = await fork.clock.read();
    expect([mode, Date.parse(now) - Date.parse(middle.sent_at) < 60_000]).toEqual(["real", true]);
    const { chats: then } = await fork.state();
    const texts = [...(then ?? [])].flatMap((one) => (one as typeof chat & { messages: { text: string }[] }).messages);
    expect(texts.map(({ text }) => text)).toContain(middle.text);
    await fork.simulate.message({ chat: Number((chat as { id: number }).id), from: await someoneIn(fork, chat), text: "Here" });
    expect(await fork.contractViolations()).toEqual([]);
  }
  await running.stop();
});

test("what was sent before the message is in the fork, though the clock has gone back since", async () => {
  const box = await mock.sandbox("default");
  await box.clock.advance(3_600_000);
  const before = await textsOf(box);
  await send(box, "Sent late, by the clock");
  await box.clock.freeze(NOW);
  const id = await send(box, "Sent after it");
  await send(box, "Sent last");
  const fork = await box.fork({ atMessage: id });
  expect((await textsOf(fork)).toSorted()).toEqual([...before, "Sent after it", "Sent late, by the clock"].toSorted());
});

async function someoneIn(fork: SandboxClient, { id, line }: { id?: number; line?: string }): Promise<string> {
  const { data } = await sandboxClient(fork)("GET", `/chats/${id}`);
  return data.chat_handles
    .map(({ phone_number }: { phone_number: string }) => phone_number)
    .find((one: string) => one !== line);
}

test("a fork of the default sandbox has a token", async () => {
  const answer = await fetch(`${mock.url}/__mock/sandboxes/default/fork`, { method: "POST" });
  const { sandbox } = (await answer.json()) as { sandbox: { name: string } };
  const headers = { "X-LINQ-INTEGRATION-TOKEN": `sandbox-${sandbox.name}` };
  expect((await fetch(`${mock.url}/api/partner/v2/chats/3`, { headers })).status).toBe(200);
});
