import { AdviceTester } from "../testing/advice-tester";
import { startReceiver } from "../testing/receiver";
import type { Attempt } from "../world/delivery-log";
import { ABOUT_NOTHING } from "../world/events";

/* What the deliveries show. A receiver that is slow would take its time here, too, so what it did is put into the log. */

const bench = new AdviceTester();

const AT = Date.UTC(2025, 6, 1, 17);

function deliver(
  attempt: Partial<Attempt>,
  url = "http://localhost:3000/",
  status: "delivered" | "failed" = "delivered",
  times = 1,
): void {
  const { deliveries } = bench.world;
  const event = {
    eventType: "message.sent",
    eventId: "e",
    body: "{}",
    url,
    subscriptionId: 1,
    version: "v2",
    webhookEventId: 1,
  };
  const delivery = deliveries.add({ ...event, createdAt: AT, about: ABOUT_NOTHING });
  if (!delivery) throw new Error("the log is full");
  for (let i = 0; i < times; i += 1)
    delivery.attempts.push({ at: AT, signedAt: AT, ms: 20, status: 200, error: undefined, headers: {}, ...attempt });
  deliveries.finish(delivery, status);
}

test("receivers that take more than ten seconds", async () => {
  deliver({ ms: 10_001 });
  deliver({ ms: 14_990, status: undefined, error: "no answer within 15 s" });
  deliver({ ms: 10_000 });
  deliver({ ms: 2000, status: undefined, error: "no answer within 15 s", failure: "receiver_too_slow" }); // the clock was advanced
  deliver({ ms: 10_000, status: undefined, error: "no answer within 10 s", failure: "receiver_too_slow" });
  expect(await bench.box.advice()).toMatchObject([
    {
      id: "slow-receiver",
      title: "3 webhooks took their receivers more than 10 s",
      evidence: [
        { deliveries: [5], what: "message.sent had no answer in time" },
        { deliveries: [2], what: "message.sent had no answer after 15.0 s" },
        { deliveries: [1], what: "message.sent was answered 200 after 10.0 s", at: AdviceTester.NOW },
      ],
    },
  ]);
});

test("a webhook that was sent several times is one", async () => {
  deliver({ ms: 11_000, status: undefined }, undefined, "failed", 3);
  expect(await bench.advised()).toEqual(["slow-receiver 1"]);
});

test("receivers that take nothing", async () => {
  const REFUSED = { status: 500, error: "the receiver answered 500", failure: "receiver_refused" } as const;
  for (const url of ["http://localhost:3001/?key=k", "http://localhost:3002/"]) {
    for (let i = 0; i < 3; i += 1) deliver(REFUSED, url, "failed");
  }
  deliver({}, "http://localhost:3002/");
  deliver(REFUSED, "http://localhost:3003/", "failed");
  const late = { ms: 5, status: undefined, failure: "receiver_too_slow" } as const;
  for (let i = 0; i < 3; i += 1) deliver(late, "http://localhost:3004/", "failed");
  expect(await bench.box.advice()).toMatchObject([
    {
      id: "receiver-failing",
      title: "1 receiver has taken none of its webhooks",
      evidence: [
        {
          deliveries: [1, 2, 3],
          what: "3 webhooks to http://localhost:3001/ failed; message.sent: the receiver answered 500",
        },
      ],
    },
  ]);
});

test("receivers that take what is badly signed", async () => {
  const receiver = await startReceiver((res, count) => res.writeHead([204, 401, 200][count - 1] ?? 500).end());
  const webhook_subscription = { webhook_url: receiver.url, events: ["message.sent"], version: 2, secret: "s" };
  await bench.api("POST", "/webhook_subscriptions", { webhook_subscription });
  await bench.box.faults.arm({ fault: "webhook-bad-signature", first: 2 });
  for (const text of ["one", "two", "three"]) {
    await bench.api("POST", "/chats/1/chat_messages", { message: { text } });
    await bench.box.clock.advance(0);
  }
  await receiver.stop();
  expect(receiver.received).toHaveLength(3);
  expect(await bench.box.advice()).toMatchObject([
    {
      id: "bad-signature-accepted",
      title: "1 badly signed webhook was accepted",
      evidence: [{ deliveries: [1], what: "a badly signed message.sent was answered 204" }],
    },
  ]);
});

test("what the mock's own receiver takes, or how slowly, is no advice", async () => {
  const open = { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" };
  const { receiver } = (await (await fetch(`${bench.box.url}/__mock/receiver`, open)).json()) as { receiver: { url: string } };
  await bench.box.faults.arm({ fault: "webhook-bad-signature" });
  await bench.api("POST", "/chats/1/chat_messages", { message: { text: "Hi" } });
  const [taken] = await bench.box.deliveries.waitFor({ event: "message.sent" });
  expect(taken).toMatchObject({ url: receiver.url, fault: "webhook-bad-signature", attempts: [{ status: 200 }] });
  deliver({ ms: 12_000 }, receiver.url);
  expect(await bench.advised()).toEqual([]);
});

test("nothing is advised to a receiver that answers at once", async () => {
  const receiver = await startReceiver();
  const webhook_subscription = { webhook_url: receiver.url, events: ["message.sent"], version: 2, secret: "s" };
  await bench.api("POST", "/webhook_subscriptions", { webhook_subscription });
  await bench.api("POST", "/chats/1/chat_messages", { message: { text: "Hi" } });
  await bench.box.deliveries.waitFor({ event: "message.sent" });
  await receiver.stop();
  expect(await bench.advised()).toEqual([]);
});
