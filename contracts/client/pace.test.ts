import { AdaptiveRate, type PacedAnswer } from "./adaptive-rate";
import { Pace } from "./pace";
import { FakeTime } from "./testing/fake-time";

const QUICK: PacedAnswer = { status: 200, headers: {}, ms: 5 };

/** How long so many requests take that are answered alike, one after the other, in ms; the last gaps in `sleeps`. */
async function ask(pace: Pace, time: FakeTime, count: number, answer: PacedAnswer = QUICK): Promise<number> {
  const began = time.now();
  for (let i = 0; i < count; i += 1) {
    await pace.turn("listChats", undefined);
    await time.sleep(answer.ms);
    pace.learn(answer);
  }
  return time.now() - began;
}

function learning(): { readonly time: FakeTime; readonly pace: Pace; readonly rate: AdaptiveRate } {
  const [time, rate] = [new FakeTime(), new AdaptiveRate()];
  return { time, rate, pace: new Pace(time, rate) };
}

const perSecond = ({ distanceMs }: AdaptiveRate): number => Math.round(10_000 / distanceMs) / 10;

test("a rate that is given stays, whatever is answered", async () => {
  const time = new FakeTime();
  const pace = new Pace(time, 4);
  expect(await ask(pace, time, 41)).toBe(10_005);
  expect(await ask(pace, time, 40, { ...QUICK, status: 503 })).toBe(10_000);
});

test("a rate that is learned begins with 4, and ends at 10 where answers are quick", async () => {
  const { time, rate, pace } = learning();
  expect(perSecond(rate)).toBe(4);
  await ask(pace, time, 40);
  expect(perSecond(rate)).toBe(10);
  expect(await ask(pace, time, 100)).toBe(10_000);
});

test.each([
  [30, 10],
  [80, 6.3],
  [124, 4],
  [2_000, 4],
])("of a server that takes %i ms to answer, it becomes %d", async (ms, expected) => {
  const { time, rate, pace } = learning();
  await ask(pace, time, 100, { ...QUICK, ms });
  expect(perSecond(rate)).toBe(expected);
});

test("it falls when answers become slow, and rises again with them", async () => {
  const { time, rate, pace } = learning();
  await ask(pace, time, 40);
  await ask(pace, time, 10, { ...QUICK, ms: 400 });
  expect(perSecond(rate)).toBe(4);
  await ask(pace, time, 40);
  expect(perSecond(rate)).toBe(10);
});

test.each([429, 503])("a %i halves it for good", async (status) => {
  const { time, rate, pace } = learning();
  await ask(pace, time, 40);
  await ask(pace, time, 1, { ...QUICK, status });
  expect(perSecond(rate)).toBe(5);
  await ask(pace, time, 100);
  expect(perSecond(rate)).toBe(5);
  await ask(pace, time, 10, { ...QUICK, status });
  expect(perSecond(rate)).toBe(0.5);
});

const epoch = (seconds: number): string => String(new FakeTime().now() / 1000 + seconds);

test.each<[string, PacedAnswer["headers"], number]>([
  ["30 left of 60 s", { ratelimit: '"default";r=30;t=60' }, 2_000],
  ["30 left of 60 s, as it was written before", { "ratelimit-remaining": "30", "ratelimit-reset": "60" }, 2_000],
  ["30 left of 60 s, as others write it", { "x-ratelimit-remaining": "30", "x-ratelimit-reset": "60" }, 2_000],
  ["30 left until a moment", { "x-ratelimit-remaining": "30", "x-ratelimit-reset": epoch(60) }, 2_000],
  ["nearly nothing left of an hour", { "ratelimit-remaining": "2", "ratelimit-reset": "3600" }, 5_000],
  ["nothing left of 20 s", { "ratelimit-remaining": "0", "ratelimit-reset": "20" }, 20_000],
  ["nothing left of an hour", { "ratelimit-remaining": "0", "ratelimit-reset": "3600" }, 60_000],
  ["plenty left", { "ratelimit-remaining": "4000", "ratelimit-reset": "60" }, 250],
  ["a moment that is over", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": epoch(-60) }, 250],
  ["no numbers", { "ratelimit-remaining": "many", "ratelimit-reset": "soon" }, 250],
  ["one of the two", { "ratelimit-remaining": "3" }, 250],
])("a budget is spread over its time: %s", (_, headers, expected) => {
  const rate = new AdaptiveRate();
  rate.learn({ status: 200, headers, ms: 200 }, new FakeTime().now());
  expect(rate.distanceMs).toBeCloseTo(expected, -1);
});

test("availability checks stay 10 s apart, however quick the answers are", async () => {
  const { time, pace } = learning();
  await pace.turn("checkIMessageAvailability", undefined);
  pace.learn(QUICK);
  const began = time.now();
  await pace.turn("checkIMessageAvailability", undefined);
  expect(time.now() - began).toBe(10_000);
});
