import { readFixtureDocument } from "../../fixtures/load/read-document";
import { smallWorld, stillSettings } from "../testing/worlds";
import type { Chat } from "./model";
import { ownHandle } from "./participants";
import { createSeed } from "./seed";
import { hideTyping, showTyping } from "./typing";
import { World } from "./world";

test("however often somebody starts and stops, the clock holds no more than one end of it", () => {
  const world = new World(createSeed(readFixtureDocument(smallWorld, { now: 0 }).records, 0), stillSettings);
  const chat = world.chats.get(1) as Chat;
  for (let i = 0; i < 3; i += 1) showTyping(world, chat, ownHandle(chat));
  expect(world.clock.pending).toBe(1);
  hideTyping(world, chat, ownHandle(chat));
  expect([world.clock.pending, world.typingEnds.size]).toEqual([0, 0]);
});
