import type { Answer } from "../testing/receiver";
import { describeInBrowser, PageTester } from "./testing/browser";

const tester = new PageTester();
const HEADERS = { "X-LINQ-INTEGRATION-TOKEN": "any", "Content-Type": "application/json" };

const slowly: Answer = (res) => {
  setTimeout(() => res.end(), 200);
};

async function opened(answers: readonly Answer[]) {
  const mock = await tester.mock();
  const post = (path: string, body: object): Promise<Response> =>
    fetch(`${mock.url}/api/partner/v2${path}`, { method: "POST", headers: HEADERS, body: JSON.stringify(body) });
  const urls: string[] = [];
  for (const answer of answers) {
    const { url } = await tester.receiver(answer);
    urls.push(url);
    const hook = { webhook_url: url, secret: "s", version: 2, events: ["message.sent"] };
    await post("/webhook_subscriptions", { webhook_subscription: hook });
  }
  const page = await tester.open(mock.url, "#/chats/46");
  await post("/chats/46/chat_messages", { message: { text: "Hello" } });
  return { mock, page, urls, row: page.locator('li[id^="event-"]', { hasText: "message.sent" }) };
}

describeInBrowser("what became of an event", () => {
  tester.watch();

  test("of two receivers the one that fared worse counts, until it has got it", async () => {
    let code = 500;
    const broken: Answer = (res) => res.writeHead(code).end("the database is away");
    const { page, urls, row } = await opened([broken, slowly]);
    const tab = page.getByRole("link", { name: /^Webhooks/ });
    await row.getByRole("button").click();
    await page.getByRole("region", { name: "Delivery 2" }).getByText("delivered: 200").waitFor();
    expect(
      await page
        .getByRole("region", { name: /^Delivery/ })
        .first()
        .getAttribute("aria-label"),
    ).toBe("Delivery 1"); // which failed
    expect(await row.locator(".item .state").innerText()).toMatch(/^1 of 2 failed: .*500.*$/);
    expect(await page.locator(".said").innerText()).toMatch(`message.sent to \u2068${urls[0]}\u2069 failed`);
    expect(await row.locator(".note").innerText()).toContain(`Why no webhook? \u2068${urls[0]}\u2069 did not get it`);
    expect(await tab.innerText()).toMatch(/\b1 failed$/);
    await page.getByRole("region", { name: "Delivery 1" }).getByRole("cell", { name: "the database is away" }).waitFor();

    code = 200;
    await page.getByRole("heading", { name: "Ellen Prewitt" }).focus();
    await page.keyboard.press("r"); // it is the one that failed that is sent again
    await page.getByRole("region", { name: "Delivery 3" }).getByText("delivered: 200").waitFor();
    expect(await row.locator(".item .state").innerText()).toMatch(/^delivered: 200.*; 3 deliveries$/);
    expect(await row.locator(".note").count()).toBe(0);
    expect(await tab.innerText()).not.toContain("failed");
  });

  test("what a receiver has not answered yet waits for the answer, and can be dropped", async () => {
    const { page, row } = await opened([() => undefined]);
    await row.getByText(/^waiting for the answer, [1-9] s$/).waitFor();
    await row.getByRole("button").click();
    await page.getByRole("region", { name: "Delivery 1" }).getByRole("button", { name: "Drop" }).click();
    await row.locator(".item").getByText("dropped").waitFor();
    await page.reload(); // without the status line's memory
    await row.locator(".item").getByText("dropped").waitFor();
    await page.getByRole("region", { name: "Delivery 1" }).getByRole("button", { name: "Send in 10 s" }).click();
    await page.getByRole("region", { name: "Delivery 2" }).getByRole("button", { name: "Drop" }).click();
    await page.getByText(/^Delivery 1, .*: dropped\. Delivery 2, .*: dropped\. Redeliver sends it again\.$/).waitFor();
  });

  test("what the status line sends again is the event that it names, unless another is open", async () => {
    const { mock, page, row } = await opened([slowly]);
    const box = await mock.sandbox("default");
    await row.getByText("delivered: 200").waitFor();
    await box.simulate.message({ chat: 45, text: "Nobody has asked for this" });
    await page.locator(".said", { hasText: "message.received reached nobody" }).waitFor();
    expect(await page.locator(".said a").getAttribute("href")).toBe("#/webhooks/2?chat=46");
    expect(await page.locator(".status .again").count()).toBe(0);
    await page.keyboard.press("r"); // the last that anybody got
    await row.getByText(/; 2 deliveries$/).waitFor();
    await row.getByRole("button").click();
    await page.getByRole("button", { name: /^Redeliver message.sent Ellen Prewitt/ }).click();
    await row.getByText("delivered: 200").first().waitFor();
    await page.getByRole("region", { name: "Delivery 3" }).waitFor();
    await page.getByRole("region", { name: "Delivery 2" }).getByRole("button", { name: "Send twice" }).click();
    for (const copy of [4, 5])
      await page
        .getByRole("region", { name: "Delivery 2" })
        .getByText(new RegExp(`^Delivery ${copy}, delivered: 200`))
        .waitFor();
    await row.locator(".row-link").click(); // closed again
    await box.simulate.message({ chat: 45, text: "Nor for this" });
    await page.locator(".said", { hasText: "message.received reached nobody" }).waitFor();
    await row.locator(".row-link").focus();
    await page.keyboard.press("r"); // the one that has the focus, whatever came last
    await row.getByText(/; 6 deliveries$/).waitFor();
  });

  test("rows of webhooks and requests name the chat that they are about; what waits for its next try is not said to be redelivered", async () => {
    const { mock, page, row } = await opened([]);
    await row.getByText("Ellen Prewitt").waitFor();
    const { url } = await tester.receiver((res) => res.writeHead(500).end());
    const body = JSON.stringify({ url, version: "v3" });
    await fetch(`${mock.url}/__mock/subscriptions`, { method: "POST", headers: HEADERS, body });
    await (await mock.sandbox("default")).simulate.message({ chat: 46, text: "Again" });
    const waiting = page.locator('li[id^="event-"]', { hasText: /waiting: attempt 2/ });
    await waiting.getByRole("button").first().click();
    expect(await waiting.locator(".note").innerText()).toMatch(/^Why no webhook\? (?!.*Redeliver).*tried again at/);
    await waiting.getByRole("button", { name: "Run to the next try (moves the clock)" }).waitFor();
    await page.getByRole("link", { name: /^Requests/ }).click();
    await page
      .getByRole("button", { name: /chat_messages/ })
      .getByText("Ellen Prewitt")
      .waitFor();
  });
});
