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
    expect(await row.locator(".item .state").innerText()).toMatch(/^failed: .*500.*; 2 deliveries$/);
    expect(await page.locator(".said").innerText()).toContain(`message.sent to ${urls[0]} failed`);
    expect(await row.locator(".note").innerText()).toContain(`Why no webhook? ${urls[0]} did not get it`);
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

  test("rows of webhooks and requests name the chat that they are about", async () => {
    const { page, row } = await opened([]);
    await row.getByText("Ellen Prewitt").waitFor();
    await page.getByRole("link", { name: /^Requests/ }).click();
    await page
      .getByRole("button", { name: /chat_messages/ })
      .getByText("Ellen Prewitt")
      .waitFor();
  });
});
