import { ABOUT_NOTHING, ChangeFeed } from "../world/events";
import { Memory } from "../world/memory-limits";
import { waitQueueOf } from "./wait-queue";

test("a change asks none of a thousand waits; each is asked after it, once, and those that are over no more", async () => {
  const feed = new ChangeFeed("box", new Memory(1_000_000));
  const asked: number[] = [];
  const ends: number[] = [];
  const waits = Array.from({ length: 1000 }, (_, i) => {
    const stop = waitQueueOf(feed).add(
      () => void asked.push(i),
      () => void ends.push(i),
    );
    return stop;
  });
  for (let i = 0; i < 3; i += 1) feed.publish(() => ({ ...ABOUT_NOTHING, type: "request", at: 0, describe: () => ({}) }));
  expect(asked).toEqual([]);
  await new Promise<void>((resolve) => {
    const stop = waitQueueOf(feed).add(resolve, resolve); // the last to be asked
    waits.push(stop);
  });
  expect(asked).toEqual(waits.slice(0, 1000).map((_, i) => i));
  for (const stop of waits.slice(1)) stop();
  feed.close();
  expect(ends).toEqual([0]);
});
