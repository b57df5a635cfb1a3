import { createHmac } from "node:crypto";
import { collectWebhooks } from "../command-line/flags";
import { startOptions } from "../command-line/start";
import type { TestSandbox } from "../test-sandbox";
import { sandboxClient } from "../testing/api-client";
import { checkControlAnswers } from "../testing/control-contract";
import { type Receiver, startReceiver } from "../testing/receiver";
import { smallWorld } from "../testing/worlds";
import type { MockServerOptions } from "./options";
import { type MockServer, startMockServer } from "./start-mock-server";
import { readWebhook } from "./webhook-option";

// Asserted here, too: A-list-order.

checkControlAnswers();

const FIRST_ID = 1_000_000_001;

let mock: MockServer | undefined;
let receiver: Receiver;

beforeEach(async () => {
  receiver = await startReceiver();
});

afterEach(async () => {
  await receiver.stop();
  await mock?.stop();
  mock = undefined;
});

async function start(options: MockServerOptions = {}): Promise<TestSandbox> {
  mock = await startMockServer({ fixtures: smallWorld, webhooks: [`${receiver.url}=s3=cret==`], ...options });
  return mock.sandbox();
}

/** Somebody writes; resolves when the receiver was told of it. */
async function hear(box: TestSandbox, text: string): Promise<void> {
  await box.simulate.message({ chat: 1, text });
  await box.deliveries.waitFor({ event: "message.received" });
}

const texts = (): string[] => receiver.received.map(({ event }) => event.data.text);

test("it is told everything, signed, in every sandbox", async () => {
  const box = await start();
  await hear(box, "one");
  await box.simulate.typing({ chat: 1 });
  await box.deliveries.waitFor({ event: "typing_indicator.received" });
  const [first, second] = receiver.received;
  expect([first?.event.event_type, second?.event.event_type]).toEqual(["message.received", "typing_indicator.received"]);
  const signature = createHmac("sha256", "s3=cret==")
    .update(first?.raw ?? "")
    .digest("hex");
  expect(first?.headers["x-webhook-signature"]).toBe(`sha256=${signature}`);
  await hear(await (mock as MockServer).sandbox("other"), "elsewhere");
  expect(receiver.received).toHaveLength(3);
});

test("it is told in the words of V3, and signed so, where it says that version", async () => {
  await hear(await start({ webhooks: [`v3:${receiver.url}=s3=cret==`] }), "one");
  expect(receiver.received.map(({ raw }) => JSON.parse(raw).api_version)).toEqual(["v3"]);
  const [ours] = receiver.received;
  const signed = `${ours?.headers["x-webhook-timestamp"]}.${ours?.raw}`;
  expect(ours?.headers["x-webhook-signature"]).toBe(createHmac("sha256", "s3=cret==").update(signed).digest("hex"));
});

test("without a secret V3 signs all the same, by one that is always the same and that the mock's own API tells", async () => {
  const secretIn = async (box: TestSandbox) => {
    const { subscriptions } = (await (await fetch(`${box.url}/__mock/subscriptions`)).json()) as { subscriptions: object[] };
    expect(subscriptions).toMatchObject([
      { signed: true, version: "v3", signing_secret: expect.stringMatching(/^whsec_.{44}$/) },
    ]);
    return (subscriptions[0] as { signing_secret: string }).signing_secret;
  };
  const box = await start({ webhooks: [`v3:${receiver.url}`] });
  const secret = await secretIn(box);
  expect(await secretIn(await (mock as MockServer).sandbox())).toBe(secret);
  await hear(box, "one");
  const [ours] = receiver.received;
  const { "webhook-id": id, "webhook-timestamp": at } = ours?.headers ?? {};
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  expect(ours?.headers["webhook-signature"]).toBe(
    `v1,${createHmac("sha256", key).update(`${id}.${at}.${ours?.raw}`).digest("base64")}`,
  );
  await mock?.stop();
  expect(await secretIn(await start({ webhooks: [`v3:${receiver.url}`] }))).toBe(secret);
});

test("it outlives a reset, a restore, other fixtures and a load", async () => {
  const box = await start();
  await box.snapshots.save("start");
  const ways = [
    () => box.reset(),
    () => box.snapshots.restore("start"),
    () => box.load({ ...smallWorld }),
    () => mock?.reset(),
  ];
  for (const [i, way] of ways.entries()) {
    await way();
    await hear(box, `after ${i}`);
  }
  expect(texts()).toEqual(["after 0", "after 1", "after 2", "after 3"]);
});

test("the API neither lists it, nor ends it, nor counts it; the mock's own API shows it", async () => {
  const box = await start();
  const call = sandboxClient(box);
  const before = await box.state();
  await hear(box, "Hi");
  expect((await call("GET", "/webhook_subscriptions")).webhook_subscriptions).toEqual([]);
  await expect(call("DELETE", `/webhook_subscriptions/${FIRST_ID}`)).rejects.toThrow("404");
  const webhook_subscription = { webhook_url: "http://127.0.0.1:1/", events: ["message.read"], version: 2 };
  expect((await call("POST", "/webhook_subscriptions", { webhook_subscription })).webhook_subscription.id).toBe(1);
  const { subscriptions } = (await (await fetch(`${box.url}/__mock/subscriptions`)).json()) as { subscriptions: object[] };
  expect(subscriptions).toMatchObject([
    { id: 1, origin: "api" },
    { id: FIRST_ID, origin: "option", url: receiver.url, signed: true, delivery_attempts: 1, version: "v2" },
  ]);
  expect(JSON.stringify(subscriptions)).not.toContain("s3=cret");
  expect(before).not.toHaveProperty("webhook_subscriptions.0");
  expect(JSON.stringify(await box.state())).not.toContain(receiver.url);
});

test("its deliveries are sent again, as others are", async () => {
  const box = await start();
  await hear(box, "Hi");
  await box.deliveries.redeliver(1, { signature: "spoilt" });
  await box.deliveries.waitFor({ event: "message.received" }, { count: 2 });
  expect(texts()).toEqual(["Hi", "Hi"]);
});

test("a subscription of the API to the same receiver is told that events come twice; one elsewhere is not", async () => {
  const box = await start();
  const hintFor = async (webhook_url: string): Promise<string | null> => {
    const response = await fetch(`${box.url}/api/partner/v2/webhook_subscriptions`, {
      method: "POST",
      headers: { "X-LINQ-INTEGRATION-TOKEN": "test", "Content-Type": "application/json" },
      body: JSON.stringify({ webhook_subscription: { webhook_url, events: ["message.sent"], version: 2 } }),
    });
    expect(response.status).toBe(201);
    return response.headers.get("x-linq-mock-hint");
  };
  expect(await hintFor(receiver.url)).toBe(
    "--webhook sends everything to this webhook_url already, so that these events will come twice.",
  );
  expect(await hintFor(`${receiver.url}/2`)).toBeNull();
});

test.each([
  ["http://localhost:3000/hook", "http://localhost:3000/hook", null],
  ["http://localhost:3000/hook=s3cret", "http://localhost:3000/hook", "s3cret"],
  ["http://localhost:3000=whsec_abc==", "http://localhost:3000", "whsec_abc=="],
  ["http://localhost:3000/?key=1", "http://localhost:3000/?key=1", null],
  ["http://localhost:3000/=a?b", "http://localhost:3000/", "a?b"],
])("%s is a URL and a secret", (written, url, secret) => {
  expect(readWebhook(written)).toEqual({ url, secret });
});

test("a URL with a query takes its secret by name", () => {
  const webhook = { url: "http://localhost:3000/?key=1", secret: "s3cret" };
  expect(readWebhook(webhook)).toEqual(webhook);
});

test.each([
  ["localhost:3000", "A webhook is an http or https URL, such as http://localhost:3000/hook, not localhost:3000"],
  ["ftp://localhost/", "A webhook is an http or https URL, such as http://localhost:3000/hook, not ftp://localhost/"],
  ["http://localhost:3000/=", "The secret of the webhook http://localhost:3000/ is blank; leave out the = to sign nothing"],
  [
    "http://hooks.example.com/",
    "The webhook http://hooks.example.com/ gets nothing: webhooks go to this machine only; --allow-webhook-host hooks.example.com allows this one (in code, allowWebhookHosts)",
  ],
])("a mock does not start with the webhook %s", async (webhook, message) => {
  await expect(start({ webhooks: [webhook] })).rejects.toThrow(new RangeError(message));
});

test("a host that was allowed is one; what is no webhook at all is refused by its name", async () => {
  await start({ webhooks: ["http://hooks.example.com/"], allowWebhookHosts: ["hooks.example.com"] });
  // @ts-expect-error: for callers whom no compiler tells
  await expect(startMockServer({ webhooks: receiver.url })).rejects.toThrow("the option webhooks must be an array of URLs");
  // @ts-expect-error: for callers whom no compiler tells
  await expect(startMockServer({ webhooks: [{ secret: "x" }] })).rejects.toThrow(
    "the option webhooks must be an array of URLs",
  );
});

test("the flag is repeatable, and an environment variable; commas part URLs alone", () => {
  const first = collectWebhooks("http://a/=x,y", []);
  expect(collectWebhooks("http://b/,https://c/=z", first)).toEqual(["http://a/=x,y", "http://b/", "https://c/=z"]);
  expect(() => collectWebhooks("nowhere", [])).toThrow("A webhook is an http or https URL");
  expect(startOptions().find((option) => option.long === "--webhook")?.envVar).toBe("LINQ_MOCK_WEBHOOK");
});
