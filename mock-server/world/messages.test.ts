import type { FixtureDocument } from "../../fixtures/generated/fixture-document";
import { readFixtureDocument } from "../../fixtures/load/read-document";
import { ANN, LINE, smallWorld, stillSettings } from "../testing/worlds";
import type { WorldEvent } from "./events";
import { startDeliveries } from "./message-delivery";
import { removeMessage, sendToChat } from "./messages";
import type { Chat, Message } from "./model";
import { createSeed } from "./seed";
import { World } from "./world";

const SECOND_MS = 1000;

function worldOf(document: FixtureDocument, loadedAt = 0): World {
  return new World(createSeed(readFixtureDocument(document, { now: 0 }).records, loadedAt), stillSettings);
}

/** What is announced from now on, and when. */
function listen(world: World): [instant: number, kind: WorldEvent["kind"]][] {
  const heard: [number, WorldEvent["kind"]][] = [];
  world.onEvent(({ kind }) => heard.push([world.clock.now(), kind]));
  startDeliveries(world);
  return heard;
}

function send(world: World, text = "Hi"): Message {
  const outcome = sendToChat(world, world.chats.get(1) as Chat, { text, attachments: [] });
  if (outcome.kind === "refused") throw new Error("the message was refused");
  return outcome.message;
}

function statusOf(world: World, { id }: Message): string | undefined {
  return world.messages.get(id)?.deliveryStatus;
}

/** A chat whose messages have been on their way since the beginning of time. */
function pendingWorld(...messages: readonly { delivered_at?: string; fails_at?: string }[]): FixtureDocument {
  const written = messages.map((message) => ({
    from: LINE,
    text: "Hi",
    sent_at: "1970-01-01T00:00:00Z",
    delivery_status: "pending" as const,
    ...message,
  }));
  return { version: 1, lines: [{ phone_number: LINE }], chats: [{ line: LINE, participants: [ANN], messages: written }] };
}

test("a message is delivered half a second after it was sent, and the world says so at that instant", async () => {
  const world = worldOf(smallWorld);
  const heard = listen(world);
  const sent = send(world);
  await world.clock.advance(499);
  expect(statusOf(world, sent)).toBe("pending");
  await world.clock.advance(SECOND_MS);
  expect(statusOf(world, sent)).toBe("delivered");
  expect(heard).toEqual([
    [0, "message.sent"],
    [500, "message.delivered"],
  ]);
});

test("what is slow, undeliverable or pending for ever ends as its magic value says, each at its instant", async () => {
  const world = worldOf(smallWorld);
  const heard = listen(world);
  const sent = ["slow", "undeliverable", "pending"].map((word) => send(world, `linq-mock: ${word}`));
  await world.clock.advance(60 * SECOND_MS);
  expect(sent.map((message) => statusOf(world, message))).toEqual(["delivered", "service_unavailable", "pending"]);
  expect(heard.slice(3)).toEqual([
    [500, "message.failed"],
    [30_000, "message.delivered"],
  ]);
});

test("a message that was deleted meanwhile is on its way all the same, and its end is told once", async () => {
  const world = worldOf(smallWorld);
  const heard = listen(world);
  for (const word of ["delivered", "undeliverable"]) {
    removeMessage(world, world.chats.get(1) as Chat, send(world, word === "delivered" ? word : `linq-mock: ${word}`));
  }
  await world.clock.advance(SECOND_MS);
  expect(heard.slice(4)).toEqual([
    [500, "message.delivered"],
    [500, "message.failed"],
  ]);
  expect([world.deletedPending.size, world.messages.count("chat", 1)]).toEqual([0, 1]);
});

test("however many messages are on their way, the clock holds one timer", async () => {
  const world = worldOf(smallWorld);
  const heard = listen(world);
  for (let i = 0; i < 3000; i += 1) {
    send(world);
    if (i % 1000 === 0) await world.clock.advance(1);
  }
  expect(world.clock.pending).toBe(1);
  await world.clock.advance(SECOND_MS);
  expect(world.clock.pending).toBe(0);
  expect(heard.filter(([, kind]) => kind === "message.delivered")).toHaveLength(3000);
});

test("what is on its way in a seed is delivered at its instant, before and after what is sent", async () => {
  const world = worldOf(
    pendingWorld(
      { delivered_at: "1970-01-01T00:00:02Z" },
      { fails_at: "1970-01-01T00:00:01Z" },
      { delivered_at: "1970-01-01T00:00:00.400Z" },
      {},
    ),
  );
  const heard = listen(world);
  send(world);
  await world.clock.advance(60 * SECOND_MS);
  expect(heard.slice(1)).toEqual([
    [400, "message.delivered"],
    [500, "message.delivered"],
    [1000, "message.failed"],
    [2000, "message.delivered"],
  ]);
  expect([...world.messages.values()].filter(({ deliveryStatus }) => deliveryStatus === "pending")).toHaveLength(1);
});

test("what fell due before a world began has happened, and is no event", async () => {
  const world = worldOf(
    pendingWorld(
      { delivered_at: "1970-01-01T00:00:01Z" },
      { fails_at: "1970-01-01T00:00:02Z" },
      { delivered_at: "1970-01-01T00:00:03Z" },
    ),
    SECOND_MS,
  ).copy({ mode: "frozen", instant: 2 * SECOND_MS });
  const heard = listen(world);
  expect([...world.messages.values()].map(({ deliveryStatus }) => deliveryStatus)).toEqual([
    "delivered",
    "service_unavailable",
    "pending",
  ]);
  await world.clock.advance(SECOND_MS);
  expect(heard).toEqual([[3000, "message.delivered"]]);
});

test("a copy goes on with what was on its way, by itself", async () => {
  const world = worldOf(smallWorld);
  listen(world);
  const before = send(world);
  const copy = world.copy();
  const heard = listen(copy);
  const after = send(copy);
  await copy.clock.advance(SECOND_MS);
  expect(heard.map(([, kind]) => kind)).toEqual(["message.sent", "message.delivered", "message.delivered"]);
  expect([statusOf(copy, before), statusOf(copy, after), statusOf(world, before)]).toEqual([
    "delivered",
    "delivered",
    "pending",
  ]);
});
