import { AdviceTester } from "../testing/advice-tester";
import { ANN, BEN } from "../testing/worlds";
import type { JournalEntry } from "../world/journal";

// Asserted here, too: A-availability-number, A-availability.

const bench = new AdviceTester();

function check(headers: Record<string, string> = {}) {
  return bench.api("POST", "/i_message_availability/check", { phone_number: ANN }, headers);
}

test("a check that does not wait", async () => {
  await check();
  await check({ "X-Request-Id": "refused" });
  await bench.box.clock.advance(4000);
  await check({ "X-Request-Id": "early" });
  expect(await bench.box.advice()).toMatchObject([
    {
      id: "retry-after-ignored",
      title: "1 call came before the time in Retry-After was over",
      evidence: [
        {
          requests: ["refused", "early"],
          what: "checkIMessageAvailability was asked again 4 s after a 429 that said to wait 10 s",
        },
      ],
    },
  ]);
});

test("each call that comes too early counts once", async () => {
  for (let i = 0; i < 5; i += 1) await check();
  expect(await bench.advised()).toEqual(["retry-after-ignored 3"]);
});

test("a 429 that was wished for counts as well", async () => {
  const { headers } = await check({ Prefer: "code=429" });
  expect(headers.get("retry-after")).not.toBeNull();
  await check();
  expect(await bench.advised()).toEqual(["retry-after-ignored 1"]);
});

test.each<[string, () => Promise<unknown>]>([
  [
    "the time was over",
    async () => {
      await check();
      const { headers } = await check();
      await bench.box.clock.advance(Number(headers.get("retry-after")) * 1000);
      expect((await check()).status).toBe(200);
    },
  ],
  [
    "the clock of the sandbox stands still, and the client has waited",
    async () => {
      await check();
      await check();
      const [refusal] = bench.world.journal.entries().slice(-1);
      await bench.box.requests.clear();
      bench.world.journal.add({ ...(refusal as JournalEntry), startedAt: performance.now() - 60_000 });
      await check();
    },
  ],
  [
    "a timer rings too early",
    async () => {
      await check();
      const { headers } = await check();
      await bench.box.clock.advance(Number(headers.get("retry-after")) * 1000 - 5);
      await check();
    },
  ],
  [
    "the refusal never arrived",
    async () => {
      await bench.box.faults.arm({ fault: "rate-limit" });
      await bench.box.faults.arm({ fault: "reset-before-headers" });
      await expect(check()).rejects.toThrow();
      await expect(check()).rejects.toThrow();
    },
  ],
  [
    "the call is another's",
    async () => {
      await check();
      await check();
      await check({ "X-LINQ-INTEGRATION-TOKEN": "other" });
    },
  ],
  [
    "the call is another operation",
    async () => {
      await check();
      await check();
      await bench.api("GET", "/chats/1");
    },
  ],
  [
    "the clock was put back to before the refusal",
    async () => {
      await check();
      await check();
      await bench.box.clock.freeze("2025-06-01T12:00:00Z");
      await check();
    },
  ],
])("nothing is advised when %s", async (_, act) => {
  await act();
  expect(await bench.advised()).toEqual([]);
});

test("calls that were on their way together are none that did not wait", async () => {
  await check();
  await check();
  const [, refused] = bench.world.journal.entries();
  if (!refused) throw new Error("there were two checks");
  await bench.box.requests.clear();
  const other = { ...refused, body: { phone_number: BEN } };
  bench.world.journal.add({ ...refused, connection: 1, startedAt: 100, ms: 5 });
  bench.world.journal.add({ ...other, connection: 2, startedAt: 106, ms: 5 });
  bench.world.journal.add({ ...refused, connection: 3, startedAt: 101, ms: 11 });
  expect(await bench.advised()).toEqual([]);
  bench.world.journal.add({ ...other, connection: 4, startedAt: 130, ms: 5 });
  expect(await bench.advised()).toEqual(["retry-after-ignored 1"]);
  bench.world.journal.add({ ...refused, connection: 4, startedAt: 136, ms: 5 });
  expect(await bench.advised()).toEqual(["retry-after-ignored 2"]);
});
