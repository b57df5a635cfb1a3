import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { startMockServer } from "../server/start-mock-server";
import { status } from "../testing/receiver";
import { describeInBrowser, goTo, PageTester } from "./testing/browser";

// Asserted here, too: A-404-others, A-attachment-limit, A-delivery.

const sh = promisify(execFile);
const tester = new PageTester();
const LINE = "+12052761148";

async function subscribe(url: string, hook: string, secret = "s3cret"): Promise<void> {
  const subscription = { webhook_url: hook, secret, version: 2, events: ["message.received", "message.sent"] };
  await fetch(`${url}/api/partner/v2/webhook_subscriptions`, {
    method: "POST",
    headers: { "X-LINQ-INTEGRATION-TOKEN": "any", "Content-Type": "application/json" },
    body: JSON.stringify({ webhook_subscription: subscription }),
  });
}

async function writeAs(page: Page, text: string): Promise<void> {
  await page.getByLabel("Message", { exact: true }).fill(text);
  await page.keyboard.press("Enter");
}

/** Runs a test as Jest would, from its text. */
async function runTest(text: string): Promise<void> {
  const steps: Record<string, (() => Promise<void>)[]> = { beforeAll: [], beforeEach: [], test: [], afterAll: [] };
  const collect = Object.keys(steps).map(
    (name) =>
      (...given: unknown[]) =>
        steps[name]?.push(given.at(-1) as () => Promise<void>),
  );
  const load = (name: string): unknown => (name === "linq-mock" ? { startMockServer } : undefined);
  new Function("require", "expect", ...Object.keys(steps), text)(load, expect, ...collect);
  expect(steps["test"]).toHaveLength(1);
  for (const step of Object.values(steps).flat()) await step();
}

describeInBrowser("the inbox", () => {
  tester.watch();

  test("a stranger follows visible words from an empty page to a webhook received and an answer sent", async () => {
    const mock = await tester.mock();
    const receiver = await tester.receiver();
    const page = await tester.open(mock.url, "#/start");
    const commands = (step: string): Promise<string[]> =>
      page.getByRole("listitem").filter({ hasText: step }).locator("pre").allInnerTexts();
    const command = async (step: string): Promise<string> => ((await commands(step))[0] ?? "").trim();
    const done = (step: string) => page.getByRole("heading", { name: `${step} Done` });

    await page.getByRole("heading", { name: "Point your app here" }).waitFor();
    expect(await commands("Point your app here")).toEqual([`${mock.url}/api/partner/v2`, `${mock.url}/api/partner/v3`]);
    for (const call of await commands("Make a first call")) await sh("sh", ["-c", call]);
    await done("Make a first call").waitFor();
    await sh("sh", ["-c", (await command("Receive webhooks")).replace("http://localhost:3000/", receiver.url)]);
    await done("Receive webhooks").waitFor();
    await page.getByRole("link", { name: /Open the conversation with/ }).click();
    await writeAs(page, "Are you open on Sunday?");
    await page.getByText("delivered: 200").first().waitFor();
    expect(receiver.received.map(({ event }) => event.event_type)).toContain("message.received");

    const chat = /chats\/(\d+)/.exec(page.url())?.[1];
    await fetch(`${mock.url}/api/partner/v2/chats/${chat}/chat_messages`, {
      method: "POST",
      headers: { "X-LINQ-INTEGRATION-TOKEN": "any", "Content-Type": "application/json" },
      body: JSON.stringify({ message: { text: "From ten to four." } }),
    });
    await page.getByRole("log").getByText("From ten to four.").waitFor();
  });

  test("the whole job by keyboard: open, write as the customer, see the webhook fail, mend, redeliver, let time pass", async () => {
    const mock = await tester.mock();
    let answer = 500;
    const receiver = await tester.receiver((res, count) => status(answer)(res, count));
    await subscribe(mock.url, receiver.url);
    const page = await tester.open(mock.url);
    const { keyboard } = page;
    await page.locator(".inspector .tab .note").first().waitFor();
    await keyboard.press("Tab");
    await page.locator(".bar h1 a:focus").waitFor(); // where the page begins
    await keyboard.press("/");
    await keyboard.type("Ellen");
    await page
      .getByRole("navigation", { name: "Conversations" })
      .getByRole("link")
      .filter({ hasText: "Ellen Prewitt" })
      .first()
      .waitFor();
    await keyboard.press("Enter"); // to what was found
    await page.locator(".chat-row:focus", { hasText: "Ellen Prewitt" }).waitFor();
    await keyboard.press("Enter");
    await page.getByLabel("Message", { exact: true }).waitFor();
    await keyboard.press("c");
    await keyboard.type("Is anybody there?");
    await keyboard.press("Enter");
    await page
      .getByText(/failed: .*500/)
      .first()
      .waitFor();
    answer = 200;
    await keyboard.press("Escape"); // out of the field
    await keyboard.press("r");
    await page.getByText("delivered: 200").first().waitFor();
    await keyboard.press("g");
    await keyboard.press("w");
    await page.locator(".inspector .row-link:focus").waitFor();
    await keyboard.press("Enter");
    await page.getByRole("button", { name: "Send in 10 s" }).first().focus();
    await keyboard.press("Enter");
    await page
      .getByText(/waiting: attempt 1.* in \d+ s/)
      .first()
      .waitFor();
    await keyboard.press(".");
    await page.waitForFunction(() => !/waiting: attempt/.test(document.body.innerText));
    await keyboard.press("g");
    await keyboard.press("r"); // to requests, and sends nothing again
    await page.getByText("Your app has called nothing yet.").or(page.locator('[id^="request-"]')).first().waitFor();
    const { deliveries } = await (await fetch(`${mock.url}/__mock/deliveries`)).json();
    expect([deliveries.length, receiver.received.length]).toEqual([3, 3]);
  });

  test("what is written in the page is what the control API would have sent, byte for byte, and is seen", async () => {
    const mock = await tester.mock({ clock: "2026-03-01T12:00:00-06:00", seed: 7 });
    const receiver = await tester.receiver();
    const [byPage, byCall] = [await mock.sandbox("one"), await mock.sandbox("two")];
    for (const box of [byPage, byCall]) await subscribe(box.url, receiver.url);
    const page = await tester.open(byPage.url, "#/chats/46");
    await writeAs(page, "The same bytes");
    await page.getByRole("log").getByText("The same bytes").waitFor();
    await byCall.simulate.message({ chat: 46, from: "+12055426109", text: "The same bytes" });
    for (const box of [byPage, byCall]) await box.deliveries.waitFor({ event: "message.received" });
    const [first, second] = receiver.received;
    const withoutIds = (raw = ""): string => raw.replace(/"event_id":"[^"]*"/, "");
    expect(withoutIds(first?.raw)).toBe(withoutIds(second?.raw));
  });

  test("everybody in a group of 31 can be written as, somebody with an e-mail address too", async () => {
    const participants = [...Array.from({ length: 30 }, (_, i) => `+1205555${String(i).padStart(4, "0")}`), "ann@example.com"];
    const fixtures = { version: 1 as const, lines: [{ phone_number: LINE }], chats: [{ line: LINE, participants }] };
    const mock = await tester.mock({ fixtures });
    const page = await tester.open(mock.url, "#/chats/1");
    const options = page.getByRole("combobox", { name: "Write as" }).locator("option");
    expect(await options.count()).toBe(32); // and the line's own user
    for (const participant of ["+12055550029", "ann@example.com"]) {
      await page.getByRole("combobox", { name: "Write as" }).selectOption(participant);
      await writeAs(page, `I am ${participant}`);
      await page
        .locator(".message", { hasText: `I am ${participant}` })
        .getByText(participant, { exact: true })
        .waitFor();
    }
  });

  test("the countdown to the next try follows the mock's clock, however it is moved", async () => {
    const mock = await tester.mock({ clock: "2026-03-01T12:00:00-06:00" });
    const receiver = await tester.receiver();
    await subscribe(mock.url, receiver.url);
    const page = await tester.open(mock.url, "#/chats/46");
    await writeAs(page, "Hello");
    await page.getByRole("button", { name: /^message.received/ }).click();
    await page.getByRole("button", { name: "Send in 10 s" }).click();
    const countdown = page.getByText(/^waiting: attempt/).first();
    expect(await countdown.innerText()).toMatch(/ in 10 s(;|$)/);
    const box = await mock.sandbox("default");
    await box.clock.advance(4000);
    await page
      .getByText(/^waiting: attempt .* in 6 s(;|$)/)
      .first()
      .waitFor();
    await page.getByText("The clock moved by 4 s").first().waitFor();
    await page.getByRole("button", { name: "Delay 10 s" }).click();
    await page
      .getByText(/^waiting: attempt .* in 1\d s(;|$)/)
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Run to the next try" }).click();
    await page.getByText("delivered: 200", { exact: false }).nth(1).waitFor();
    expect(receiver.received).toHaveLength(2);
  });

  test("a bubble, the call that made it and what it caused light up together, from each of them", async () => {
    const mock = await tester.mock();
    const sent = await fetch(`${mock.url}/api/partner/v2/chats/46/chat_messages`, {
      method: "POST",
      headers: { "X-LINQ-INTEGRATION-TOKEN": "any", "Content-Type": "application/json", "X-Request-Id": "my-call" },
      body: JSON.stringify({ message: { text: "Lit" } }),
    });
    const { data } = (await sent.json()) as { data: { id: number } };
    const page = await tester.open(mock.url, `#/chats/46?message=${data.id}`);
    const bubble = page.locator(`#message-${data.id}.lit`);
    await bubble.waitFor();
    await page.locator('li.lit[id^="event-"]', { hasText: "message.sent" }).waitFor();
    await page.getByRole("link", { name: "The call that made it" }).click();
    await page.locator("#request-my-call.lit").waitFor();
    await page.goto(`${mock.url}/__mock/ui/#/webhooks`);
    await page.reload();
    await page.getByRole("button", { name: /^message.sent/ }).click();
    await bubble.waitFor();
    await page.getByText("Why no webhook?").waitFor();
    await page.goto(`${mock.url}/__mock/ui/#/requests/my-call`);
    await page.locator("#request-my-call.lit").waitFor();
  });

  test("what is copied as a command, as a test and as a fixture does the same again", async () => {
    const mock = await tester.mock();
    const call = `${mock.url}/api/partner/v2/chats/46/chat_messages`;
    const text = 'It\'s "quoted" $HOME `id` \\ \n two';
    await fetch(call, {
      method: "POST",
      headers: { "X-LINQ-INTEGRATION-TOKEN": "any", "Content-Type": "application/json", "X-Request-Id": "my-call" },
      body: JSON.stringify({ message: { text } }),
    });
    const page = await tester.open(mock.url, "#/requests/my-call");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const copy = async (button: string, what = button): Promise<string> => {
      await page.getByRole("button", { name: button, exact: true }).click();
      await page.getByText(`The ${what} is copied.`).waitFor();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    const curl = await copy("curl", "command");
    expect(JSON.parse((await sh("sh", ["-c", `${curl} -s`])).stdout)).toMatchObject({ data: { text } });

    await runTest(await copy("test"));

    // made to fail by a fault (in the words of A-error-wording), and about a chat and a reaction (A-reaction-one, A-reaction-repeat) that no other world has
    const box = await mock.sandbox("default");
    const { chat, message } = await box.simulate.message({ line: LINE, from: "+12055550177", text: "Hi" });
    const reacted = await fetch(`${mock.url}/api/partner/v2/chat_messages/${message.id}/reactions`, {
      method: "POST",
      headers: { "X-LINQ-INTEGRATION-TOKEN": "any", "Content-Type": "application/json", "X-Request-Id": "reacting" },
      body: JSON.stringify({ operation: "add", type: "love" }),
    });
    const { id: reaction } = (await reacted.json()).data;
    await page.evaluate(goTo, "#/requests/reacting");
    await page.locator("#request-reacting .details").waitFor();
    await runTest(await copy("test"));
    await box.faults.arm({ fault: "status", status: 503, first: 1 });
    const { v3_id } = (await (await fetch(`${mock.url}/__mock/chats/46`)).json()).chat;
    for (const [id, path, answered] of [
      ["refused", `v2/chats/${chat.id}`, 503],
      ["let-through", `v2/chats/${chat.id}`, 200],
      ["of-v3", `v3/chats/${v3_id}`, 200],
      ["reaction", `v2/chat_message_reactions/${reaction}`, 200],
    ] as const) {
      const asked = await fetch(`${mock.url}/api/partner/${path}`, {
        headers: { "X-LINQ-INTEGRATION-TOKEN": "any", Authorization: "Bearer any", "X-Request-Id": id },
      });
      expect(asked.status).toBe(answered);
      await page.evaluate(goTo, `#/requests/${id}`);
      await page.locator(`#request-${id} .details`).waitFor();
      await runTest(await copy("test"));
    }
    const form = new FormData();
    form.set("message[text]", text);
    form.set("message[attachments][]", new File(["its bytes"], "plan.pdf"));
    const sent = await fetch(call, {
      method: "POST",
      headers: { "X-LINQ-INTEGRATION-TOKEN": "any", "X-Request-Id": "my-form" },
      body: form,
    });
    const ofForm = await sent.json();
    await page.evaluate(goTo, "#/requests/my-form");
    await page.locator("#request-my-form .details").waitFor();
    const cwd = await mkdtemp(join(tmpdir(), "linq-mock-"));
    await writeFile(join(cwd, "plan.pdf"), "its bytes");
    const again = JSON.parse((await sh("sh", ["-c", `${await copy("curl", "command")} -s`], { cwd })).stdout);
    await rm(cwd, { recursive: true });
    expect(again.data.text).toBe(ofForm.data.text);
    expect(again.data.attachments).toMatchObject([{ filename: "plan.pdf", file_size: 9 }]);
    const test = await copy("test");
    expect(test).toContain('new File(["its bytes"], "plan.pdf"');
    await runTest(test);
    await fetch(`${mock.url}/api/partner/v2/nothing`, {
      method: "POST",
      headers: { "Content-Type": "text/plain", "X-Request-Id": "stray" },
      body: "it's no JSON",
    });
    await page.evaluate(goTo, "#/requests/stray");
    await page.locator("#request-stray .details").waitFor();
    expect(await copy("curl", "command")).toContain(`--data-raw 'it'\\''s no JSON'`);
    await runTest(await copy("test"));
    await page.evaluate(goTo, "#/requests/my-call");
    await page.locator("#request-my-call .details").waitFor();

    const fixture = await copy("fixture");
    const loaded = await fetch(`${mock.url}/s/copied/__mock/fixtures`, {
      method: "PUT",
      headers: { "Content-Type": "application/json" },
      body: fixture,
    });
    expect(await loaded.json()).toMatchObject({ fixtures: { chats: 1, lines: 1 } });
  });
});
