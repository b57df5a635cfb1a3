import { ABOUT_NOTHING } from "./events";
import { Memory } from "./memory-limits";
import { WebhookLog } from "./webhook-log";

const event = { version: "v2", type: "message.sent", at: 0, about: ABOUT_NOTHING, passedOver: [] };

test("it has its part of the mock's memory: over the limit the oldest go, and are counted; a world that ends gives all back", () => {
  const memory = new Memory(5000);
  const log = new WebhookLog(memory);
  for (let i = 0; i < 100; i += 1) log.note(log.add(event, event).id, i, "waiting");
  expect(memory.held).toBeLessThanOrEqual(memory.limit);
  const ids = log.values().map(({ id }) => id);
  expect([ids.at(-1), log.evicted, memory.dropped.webhook_events]).toEqual([100, 100 - ids.length, 100 - ids.length]);
  expect(ids.length).toBeLessThan(10);
  log.close();
  expect(memory.held).toBe(0);
});

test("what becomes of an event that is no longer kept is not noted", () => {
  const memory = new Memory(5000);
  const log = new WebhookLog(memory);
  for (let i = 0; i < 100; i += 1) log.add(event, event);
  const { held } = memory;
  expect(log.note(1, 1, "received")).toBeUndefined();
  expect(memory.held).toBe(held);
});
