import { once } from "node:events";
import { createServer } from "node:net";
import type { Page } from "playwright-core";
import { killAll, linqMock, start } from "../testing/command";
import { describeInBrowser, PageTester } from "./testing/browser";

const tester = new PageTester();
const LINE = "+12052761148";
const ANN = "+12055550101";

/** A chat with so many messages, an hour apart. */
function longChat(messages: number) {
  const sentAt = (i: number): string => new Date(Date.UTC(2025, 0, 1) + i * 3_600_000).toISOString();
  const all = Array.from({ length: messages }, (_, i) => ({
    from: i % 2 === 0 ? ANN : LINE,
    text: `Message ${i}`,
    sent_at: sentAt(i),
  }));
  return { version: 1 as const, lines: [{ phone_number: LINE }], chats: [{ line: LINE, participants: [ANN], messages: all }] };
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return String(port);
}

/** The ids of the rows of webhooks, and of messages, as they stand in the page. */
function rows(page: Page): Promise<string[]> {
  return page.evaluate(() => [...document.querySelectorAll(".items > li, .message")].map(({ id }) => id));
}

describeInBrowser("the inbox keeps going", () => {
  tester.watch();
  afterAll(killAll);

  test("a server that is killed is missed within 2 s, and its successor found, with no row lost or doubled", async () => {
    const port = await freePort();
    const first = await start(["--port", port, "--log", "warn"]);
    const page = await tester.open(first.url, "#/chats/46");
    const write = (text: string): Promise<Response> =>
      fetch(`${first.url}/__mock/simulate/message`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ chat: 46, text }),
      });
    await fetch(`${first.url}/__mock/subscriptions`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ url: "http://127.0.0.1:9/" }),
    });
    await write("Written before the end");
    await page.getByRole("log").getByText("Written before the end").waitFor();
    first.child.kill("SIGKILL");
    const killedAt = performance.now();
    await page.getByText("The mock has stopped").waitFor();
    await page.locator(".bar").getByText("disconnected").waitFor();
    expect(performance.now() - killedAt).toBeLessThan(2000);

    await page.getByLabel("Message", { exact: true }).fill("To nobody");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("The mock does not answer").waitFor();

    const second = linqMock(["--port", port]);
    while (!(await fetch(`${first.url}/__mock/health`).catch(() => undefined))?.ok) await once(second.stderr, "data");
    await page.getByRole("status").getByText("The mock was started anew. Your subscriptions are gone").waitFor();
    await page.getByRole("alert").waitFor({ state: "detached" });
    for (const text of ["One", "Two", "Three"]) await write(text);
    await page.getByRole("log").getByText("Three", { exact: true }).waitFor();
    await page.getByText("The mock has stopped").waitFor({ state: "detached" });
    expect(await page.getByRole("log").getByText("Written before the end").count()).toBe(0); // that world is gone
    const shown = await rows(page);
    expect(shown.filter((id) => /^message-33[345]$/.test(id))).toEqual(["message-333", "message-334", "message-335"]);
    expect(shown.filter((id) => id.startsWith("event-"))).toHaveLength(3);
    expect(new Set(shown).size).toBe(shown.length);
  });

  test("seven pages take one stream, the app's calls from the browser pass, and another page reads on when the first is closed", async () => {
    const mock = await tester.mock({ fixtures: longChat(1) });
    const context = await tester.context({ viewport: { width: 400, height: 400 } }); // seven are drawn
    const streams: string[] = [];
    context.on("request", (request) => {
      if (request.url().includes("/__mock/events")) streams.push(request.url());
    });
    const pages: Page[] = [];
    for (let i = 0; i < 7; i += 1) {
      const page = await (i < 2 ? tester.newPage(context) : tester.popup(pages.at(-1) as Page)); // two processes are enough
      await page.goto(`${mock.url}/__mock/ui/#/chats/1`);
      await page.waitForSelector(".page");
      pages.push(page);
    }
    expect(streams).toHaveLength(1);
    const [first, second] = pages as [Page, Page];
    tester.allowsOthers = true;
    const found = await second.evaluate(async () => {
      const path = "/api/partner/v2/chats/find?phone_number=%2B12052761148&phone_numbers%5B%5D=%2B12055550101";
      return (await fetch(path, { headers: { "X-LINQ-INTEGRATION-TOKEN": "any" } })).json(); // a queue behind seven streams never ends: a browser has six connections
    });
    tester.allowsOthers = false;
    expect(found).toMatchObject({ data: { chat: { id: 1 } } });
    await first.close();
    const box = await mock.sandbox("default");
    await box.simulate.message({ chat: 1, text: "Still there?" });
    for (const page of pages.slice(1)) await page.getByRole("log").getByText("Still there?").waitFor();
    expect(streams).toHaveLength(2);
  });

  test("a chat of 10,000 messages is a window of them, which moves without a jump", async () => {
    const mock = await tester.mock({ fixtures: longChat(10_000) });
    const page = await tester.open(mock.url, "#/chats/1");
    const log = page.getByRole("log");
    await log.getByText("Message 9999").waitFor();
    for (let i = 0; i < 8; i += 1) {
      const before = await page.locator(".message").first().getAttribute("id");
      await log.evaluate((element) => element.scrollTo(0, 0));
      await page.waitForFunction((id) => document.querySelector(".message")?.id !== id, before);
      const isInPlace = await page.evaluate((id) => {
        const top = document.querySelector("[role=log]")?.getBoundingClientRect().top ?? 0;
        return Math.abs((document.getElementById(id ?? "")?.getBoundingClientRect().top ?? 1e9) - top) < 200;
      }, before);
      expect([before, isInPlace]).toEqual([before, true]);
    }
    expect(await page.locator(".message").count()).toBeLessThanOrEqual(400);
    await page.getByRole("button", { name: "To the newest message" }).click();
    await log.getByText("Message 9999").waitFor();
    await page.goto(`${mock.url}/__mock/ui/#/chats/1?message=42`);
    await page.locator("#message-42.lit").waitFor();
  });

  test("a thousand conversations are all within reach, and 200 of them in the page", async () => {
    const chats = Array.from({ length: 1000 }, (_, i) => ({
      line: LINE,
      participants: [`+1205555${String(i).padStart(4, "0")}`],
    }));
    const mock = await tester.mock({ fixtures: { version: 1, lines: [{ phone_number: LINE }], chats } });
    const page = await tester.open(mock.url);
    const list = page.getByRole("list", { name: "Conversations" });
    const box = await mock.sandbox("default");
    await box.simulate.message({ chat: 1, text: "From far down" });
    await page.locator(".chat-row", { hasText: "From far down" }).waitFor();
    await box.simulate.message({ line: LINE, from: "+12055560000", text: "A new one" });
    await page.getByRole("heading", { name: "Conversations 1,001" }).waitFor();
    const last = page.locator('.chat-row[href="#/chats/2"]');
    for (let i = 0; i < 60 && (await last.count()) === 0; i += 1) {
      await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
      await page.waitForTimeout(50);
    }
    await last.click();
    await page.getByRole("heading", { name: "+1 (205) 555-0001" }).waitFor();
    expect(await page.locator(".chat-row").count()).toBeLessThanOrEqual(200);
    await page.getByLabel("Search conversations").fill("+1205555");
    expect(await list.evaluate(({ scrollTop }) => scrollTop)).toBe(0);
  });

  test("without the control token it says so, and shows nothing; with it, it is asked once", async () => {
    const mock = await tester.mock({ controlToken: "let-me-in" });
    const page = await tester.openBare(mock.url, "#/chats/46");
    await page.getByText("This mock wants its control token").waitFor();
    expect(await page.content()).not.toMatch(/Ellen|Conversations/);
    const field = page.getByLabel("Control token");
    await field.fill("wrong");
    await page.keyboard.press("Enter");
    await page.getByText("That is not the control token").waitFor();
    await field.fill("let-me-in");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Ellen Prewitt" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Ellen Prewitt" }).waitFor();
    expect(page.url()).not.toContain("let-me-in");
    const seen = await page.evaluate(() =>
      [document.cookie, ...Object.values({ ...localStorage }), document.documentElement.outerHTML].join(),
    );
    expect(seen).not.toContain("let-me-in");
  });

  test("a stream of another version of the server is told as such, and one that lags has the page read anew", async () => {
    const mock = await tester.mock();
    const page = await tester.sharedPage(mock.url);
    const box = await mock.sandbox("default");
    let streams = 0;
    await page.route(/\/__mock\/events/, (route) => {
      streams += 1;
      if (streams > 2) return route.continue();
      if (streams === 2) return; // it is open, and says nothing
      const event = (id: number, type: string, data: object): string =>
        `id: 00000000-${id}\ndata: ${JSON.stringify({ id, type, at: "2026-01-01T00:00:00Z", chat_id: null, data })}\n\n`;
      const hello = event(1, "hello", { version: "99.0.0", start: "00000000", last_id: 1 });
      return route.fulfill({ contentType: "text/event-stream", body: hello + event(90, "missed", { events: 89 }) });
    });
    await page.goto(`${mock.url}/__mock/ui/#/chats/46`);
    await page.getByText(/The server is version 99\.0\.0, this page \d/).waitFor();
    await page.getByRole("button", { name: "Load it again" }).waitFor();
    await box.simulate.message({ chat: 46, text: "Missed" }); // of which no stream tells
    await page.getByRole("log").getByText("Missed").waitFor();
    expect(streams).toBe(2);
  });

  test("where storage and locks are forbidden, and what may be stored is full, it works all the same", async () => {
    const mock = await tester.mock();
    const context = await tester.context();
    await context.addInitScript(() => {
      const refuse = (): never => {
        throw new DOMException("forbidden", "SecurityError");
      };
      let asked = 0;
      const full = {
        setItem: () => {
          throw new DOMException("full", "QuotaExceededError");
        },
      };
      Object.defineProperty(window, "localStorage", { get: () => (asked++ === 0 ? refuse() : full) });
      Object.defineProperty(navigator, "locks", {
        value: { request: () => Promise.reject(new DOMException("forbidden", "SecurityError")) },
      });
    });
    const page = await tester.newPage(context);
    await page.goto(`${mock.url}/__mock/ui/#/chats/46`);
    await page.waitForSelector(".page");
    await page.keyboard.press("?");
    await page.getByLabel("Single keys do something").uncheck();
    await page.getByRole("button", { name: "Close" }).click();
    await page.keyboard.press("?");
    expect(await page.getByRole("dialog").count()).toBe(0); // as was asked, until the page is left
    const box = await mock.sandbox("default");
    await box.simulate.message({ chat: 46, text: "Seen" });
    await page.getByRole("log").getByText("Seen").waitFor();
  });
});
