import { startMockServer } from "../server/start-mock-server";
import { apiClient, sandboxClient } from "../testing/api-client";
import { EventListener } from "../testing/event-listener";
import { ANN, smallWorld } from "../testing/worlds";

// Asserted here, too: A-delivery.

const NOW = "2025-07-01T12:00:00.000-05:00";
const UNDO = "//__mock/reset/undo";

/** A world in which something has happened, a file has come, and time has passed. */
async function usedApi() {
  const api = apiClient({ fixtures: smallWorld, clock: NOW, seed: 1 });
  const attachments = [{ filename: "a.txt", content_base64: "SGk=" }];
  const { body } = await api.post("//__mock/simulate/message", { chat: 1, from: ANN, text: "Look", attachments });
  await api.advance(1000);
  return { api, file: body.message.attachments[0].url as string, world: (await api.get("//__mock/state")).body };
}

test("the world from before a reset comes back, with its clock and files", async () => {
  const { api, file, world } = await usedApi();
  await api.post("//__mock/reset");
  expect((await api.get("//__mock/state")).body).not.toEqual(world);
  expect((await api.download(file)).status).toBe(404);
  expect((await api.post(UNDO)).status).toBe(204);
  expect((await api.get("//__mock/state")).body).toEqual(world);
  expect((await api.get("//__mock/clock")).body.now).toBe("2025-07-01T12:00:01.000-05:00");
  expect((await api.download(file)).bytes.toString()).toBe("Hi");
});

test("so it does after fixtures were loaded, and after a snapshot was restored", async () => {
  const { api, world } = await usedApi();
  await api.put("//__mock/fixtures", { version: 1, lines: [{ phone_number: "+12055550100" }] });
  await api.post(UNDO);
  expect((await api.get("//__mock/state")).body).toEqual(world);
  await api.put("//__mock/snapshots/now");
  await api.delete("/contacts/1");
  await api.post("//__mock/snapshots/now/restore");
  await api.post(UNDO);
  expect((await api.get("/contacts/1")).status).toBe(404);
});

test("one reset can be undone, once", async () => {
  const { api, world } = await usedApi();
  const refused = [404, { code: "nothing_to_undo", message: "There is no reset to undo", hint: "One can be undone, once." }];
  const undo = async () => api.post(UNDO).then(({ status, body }) => [status, body?.error]);
  const canUndo = async () => (await api.get("//__mock/sandboxes")).body.sandboxes[0].can_undo;
  expect(await undo()).toEqual(refused);
  expect(await canUndo()).toBe(false);
  await api.post("//__mock/reset");
  expect(await canUndo()).toBe(true);
  await undo();
  expect(await undo()).toEqual(refused);
  expect((await api.get("//__mock/state")).body).toEqual(world);
  await api.post("//__mock/reset");
  await api.post("//__mock/reset");
  expect(await undo()).toEqual([204, undefined]);
  expect((await api.get("/chats/1")).body.data.message_count).toBe(1); // as it was between the two
});

test("what was on its way is delivered after it; webhooks that were cut off are not", async () => {
  const mock = await startMockServer({ fixtures: smallWorld, clock: NOW });
  const box = await mock.sandbox();
  const call = sandboxClient(box);
  const webhook_subscription = { webhook_url: "http://127.0.0.1:1/", version: 2, events: ["message.sent"] };
  await call("POST", "/webhook_subscriptions", { webhook_subscription });
  await box.faults.arm({ fault: "webhook-delay", ms: 60_000 });
  const { data } = await call("POST", "/chats/1/chat_messages", { message: { text: "Hi" } });
  await box.reset();
  await box.undoReset();
  await box.clock.advance(120_000);
  expect((await call("GET", `/chats/1/chat_messages/${data.id}`)).data.delivery_status).toBe("delivered");
  expect(await box.deliveries.list()).toEqual([]);
  await mock.stop();
});

test("what is kept for it has no room for ever, and its lack is told", async () => {
  const mock = await startMockServer({ fixtures: smallWorld, maxMemory: 1, log: "silent" });
  const box = await mock.sandbox();
  await box.reset();
  const attachments = [{ filename: "large.bin", content_base64: Buffer.alloc(900_000).toString("base64") }];
  for (let i = 0; i < 2; i += 1) await box.simulate.message({ chat: 1, text: "Look", attachments });
  await expect(box.undoReset()).rejects.toThrow(/no reset to undo.*make room.*--max-memory/);
  await mock.stop();
});

test("listeners are told as of a reset", async () => {
  const mock = await startMockServer({ fixtures: smallWorld });
  const box = await mock.sandbox();
  await box.reset();
  const events = await EventListener.open(box.url);
  await box.undoReset();
  expect(await events.next()).toMatchObject({ type: "reset" });
  await mock.stop();
});
