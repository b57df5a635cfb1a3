import { type MockServer, startMockServer } from "../server/start-mock-server";
import type { TestSandbox } from "../test-sandbox";
import { sandboxClient } from "../testing/api-client";
import { type Receiver, startReceiver, status } from "../testing/receiver";
import { smallWorld } from "../testing/worlds";

/* What the log says of webhooks. */

let mock: MockServer;
let box: TestSandbox;
let receiver: Receiver;
let written: jest.SpyInstance;

beforeEach(async () => {
  written = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  mock = await startMockServer({ fixtures: smallWorld, log: "info" });
  box = await mock.sandbox();
  receiver = await startReceiver((res, count) => status(count === 1 ? 204 : 500)(res, count));
});

afterEach(async () => {
  await receiver.stop();
  await mock.stop();
  written.mockRestore();
});

async function subscribe(): Promise<void> {
  const webhook_subscription = { webhook_url: `${receiver.url}?key=hidden`, events: ["message.received"], version: 2 };
  await sandboxClient(box)("POST", "/webhook_subscriptions", { webhook_subscription });
}

/** The lines of the log that are not of requests, without time and port. */
function lines(): string[] {
  const text = written.mock.calls.map(([chunk]) => String(chunk)).join("");
  const all = text
    .replaceAll(/^\S+ /gm, "")
    .replaceAll(/127\.0\.0\.1:\d+/g, "host")
    .replaceAll(`/s/${box.name}/`, "/s/BOX/")
    .split("\n");
  return all.filter((line) => line !== "" && !/^(?:GET|POST|PUT) /.test(line)).map((line) => line.replace(/[\d.]+ ms/, "n ms"));
}

test("a webhook that goes out, its answer, and one that fails", async () => {
  await subscribe();
  for (const end of ["delivered", "failed"] as const) {
    await box.simulate.message({ chat: 1, text: "Hi" });
    await box.deliveries.waitFor({ status: end });
  }
  await mock.stop();
  expect(lines()).toEqual([
    "--> message.received http://host/hook (delivery 1)",
    "<-- 204 n ms message.received (delivery 1)",
    "--> message.received http://host/hook (delivery 2)",
    "webhook message.received to http://host/hook failed: the receiver answered 500 (delivery 2) http://host/s/BOX/__mock/ui/#/webhooks/2",
  ]);
});

test("why nobody is told, once for each reason", async () => {
  for (let i = 0; i < 3; i += 1) await box.simulate.message({ chat: 1, text: "Hi" });
  await subscribe();
  await box.simulate.typing({ chat: 1 });
  await mock.stop();
  expect(lines()).toEqual([
    "--x message.received reached nobody: Nobody is subscribed. Subscribe through the API, or start the mock with --webhook <url>. http://host/s/BOX/__mock/ui/#/webhooks/1",
    "--x typing_indicator.received reached nobody: Subscription 1 does not take typing_indicator.received; it takes message.received. Add typing_indicator.received to the events of subscription 1. http://host/s/BOX/__mock/ui/#/webhooks/4",
  ]);
});
