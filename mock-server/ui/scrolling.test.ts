import type { Page } from "playwright-core";
import { describeInBrowser, PageTester } from "./testing/browser";

const tester = new PageTester();
const viewport = { width: 1440, height: 620 };
const LINE = "+12052761148";
const ANN = "+12055550101";

/** A chat that is longer than the page. */
const LONG = {
  version: 1 as const,
  lines: [{ phone_number: LINE }],
  chats: [
    {
      line: LINE,
      participants: [ANN],
      messages: Array.from({ length: 300 }, (_, i) => ({
        from: ANN,
        text: `Message ${i}`,
        sent_at: new Date(Date.UTC(2025, 0, 1) + i * 60_000).toISOString(),
      })),
    },
  ],
};

async function expectEnd(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const log = document.querySelector("[role=log]");
    return log && log.scrollHeight > log.clientHeight && log.scrollHeight - log.scrollTop - log.clientHeight < 2;
  });
}

async function send(page: Page, text: string): Promise<void> {
  await page.getByLabel("Message", { exact: true }).fill(text);
  await page.keyboard.press("Enter");
  await page.getByRole("log").getByText(text, { exact: true }).waitFor();
}

describeInBrowser("where a conversation is read", () => {
  tester.watch();

  test("a picture that loads late leaves the newest message in view", async () => {
    const mock = await tester.mock({ fixtures: LONG });
    const { files } = (await (await fetch(`${mock.url}/__mock/files/samples`)).json()) as {
      files: { id: string; mime_type: string }[];
    };
    const photo = files.find(({ mime_type }) => /jpeg|png/.test(mime_type));
    const body = JSON.stringify({ chat: 1, text: "Look", attachments: [{ id: photo?.id }] });
    await fetch(`${mock.url}/__mock/simulate/message`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
    });
    const page = await tester.sharedPage(mock.url, viewport);
    let load = (): void => undefined;
    const isWanted = new Promise<void>((resolve) => {
      load = resolve;
    });
    await page.route(/\/attachments\//, async (route) => {
      await isWanted;
      await route.continue();
    });
    await page.goto(`${mock.url}/__mock/ui/#/chats/1`);
    await page.getByRole("log").getByText("Look").waitFor();
    await expectEnd(page);
    const before = await page.getByRole("log").evaluate(({ scrollHeight }) => scrollHeight);
    load();
    await page.waitForFunction((height) => (document.querySelector("[role=log]")?.scrollHeight ?? 0) > height + 20, before);
    await expectEnd(page);
    await page.getByRole("log").evaluate((log) => log.scrollTo(0, log.scrollHeight - log.clientHeight - 700));
    await send(page, "Seen");
    await expectEnd(page);
  });

  test("whoever reads further up is told of new messages, until they have gone there", async () => {
    const mock = await tester.mock({ fixtures: LONG });
    const page = await tester.open(mock.url, "#/chats/1", { viewport });
    await expectEnd(page);
    const hint = page.getByRole("button", { name: "New messages below" });
    const box = await mock.sandbox("default");
    await box.simulate.message({ chat: 1, text: "Seen at once" });
    await page.getByRole("log").getByText("Seen at once").waitFor();
    await page.getByRole("log").evaluate((log) => log.scrollTo(0, log.scrollHeight - log.clientHeight - 700));
    expect(await hint.count()).toBe(0);
    await box.simulate.message({ chat: 1, text: "Not seen yet" });
    await hint.click();
    await expectEnd(page);
    await hint.waitFor({ state: "detached" });
  });

  test("sending goes to the end, from a message that is chosen near it or far from it", async () => {
    const mock = await tester.mock({ fixtures: LONG });
    const page = await tester.open(mock.url, "#/chats/1", { viewport });
    await page.locator(".message", { hasText: "Message 280" }).locator(".stamp").click();
    await send(page, "From near");
    await expectEnd(page);
    await page.goto(`${mock.url}/__mock/ui/#/chats/1?message=20`);
    await page.locator("#message-20.lit").waitFor();
    await send(page, "From far");
    await expectEnd(page);
  });
});
