import { describeInBrowser, goTo, PageTester } from "./testing/browser";
import { hostileTexts } from "./testing/hostile-texts";

const tester = new PageTester();
const LINE = "+12052761148";
/** How many of the texts are in one conversation; every one of them is a name of a contact and of a conversation, too. */
const PER_CHAT = 10;
const headers = { "X-LINQ-INTEGRATION-TOKEN": "any", "Content-Type": "application/json" };

describeInBrowser("the inbox is inert", () => {
  tester.watch();

  test("100 hostile texts run nothing, lead nowhere and change nothing, wherever they are shown", async () => {
    expect(hostileTexts.length).toBeGreaterThanOrEqual(100);
    const mock = await tester.mock({
      fixtures: {
        version: 1,
        lines: [{ phone_number: LINE }],
        contacts: hostileTexts.map((text, i) => ({
          phone_number: numberOf(i),
          first_name: text.slice(0, 500),
          last_name: text.slice(0, 500),
        })),
        chats: hostileTexts.map((text, i) => ({
          line: LINE,
          participants: [numberOf(i)],
          display_name: text.slice(0, 200) || "empty",
          messages: hostileTexts.slice(i * PER_CHAT, (i + 1) * PER_CHAT).map((one) => ({ from: numberOf(i), text: one })),
        })),
      },
    });
    const box = await mock.sandbox("default");
    for (const [i, text] of hostileTexts.entries()) {
      const path = `/api/partner/v2/chats/${(i % hostileTexts.length) + 1}/chat_messages?${new URLSearchParams({ q: text.slice(0, 300) })}`;
      await fetch(mock.url + path, {
        method: "POST",
        headers,
        body: JSON.stringify({ message: { text, [text.slice(0, 100)]: text.slice(0, 100) } }),
      });
    }
    await box.simulate.message({ chat: 1, from: numberOf(0), text: "", attachments: files() });
    const page = await tester.open(mock.url);
    const origin = new URL(mock.url).origin;
    const outside: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url())) outside.push(request.url());
    });
    for (let chat = 1; chat <= Math.ceil(hostileTexts.length / PER_CHAT); chat += 1) {
      await page.evaluate(goTo, `#/chats/${chat}`);
      await page.waitForSelector(`.stamp[href*="#/chats/${chat}?"]`);
    }
    for (const address of ["#/webhooks", "#/requests", "#/faults", "#/advice", "#/state"]) {
      await page.evaluate(goTo, address);
      await page.waitForTimeout(50);
      for (const item of (await page.locator(".inspector .item[aria-expanded]").all()).slice(0, 3)) await item.click();
    }
    const found = await page.evaluate(() => ({
      ran: (window as unknown as { pwned?: unknown }).pwned,
      scripts: document.scripts.length,
      foreign: [
        ...document.querySelectorAll(
          "iframe, object, embed, base, form[action], meta[http-equiv], svg, math, [onerror], [onload], [onclick]",
        ),
      ].map(({ outerHTML }) => outerHTML),
      links: [...document.querySelectorAll("a")].map(({ href }) => href).filter((href) => !href.startsWith(location.origin)),
      styles: document.querySelectorAll("style").length,
    }));
    expect(found).toEqual({ ran: undefined, scripts: 1, foreign: [], links: [], styles: 0 });
    expect(outside).toEqual([]);
  });

  test("a text of 100 kB is shown in part, until it is asked for", async () => {
    const mock = await tester.mock();
    const box = await mock.sandbox("default");
    const text = "long ".repeat(20_000);
    await box.simulate.message({ chat: 46, text });
    const page = await tester.open(mock.url, "#/chats/46");
    const bubble = page.locator(".message").last();
    const whole = bubble.getByRole("button", { name: "Show all 100,000 characters" });
    expect((await bubble.innerText()).length).toBeLessThan(2000);
    await whole.click();
    expect((await bubble.innerText()).length).toBeGreaterThan(99_000);
  });

  test("an attachment that is a page or a drawing with a script runs nothing, in the page or beside it", async () => {
    const mock = await tester.mock();
    const box = await mock.sandbox("default");
    await box.simulate.message({ chat: 46, text: "", attachments: files() });
    const page = await tester.open(mock.url, "#/chats/46");
    const message = page.locator(".message").last();
    await message.locator("img").first().waitFor();
    for (const link of await message.locator("a.file").all()) {
      const [opened] = await Promise.all([page.context().waitForEvent("page"), link.click()]);
      await opened.waitForLoadState().catch(() => undefined); // a download has none
      if (opened.url().startsWith("http")) expect(await opened.evaluate(() => document.title)).not.toBe("pwned");
      await opened.close();
    }
    expect(await page.evaluate(() => (window as unknown as { pwned?: unknown }).pwned)).toBeUndefined();
  });

  test("no secret is in the page", async () => {
    const mock = await tester.mock();
    const secret = "whsec-of-the-test-4711";
    const body = JSON.stringify({
      webhook_subscription: { webhook_url: "http://127.0.0.1:9/", secret, version: 2, events: ["message.sent"] },
    });
    await fetch(`${mock.url}/api/partner/v2/webhook_subscriptions`, {
      method: "POST",
      headers: { ...headers, "X-LINQ-INTEGRATION-TOKEN": "token-of-the-test-4711", "X-Request-Id": "my-call" },
      body,
    });
    const page = await tester.open(mock.url, "#/requests/my-call");
    await page.getByText("Request headers").click();
    for (const summary of await page.locator(".inspector summary").all()) if (await summary.isVisible()) await summary.click();
    expect(await page.content()).not.toContain("4711");
  });
});

function numberOf(i: number): string {
  return `+1205555${String(i).padStart(4, "0")}`;
}

function files() {
  const script = "<script>window.pwned = 1; parent.pwned = 1; document.title = 'pwned'</script>";
  const encode = (text: string): string => Buffer.from(text).toString("base64");
  return [
    { filename: "page.html", mime_type: "text/html", content_base64: encode(`<title>x</title>${script}`) },
    {
      filename: "drawing.svg",
      mime_type: "image/svg+xml",
      content_base64: encode(`<svg xmlns="http://www.w3.org/2000/svg" onload="window.pwned=1">${script}</svg>`),
    },
  ];
}
