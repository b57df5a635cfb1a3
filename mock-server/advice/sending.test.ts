import type { FixtureFaultRule } from "../index";
import { AdviceTester } from "../testing/advice-tester";
import { ANN, BEN, LINE } from "../testing/worlds";
import type { JournalEntry } from "../world/journal";

const bench = new AdviceTester();

const MESSAGES = "/chats/1/chat_messages";

function send(text: string, more: object = {}, headers: Record<string, string> = {}) {
  return bench.api("POST", MESSAGES, { message: { text, ...more } }, headers);
}

function create(text: string, ...phone_numbers: string[]) {
  return bench.api("POST", "/chats", { send_from: LINE, chat: { phone_numbers }, message: { text } });
}

test("the same text to the same chat, without a key", async () => {
  await send("Hi", {}, { "X-Request-Id": "first" });
  await bench.box.clock.advance(1500);
  await send("Hi", {}, { "X-Request-Id": "second" });
  expect(await bench.box.advice()).toEqual([
    {
      id: "message-repeated",
      title: "1 message was sent again without an idempotency key",
      count: 1,
      evidence: [
        {
          requests: ["first", "second"],
          deliveries: [],
          at: "2025-07-01T12:00:01.500-05:00",
          what: "POST /api/partner/v2/chats/1/chat_messages sends what first sent 1.5 s before, which was accepted (201)",
        },
      ],
      remedy: expect.stringContaining("idempotency_key"),
    },
  ]);
});

test("Create Chat knows its people in any order and form", async () => {
  await create("Hi", ANN, BEN);
  await create("Hi", "2055550102", ANN);
  expect(await bench.advised()).toEqual(["message-repeated 1"]);
});

test("a form is read, too", async () => {
  for (const name of ["plan.pdf", "plan.pdf", "other.pdf"]) {
    const form = new FormData();
    form.set("message[text]", "The plan");
    form.set("message[attachments][]", new Blob(["bytes"]), name);
    await bench.api("POST", MESSAGES, form);
  }
  expect(await bench.advised()).toEqual(["message-repeated 1"]);
});

test.each([
  ["a 503", { status: 503 }],
  ["a 408", { status: 408 }],
  ["a fault that gave no answer", { status: 0, fault: "drop" }],
])("after %s, a retry needs a key", async (_, failed) => {
  await send("Hi");
  const [sent] = bench.world.journal.entries();
  await bench.box.requests.clear();
  bench.world.journal.add({ ...(sent as JournalEntry), requestId: "failed", ...failed });
  await send("Hi");
  expect(await bench.advised()).toEqual(["message-repeated 1"]);
});

test.each<[string, () => Promise<unknown>]>([
  [
    "a key is sent with each attempt",
    async () => {
      await send("Hi", { idempotency_key: "k" });
      await send("Hi", { idempotency_key: "k" });
    },
  ],
  [
    "more than half a minute has passed",
    async () => {
      await send("Hi");
      await bench.box.clock.advance(30_001);
      await send("Hi");
    },
  ],
  [
    "the earlier one was refused",
    async () => {
      await bench.api("POST", MESSAGES, { message: { text: "linq-mock: refused" } });
      await bench.api("POST", MESSAGES, { message: { text: "linq-mock: refused" } });
      await bench.api("POST", MESSAGES, { message: "Hi" });
      await bench.api("POST", MESSAGES, { message: "Hi" });
      await bench.api("POST", "/chats", [1]);
      await create("Hi", "no number");
    },
  ],
  ...[{ fault: "rate-limit", retry_after: 1 }, { fault: "expired-token" }, { fault: "status", status: 422 }].map(
    (fault): [string, () => Promise<unknown>] => [
      `the earlier one was refused by a fault, ${fault.fault}`,
      async () => {
        await bench.box.faults.arm({ ...fault, first: 1 } as FixtureFaultRule);
        await send("Hi");
        await bench.box.clock.advance(2000);
        await send("Hi");
      },
    ],
  ),
  [
    "the earlier one was only wished for",
    async () => {
      await send("Hi", {}, { Prefer: "code=201" });
      await send("Hi");
    },
  ],
  [
    "it goes to other people, or says something else",
    async () => {
      await send("Hi");
      await send("Hi!");
      await create("Hi", ANN);
      await create("Hi", BEN);
      await bench.api("POST", "/chats/2/chat_messages", { message: { text: "Hi" } });
    },
  ],
])("nothing is advised when %s", async (_, act) => {
  await act();
  expect(await bench.advised()).toEqual([]);
});
