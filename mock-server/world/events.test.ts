import { type Change, ChangeFeed } from "./events";

const noEnd = (): void => {};

test("listeners are told of changes, numbered from the first, until they stop", () => {
  const feed = new ChangeFeed();
  feed.publish("reset", () => ({}));
  const heard: Change[] = [];
  const stop = feed.subscribe((change) => heard.push(change), noEnd);
  feed.publish("clock", () => ({ mode: "real" }));
  stop();
  feed.publish("reset", () => ({}));
  expect(heard.map(({ id, type, describe }) => [id, type, describe()])).toEqual([[2, "clock", { mode: "real" }]]);
});

test("what nobody hears is not described", () => {
  const describe = jest.fn();
  new ChangeFeed().publish("reset", describe);
  expect(describe).not.toHaveBeenCalled();
});

test("a listener may stop, or another begin, while a change is told", () => {
  const feed = new ChangeFeed();
  const heard: string[] = [];
  const stop = feed.subscribe(() => {
    heard.push("first");
    stop();
    feed.subscribe(() => heard.push("third"), noEnd);
  }, noEnd);
  feed.subscribe(() => heard.push("second"), noEnd);
  feed.publish("reset", () => ({}));
  expect(heard).toEqual(["first", "second"]);
  feed.publish("reset", () => ({}));
  expect(heard).toEqual(["first", "second", "second", "third"]);
});

test("when it ends, those are told who still listen, once", () => {
  const feed = new ChangeFeed();
  const ended: string[] = [];
  const stop = feed.subscribe(noEnd, () => ended.push("gone"));
  feed.subscribe(noEnd, () => ended.push("there"));
  stop();
  feed.close();
  feed.close();
  expect(ended).toEqual(["there"]);
});
