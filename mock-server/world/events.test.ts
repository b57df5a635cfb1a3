import { ABOUT_NOTHING, type Change, ChangeFeed } from "./events";
import { Memory } from "./memory-limits";

const noEnd = (): void => {};

function change(type: string, describe = (): object => ({})): () => Omit<Change, "id"> {
  return () => ({ ...ABOUT_NOTHING, type, at: 0, describe });
}

test("listeners are told of changes, numbered from the first, until they stop", () => {
  const feed = new ChangeFeed("box", new Memory(1_000_000));
  feed.publish(change("reset"));
  const heard: Change[] = [];
  const stop = feed.subscribe((change) => heard.push(change), noEnd);
  feed.publish(change("clock", () => ({ mode: "real" })));
  stop();
  feed.publish(change("reset"));
  expect(heard.map(({ id, type, describe }) => [id, type, describe()])).toEqual([[2, "clock", { mode: "real" }]]);
});

test("what nobody hears is not described", () => {
  const describe = jest.fn();
  new ChangeFeed("box", new Memory(1_000_000)).publish(change("reset", describe));
  expect(describe).not.toHaveBeenCalled();
});

test("a listener may stop, or another begin, while a change is told", () => {
  const feed = new ChangeFeed("box", new Memory(1_000_000));
  const heard: string[] = [];
  const stop = feed.subscribe(() => {
    heard.push("first");
    stop();
    feed.subscribe(() => heard.push("third"), noEnd);
  }, noEnd);
  feed.subscribe(() => heard.push("second"), noEnd);
  feed.publish(change("reset"));
  expect(heard).toEqual(["first", "second"]);
  feed.publish(change("reset"));
  expect(heard).toEqual(["first", "second", "second", "third"]);
});

test("when it ends, those are told who still listen, once", () => {
  const feed = new ChangeFeed("box", new Memory(1_000_000));
  const ended: string[] = [];
  const stop = feed.subscribe(noEnd, () => ended.push("gone"));
  feed.subscribe(noEnd, () => ended.push("there"));
  stop();
  feed.close();
  feed.close();
  expect(ended).toEqual(["there"]);
});

test("a client that comes back is told what it has missed, as far as it is kept", () => {
  const memory = new Memory(1_000_000);
  const feed = new ChangeFeed("box", memory);
  feed.publish(change("reset"));
  expect(memory.held).toBe(0);
  feed.keep();
  for (let i = 2; i <= 502; i += 1) feed.publish(change("clock"));
  expect(feed.since(500)).toMatchObject({ changes: [{ id: 501 }, { id: 502 }], missed: 0 });
  expect(feed.since(0).changes.length).toBe(500);
  expect(feed.since(0).missed).toBe(2);
  expect(feed.since(503)).toEqual({ changes: [], missed: null });
  feed.publish(change("request"), 999_000);
  expect(feed.since(0)).toMatchObject({ changes: [], missed: 503 });
});
