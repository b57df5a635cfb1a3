import timers from "node:timers/promises";
import { Clock } from "./clock";
import { readClockSetting } from "./clock-setting";

const NOON = Date.UTC(2025, 6, 1, 12);
const SECOND = 1000;

function frozen(): Clock {
  return new Clock({ mode: "frozen", instant: NOON });
}

/** Sets timers so many milliseconds from now, and returns the list into which each writes when it ran, from noon. */
function setTimers(clock: Clock, ...delays: number[]): [delay: number, ranAt: number][] {
  const ran: [number, number][] = [];
  const start = clock.now();
  for (const delay of delays) clock.at(start + delay, "a test", () => ran.push([delay, clock.now() - start]));
  return ran;
}

test("a frozen clock stands still and shows US Central time", () => {
  expect(frozen().now()).toBe(NOON);
  expect(frozen().reading()).toEqual({ mode: "frozen", now: "2025-07-01T07:00:00.000-05:00" });
});

test("a real clock shows the machine's time", () => {
  const before = Date.now();
  const clock = new Clock({ mode: "real", offset: 0 });
  expect(clock.now()).toBeGreaterThanOrEqual(before);
  expect(clock.now()).toBeLessThanOrEqual(Date.now());
  expect(clock.reading().mode).toBe("real");
});

test("advancing runs what falls due, in order, each at its own instant", async () => {
  const clock = frozen();
  const ran = setTimers(clock, 3000, 1000, 2000, 5001);
  await clock.advance(5000);
  expect(ran).toEqual([
    [1000, 1000],
    [2000, 2000],
    [3000, 3000],
  ]);
  expect(clock.now()).toBe(NOON + 5000);
  expect(clock.pending).toBe(1);
});

test("of what falls due at the same instant, the first that was set comes first", async () => {
  const clock = frozen();
  const ran: string[] = [];
  for (const name of ["a", "b", "c"]) clock.at(NOON + SECOND, "a test", () => ran.push(name));
  await clock.advance(SECOND);
  expect(ran).toEqual(["a", "b", "c"]);
});

test("what is set meanwhile and falls due, too, runs in its place", async () => {
  const clock = frozen();
  const ran: string[] = [];
  clock.at(NOON + 1000, "a test", () => {
    ran.push("first");
    clock.at(NOON + 1500, "a test", () => ran.push("between"));
    clock.at(NOON + 9000, "a test", () => ran.push("too late"));
  });
  clock.at(NOON + 2000, "a test", () => ran.push("last"));
  await clock.advance(3000);
  expect(ran).toEqual(["first", "between", "last"]);
});

test("what is cancelled does not run", async () => {
  const clock = frozen();
  const ran = setTimers(clock, 1000);
  const cancel = clock.at(NOON + 500, "a test", () => ran.push([500, 500]));
  cancel();
  await clock.advance(SECOND);
  expect(ran).toEqual([[1000, 1000]]);
});

test("work in flight is waited for, and what it sets falls due in its place", async () => {
  const clock = frozen();
  const ran: string[] = [];
  const work = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    clock.at(NOON + 1500, "a test", () => ran.push("set by the work"));
  };
  clock.at(NOON + 1000, "a test", () => clock.track(work()));
  clock.at(NOON + 2000, "a test", () => ran.push("last"));
  await clock.advance(3000);
  expect(ran).toEqual(["set by the work", "last"]);
});

test("work that does not end is waited for, but not for ever, and once", async () => {
  const waits = jest.spyOn(timers, "setTimeout");
  const clock = frozen();
  clock.track(new Promise(() => {}));
  const ran = setTimers(clock, 1000, 2000);
  await clock.advance(3000);
  expect(ran).toHaveLength(2);
  expect([clock.now(), clock.pending]).toEqual([NOON + 3000, 1]);
  await clock.advance(1000);
  expect(waits.mock.calls.filter(([ms]) => ms === 1000)).toHaveLength(1);
  waits.mockRestore();
});

test("advances happen one after the other", async () => {
  const clock = frozen();
  const ran = setTimers(clock, 1500);
  await Promise.all([clock.advance(1000), clock.advance(1000)]);
  expect(ran).toEqual([[1500, 1500]]);
  expect(clock.now()).toBe(NOON + 2000);
});

test("a timer that fails fails the advance that ran it, and no other", async () => {
  const clock = frozen();
  clock.at(NOON + 1000, "a test", () => {
    throw new Error("no");
  });
  await expect(clock.advance(1000)).rejects.toThrow("no");
  await clock.advance(1000);
  expect(clock.now()).toBe(NOON + 2000);
});

test("advancing a real clock leaves it running, so much ahead", async () => {
  const clock = new Clock({ mode: "real", offset: 0 });
  const ran = setTimers(clock, 3_600_000);
  await clock.advance(3_600_000);
  expect(ran).toHaveLength(1);
  expect(clock.reading().mode).toBe("real");
  expect(clock.now() - Date.now()).toBeGreaterThan(3_599_000);
});

test("a real clock runs while it is advanced, too", async () => {
  const clock = new Clock({ mode: "real", offset: 0 });
  let modes: string[] = [];
  clock.at(Date.now() + 1000, "a test", () => {
    modes = [clock.reading().mode, clock.setting.mode];
  });
  await clock.advance(2000);
  expect(modes).toEqual(["real", "real"]);
});

test("a real clock runs on when an advance fails", async () => {
  const clock = new Clock({ mode: "real", offset: 0 });
  clock.at(Date.now() + 1000, "a test", () => {
    throw new Error("no");
  });
  await expect(clock.advance(2000)).rejects.toThrow("no");
  expect(clock.reading().mode).toBe("real");
});

test("freezing ahead lets time pass until then", async () => {
  const clock = new Clock({ mode: "real", offset: 0 });
  const ran = setTimers(clock, 1000, 60_000);
  const target = clock.now() + 30_000;
  await clock.freeze(target);
  expect(ran.map(([delay]) => delay)).toEqual([1000]);
  expect([clock.now(), clock.reading().mode]).toEqual([target, "frozen"]);
});

test("freezing backwards runs nothing, and what was set keeps its instant", async () => {
  const clock = frozen();
  const ran = setTimers(clock, 1000);
  await clock.freeze(NOON - 60_000);
  expect([clock.now(), ran]).toEqual([NOON - 60_000, []]);
  await clock.advance(61_000);
  expect(ran).toEqual([[1000, 1000]]);
});

test("running again lets pass what the machine is ahead, in order", async () => {
  const clock = frozen();
  const ran = setTimers(clock, 2000, 1000);
  await clock.run();
  expect(ran).toEqual([
    [1000, 1000],
    [2000, 2000],
  ]);
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(SECOND);
});

test("running again after a time ahead goes back to the machine's, and runs nothing", async () => {
  const clock = new Clock({ mode: "frozen", instant: Date.now() + 86_400_000 });
  const ran = setTimers(clock, 1000);
  await clock.run();
  expect(ran).toEqual([]);
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(SECOND);
  clock.close();
});

test("a clock that runs gets to what is set by itself", async () => {
  const clock = new Clock({ mode: "real", offset: 0 });
  await new Promise<void>((resolve) => clock.at(clock.now() + 5, "a test", resolve));
  expect(clock.pending).toBe(0);
});

test("what is set on a frozen clock for the past or for now runs soon", async () => {
  const clock = frozen();
  await new Promise<void>((resolve) => clock.at(NOON, "a test", resolve));
  await new Promise<void>((resolve) => clock.at(NOON - SECOND, "a test", resolve));
  expect(clock.now()).toBe(NOON);
});

test("a closed clock runs nothing more, and takes nothing more", async () => {
  const clock = frozen();
  const ran = setTimers(clock, 1000);
  clock.close();
  clock.at(NOON + 1000, "a test", () => ran.push([0, 0]));
  await clock.advance(2000);
  expect([ran, clock.pending]).toEqual([[], 0]);
});

test.each([
  ["real", { mode: "real", offset: 0 }],
  ["2025-07-01T07:00:00-05:00", { mode: "frozen", instant: NOON }],
  ["2025-07-01T12:00:00Z", { mode: "frozen", instant: NOON }],
])("the setting %s is read", (name, setting) => {
  expect(readClockSetting(name)).toEqual(setting);
});

test.each([
  "frozen",
  "2025-07-01",
  "2025-07-01T12:00:00",
  "2025-02-30T12:00:00Z",
  "1969-12-31T23:59:59Z",
  "2100-01-01T00:00:00Z",
])("the setting %s is refused", (name) => {
  expect(() => readClockSetting(name)).toThrow(
    new RangeError(`A clock is real, or a time such as 2025-05-21T15:30:00-05:00, not ${JSON.stringify(name)}`),
  );
});
