import { type Dropped, type Limited, Memory, type MemoryShare } from "./memory-limits";

/** Things of ten bytes, each with the time at which it came. */
class Things {
  readonly times: number[] = [];
  readonly account: MemoryShare;

  constructor(memory: Memory, kind: Limited) {
    this.account = memory.share({
      kind,
      oldestSince: () => this.times[0],
      dropOldest: () => {
        this.times.shift();
        this.account.release(10);
      },
    });
  }

  add(since: number): void {
    this.times.push(since);
    this.account.take(10);
  }
}

test("over the limit the oldest goes, whoever has it, until a tenth is free; what went is counted and told", () => {
  const told: Dropped[] = [];
  const memory = new Memory(100, (dropped) => told.push(dropped));
  const [files, requests] = [new Things(memory, "files"), new Things(memory, "requests")];
  for (const since of [1, 3, 5, 7, 9]) files.add(since);
  for (const since of [2, 4, 6, 8, 10]) requests.add(since);
  expect([memory.held, told]).toEqual([100, []]);
  files.add(11);
  expect([files.times, requests.times]).toEqual([
    [3, 5, 7, 9, 11],
    [4, 6, 8, 10],
  ]);
  expect(memory.held).toBe(90);
  expect(memory.dropped).toMatchObject({ files: 1, requests: 1, deliveries: 0 });
  expect(told).toEqual([
    [
      ["files", 1],
      ["requests", 1],
    ],
  ]);
});

test("what cannot be let go is refused when there is no room, and what can be is let go for it", () => {
  const memory = new Memory(100);
  const files = new Things(memory, "files");
  const pending = memory.share();
  files.add(1);
  expect([pending.takeIfRoom(95), memory.held, files.times]).toEqual([true, 95, []]);
  expect([pending.takeIfRoom(10), memory.held]).toEqual([false, 95]);
  pending.close();
  expect([pending.takeIfRoom(10), memory.held]).toEqual([false, 0]);
});

test("what is underway has room made for it by nobody, and none beyond the limit", () => {
  const memory = new Memory(100);
  const files = new Things(memory, "files");
  for (const since of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) files.add(since);
  expect([memory.takeUnderway(90), memory.takeUnderway(20)]).toEqual([true, false]);
  memory.releaseUnderway(90);
  expect([memory.takeUnderway(100), memory.held, files.times.length]).toEqual([true, 100, 10]);
  memory.releaseUnderway(100);
  const texts = memory.share();
  texts.take(30);
  expect([memory.takeUnderway(71), memory.takeUnderway(70), memory.held]).toEqual([false, true, 90]);
  memory.releaseUnderway(70);
  texts.release(30);
  expect(memory.takeUnderway(71)).toBe(true);
});
