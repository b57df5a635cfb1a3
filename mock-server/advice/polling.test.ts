import { AdviceTester } from "../testing/advice-tester";
import { startReceiver } from "../testing/receiver";

const bench = new AdviceTester();

const MESSAGES = "/chats/1/chat_messages";

interface Manner {
  readonly times?: number;
  readonly everyMs?: number;
  between?(turn: number): Promise<unknown>;
}

async function ask({ times = 5, everyMs = 1000, between = async () => {} }: Manner): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) {
    if (turn > 0) await bench.box.clock.advance(everyMs);
    await between(turn);
    await bench.api("GET", MESSAGES, undefined, { "X-Request-Id": `ask-${turn}` });
  }
}

test("the same question every second", async () => {
  await ask({ times: 7 });
  expect(await bench.box.advice()).toMatchObject([
    {
      id: "polling",
      title: "1 question was asked again and again",
      evidence: [
        {
          requests: ["ask-2", "ask-3", "ask-4", "ask-5", "ask-6"],
          at: "2025-07-01T12:00:06.000-05:00",
          what: "GET /api/partner/v2/chats/1/chat_messages was asked 7 times in 6 s; 6 answers were as the one before",
        },
      ],
    },
  ]);
});

test("requests of the contract kit count for nobody", async () => {
  const kit = { "User-Agent": "linq-mock" };
  for (let i = 0; i < 7; i += 1) await bench.api("GET", MESSAGES, undefined, kit);
  expect(await bench.advised()).toEqual([]);
  for (let i = 0; i < 7; i += 1) await bench.api("GET", MESSAGES);
  expect(await bench.advised()).toEqual(["polling 1"]);
});

test("whoever waits like that for one delivery polls, too", async () => {
  await bench.api("POST", MESSAGES, { message: { text: "Hi" } });
  await ask({ everyMs: 250 });
  expect((await bench.box.advice())[0]?.remedy).toContain("a delivery_status among them (A-event-none)");
  expect(await bench.advised()).toEqual(["polling 1"]);
});

test("two runs count as two", async () => {
  await ask({});
  await bench.box.clock.advance(60_000);
  await ask({ times: 8 });
  expect(await bench.advised()).toEqual(["polling 2"]);
});

test.each<[string, Manner]>([
  ["it is asked four times", { times: 4 }],
  ["two seconds lie between", { times: 10, everyMs: 2000 }],
  ["a timer of two seconds rings too early", { times: 10, everyMs: 1995 }],
  [
    "something new is there each time",
    { times: 10, between: (turn) => bench.box.simulate.message({ chat: 1, text: String(turn) }) },
  ],
  ["it follows on a change of one's own", { times: 10, between: () => bench.api("PUT", "/chats/1/mark_as_read") }],
])("nothing is advised when %s", async (_, manner) => {
  await ask(manner);
  expect(await bench.advised()).toEqual([]);
});

test("a webhook of another chat, or one alone, is no reason to ask so often", async () => {
  const receiver = await startReceiver();
  const subscription = { webhook_url: receiver.url, version: 2, events: ["typing_indicator.received"] };
  await bench.api("POST", "/webhook_subscriptions", { webhook_subscription: subscription });
  await bench.box.simulate.typing({ chat: 1 });
  await bench.box.deliveries.waitFor({}, { count: 1 });
  const somebodyElse = async (): Promise<void> => {
    await bench.box.simulate.typing({ chat: 4, typing: false });
    await bench.box.simulate.typing({ chat: 4 });
    await bench.box.clock.advance(0);
  };
  await ask({ between: somebodyElse });
  expect(await bench.advised()).toEqual(["polling 1"]);
  await receiver.stop();
});

test("nothing is advised when the receiver reads before it answers, or answers that it failed", async () => {
  let read: Promise<unknown> = Promise.resolve();
  const receiver = await startReceiver(async (res, count) => {
    read = bench.api("GET", MESSAGES);
    await read;
    res.writeHead(count % 2 === 0 ? 200 : 500).end();
  });
  const subscription = {
    webhook_url: receiver.url,
    version: 2,
    events: ["typing_indicator.received", "typing_indicator.removed"],
  };
  await bench.api("POST", "/webhook_subscriptions", { webhook_subscription: subscription });
  for (let turn = 0; turn < 12; turn += 1) {
    await bench.box.simulate.typing({ chat: 1, typing: turn % 2 === 0 });
    await bench.box.clock.advance(100);
  }
  await read;
  expect((await bench.box.requests.list({ operation: "listMessages" })).length).toBe(12);
  expect(await bench.advised()).toEqual([]);
  await receiver.stop();
});

test("nothing is advised when the questions differ", async () => {
  for (const page of [1, 2, 3, 4, 5, 6]) await bench.api("GET", `${MESSAGES}?page=${page}`);
  expect(await bench.advised()).toEqual([]);
});

test("nothing is advised to whoever asks again because it failed", async () => {
  await ask({ times: 1 });
  const [entry] = bench.world.journal.entries();
  if (!entry) throw new Error("there was a question");
  for (let i = 0; i < 6; i += 1) bench.world.journal.add({ ...entry, status: 503 });
  for (let i = 0; i < 6; i += 1) bench.world.journal.add({ ...entry, fault: "truncated" });
  expect(await bench.advised()).toEqual([]);
});
