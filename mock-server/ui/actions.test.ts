import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import type { MockServer } from "../server/start-mock-server";
import { describeInBrowser, goTo, PageTester } from "./testing/browser";

// Asserted here, too: A-delivery, A-error-wording.

const tester = new PageTester();

/* Every action of the page: what it does to the world, by a call that the control API documents, which the tester sees to. */

async function opened(hash: string): Promise<{
  mock: MockServer;
  page: Page;
  box: Awaited<ReturnType<MockServer["sandbox"]>>;
  press: (name: string, within?: Locator) => Promise<void>;
}> {
  const mock = await tester.mock();
  const page = await tester.open(mock.url, hash);
  const press = (name: string, within: Page | Locator = page): Promise<void> =>
    within.getByRole("button", { name, exact: true }).first().click();
  return { mock, page, box: await mock.sandbox("default"), press };
}

async function send(url: string, text: string, chat = 46): Promise<number> {
  const response = await fetch(`${url}/api/partner/v2/chats/${chat}/chat_messages`, {
    method: "POST",
    headers: { "X-LINQ-INTEGRATION-TOKEN": "any", "Content-Type": "application/json" },
    body: JSON.stringify({ message: { text } }),
  });
  return ((await response.json()) as { data?: { id: number } }).data?.id ?? response.status;
}

describeInBrowser("what can be done in the inbox", () => {
  tester.watch();

  test("they type, read, call, and make the next message fail", async () => {
    const { mock, page, box, press } = await opened("#/chats/46");
    await press("Typing");
    await page.locator(".chat-row em", { hasText: "typing" }).waitFor();
    await press("Typing");
    await page.locator(".chat-row em", { hasText: "typing" }).waitFor({ state: "detached" });
    const id = await send(mock.url, "Read me");
    await page.locator(`#message-${id} .stamp`, { hasText: "delivered" }).waitFor();
    await page.getByRole("log").getByText("is typing").waitFor({ state: "detached" });
    const reads = page.getByRole("button", { name: "Ellen Prewitt reads your messages" });
    await reads.click();
    await page.locator(`#message-${id} .stamp`, { hasText: "read" }).waitFor();
    expect(await reads.isDisabled()).toBe(true); // all are
    await press("Call");
    await press("Tell the app", page.getByRole("dialog"));
    await page.getByRole("button", { name: /^call.completed/ }).waitFor();
    await page
      .getByRole("log")
      .getByText(/^They called: 1 min/)
      .waitFor();
    await press("Call");
    await page.getByLabel("How it ended").selectOption("no_answer");
    await press("Tell the app", page.getByRole("dialog"));
    await page
      .getByRole("log")
      .getByText(/^They called: no answer/)
      .waitFor();
    const failNext = page.getByRole("button", { name: "The line's next message will fail" });
    for (const state of ["visible", "hidden", "visible"] as const) {
      await page.getByRole("button", { name: /line's next message/ }).click();
      await failNext.waitFor({ state });
    }
    const failing = await send(mock.url, "Lost");
    await failNext.waitFor({ state: "hidden" });
    await page.locator(`#message-${failing}.failed .stamp`, { hasText: "failed" }).waitFor();
    await box.simulate.nextFailure({ chat: 46 });
    await failNext.waitFor(); // whoever has armed it

    const draft = page.getByLabel("Message", { exact: true });
    await draft.fill("Not sent yet");
    await page.locator('.chat-row:not([href="#/chats/46"])').first().click();
    await page.locator("#compose:placeholder-shown").waitFor();
    await page.locator('.chat-row[href^="#/chats/46"]').click();
    await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>("#compose")?.value === "Not sent yet");
    await press("Typing");
    await page.locator(".chat-row em", { hasText: "typing" }).waitFor();
    await box.simulate.participantAdded({ chat: 46, participant: "+12055550146" });
    await page.locator(".chat-row em", { hasText: "typing" }).waitFor({ state: "detached" });
    await box.reset();
    await page.locator("#compose:placeholder-shown").waitFor(); // that was of another world
  });

  test("they react, take it back, and decide what becomes of a message", async () => {
    const { mock, page, press } = await opened("#/chats/46");
    const id = await send(mock.url, "What do you think?");
    const message = page.locator(`#message-${id}`);
    await message.locator(".stamp").click();
    await press("love", message);
    await message.getByRole("list", { name: "Reactions" }).getByText("love").waitFor();
    await press("love", message);
    await message.getByRole("list", { name: "Reactions" }).waitFor({ state: "detached" });
    await message.getByLabel("Another emoji").fill("🦊");
    await press("React", message);
    await message.getByRole("list", { name: "Reactions" }).getByText("🦊").waitFor();
    await press("🦊", message);
    await message.getByRole("list", { name: "Reactions" }).waitFor({ state: "detached" });
    await message.getByLabel("with code").selectOption("4007");
    const failed = page.waitForRequest(/\/simulate\/delivery$/);
    await press("failed", message);
    expect((await failed).postDataJSON()).toEqual({ message: id, status: "failed", code: 4007 });
    await page.locator(`#message-${id}.failed .stamp`, { hasText: "failed" }).waitFor();
    await page.locator(".chat-row", { hasText: "Ellen Prewitt" }).getByText("Not delivered: What do you think?").waitFor();
    await press("read", message);
    await message.locator(".stamp", { hasText: "read" }).waitFor();
    await message.getByText("What becomes of it").waitFor({ state: "detached" });
  });

  test("they send files, their own and samples; a photo is shown", async () => {
    const { page, press } = await opened("#/chats/46");
    await press("Attach");
    const empty = { name: "empty.txt", mimeType: "text/plain", buffer: Buffer.from("") };
    await page.getByLabel("A file of yours").setInputFiles(empty);
    await page.getByRole("alert").getByText("\u2068empty.txt\u2069 is empty").waitFor();
    await page
      .getByLabel("A file of yours")
      .setInputFiles({ name: "plan.txt", mimeType: "text/plain", buffer: Buffer.from("The plan") });
    await page.getByRole("list", { name: "Attachments" }).getByText("plan.txt").waitFor();
    await press("Attach");
    await page
      .locator("#attach-menu")
      .getByRole("button", { name: /\.(jpe?g|png)$/ })
      .first()
      .click();
    await press("Send");
    const message = page.locator(".message").last();
    await message.getByText(/plan\.txt, text\/plain, 8 bytes/).waitFor();
    await page.waitForFunction(() => {
      const image = [...document.querySelectorAll<HTMLImageElement>(".message img")].at(-1);
      return image?.complete === true && image.naturalWidth > 0;
    });
  });

  test("a stranger opens a conversation; people are added to it and leave", async () => {
    const { page, press } = await opened("#/chats");
    await press("New chat");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("From").fill("stranger@example.com");
    await dialog.getByLabel("Others in the chat").fill("Rosa Delgado, Nobody");
    await press("Send", dialog);
    await dialog.getByText("\u2068Nobody\u2069 is neither a phone number nor an e-mail address").waitFor();
    await dialog.getByLabel("Others in the chat").fill("Rosa Delgado, +1 (205) 555-0145"); // as the page shows it
    await press("Send", dialog);
    await page.getByRole("log").getByText("Is this still available?").waitFor();
    await press("Add somebody");
    await dialog.getByLabel("Who").fill("nobody at all");
    await press("Add", dialog);
    await dialog.getByRole("alert").waitFor(); // and the question stays
    await dialog.getByLabel("Who").fill("+1 205.555-0146");
    await press("Add", dialog);
    await page.getByText("group of 5").waitFor();
    await page.getByRole("button", { name: "stranger@example.com leaves" }).click();
    await page
      .getByRole("log")
      .getByText(/left, \d\d:\d\d$/)
      .waitFor();
    await page.reload(); // it is the world's, not the page's
    await page
      .getByRole("log")
      .getByText(/left, \d\d:\d\d$/)
      .waitFor();
    await page.locator(".message .sender", { hasText: "stranger@example.com" }).waitFor();
    expect(
      await page
        .getByRole("log")
        .getByText(/joined/)
        .count(),
    ).toBe(1); // who was added, and nobody else
    const rows = await page.getByRole("log").locator("li:not(.reactions li)").allInnerTexts();
    expect(rows.map((row) => /joined|left|Is this/.exec(row)?.[0] ?? "day")).toEqual(["day", "Is this", "joined", "left"]);

    const line = page.getByLabel("Line", { exact: true });
    await line.selectOption({ index: 1 });
    const chosen = await line.inputValue();
    await page.reload();
    await page.waitForSelector(".page");
    expect(await line.inputValue()).toBe(chosen);
    await page.goto(page.url().replace(/\?line=\w*%2B\d+/, "?line=%2B19995550100")); // which no world has
    await page.locator(".chat-row").first().waitFor();
    expect(await line.inputValue()).toBe("");
    expect(page.url()).not.toContain("line=");
  });

  test("time stands still, passes and is set, and the conversation marks where it jumped", async () => {
    const { page, box, press } = await opened("#/chats/46");
    await page.locator(".clock").click();
    await press("Pause");
    await page.locator(".clock", { hasText: "paused" }).waitFor();
    const before = Date.parse((await box.clock.read()).now);
    await press("+1 min");
    await press("+1 h");
    await page.getByRole("log").getByText("The clock moved by 1 h").waitFor();
    await page.getByText(/Ahead of the machine by 1 h/).waitFor();
    await page.getByRole("button", { name: "Run with the machine" }).waitFor();
    expect(Date.parse((await box.clock.read()).now) - before).toBe(3_660_000);
    await page.getByLabel("Stop at").fill("2027-01-02T03:04:05");
    await press("Set");
    await page.locator(".clock", { hasText: "03:04:05" }).waitFor();
    const stood = Date.parse((await box.clock.read()).now);
    await press("Go on from here");
    await page.locator(".clock", { hasText: "paused" }).waitFor({ state: "detached" });
    expect(Date.parse((await box.clock.read()).now) - stood).toBeLessThan(60_000);
    await press("Pause");
    await press("Run with the machine (jumps to its time)");
    await page.locator(".clock", { hasText: "paused" }).waitFor({ state: "detached" });
    await box.reset();
    await page.getByRole("log").getByText("The clock moved by 1 h").waitFor({ state: "detached" });

    await box.clock.advance(3_600_000);
    await box.simulate.message({ chat: 46, text: "Later by the clock" });
    await box.clock.freeze("2026-02-01T00:00:00Z");
    await box.simulate.message({ chat: 46, text: "Earlier by the clock" });
    const last = page.getByRole("log").getByText("Earlier by the clock");
    await last.waitFor();
    const bubbles = page.locator(".message .bubble");
    const live = await bubbles.allInnerTexts();
    expect(live.slice(-2)).toEqual(["Earlier by the clock", "Later by the clock"]);
    const rows = await page.getByRole("log").locator("li:is(.mark, .message)").allInnerTexts();
    const order = rows.flatMap((row) => /by minus|by 1 h|(Earlier|Later) by/.exec(row)?.[0] ?? []);
    expect(order).toEqual(["by 1 h", "by minus", "Earlier by", "Later by"]); // nothing waits for a time that is not yet
    await page.reload();
    await last.waitFor();
    expect(await bubbles.allInnerTexts()).toEqual(live);
    await page.locator(".clock").click();
    await page.getByLabel("Stop at").fill("2001-02-03T04:05:06");
    await press("Set");
    await page
      .getByRole("alert")
      .getByText(/At Feb 3 2001, 04:05:06, messages of the data are yet to come/)
      .waitFor();
  });

  test("the clock says what is due, when it is opened and as that changes", async () => {
    const { page, box, press } = await opened("#/chats/46");
    await page.locator(".clock").click();
    await page.getByText("Nothing is due.").waitFor();
    expect(await page.getByRole("button", { name: "Next event" }).isDisabled()).toBe(true);
    await page.keyboard.press("Escape");
    await press("Typing"); // which ends by itself
    await page.locator(".chat-row em", { hasText: "typing" }).waitFor();
    await page.locator(".clock").click();
    await page.getByText(/^The next event is due in (59|60|1 min).*: \u2068Ellen Prewitt stops typing\u2069\.$/).waitFor();
    await box.simulate.typing({ chat: 46, typing: false });
    await page.getByText("Nothing is due.").waitFor();
  });

  test("worlds are opened, forked as they were, reset, brought back and dropped", async () => {
    const { mock, page, press } = await opened("#/chats/46");
    const first = await send(mock.url, "First");
    await send(mock.url, "Second");
    await page.locator(`#message-${first} .stamp`).click();
    await press("Fork from here");
    await page.getByLabel("Name of the copy").fill("as-it-was");
    await press("Fork", page.getByRole("dialog"));
    await page.waitForURL(new RegExp(`/s/as-it-was/__mock/ui/#/chats/46\\?message=${first}$`));
    await page.getByRole("log").getByText("First", { exact: true }).waitFor();
    expect(await page.getByRole("log").getByText("Second", { exact: true }).count()).toBe(0);

    await page.getByLabel("Message", { exact: true }).fill("Only here");
    await press("Send");
    await page.getByRole("log").getByText("Only here").waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("x");
    await press("Reset", page.getByRole("dialog"));
    await page.getByRole("log").getByText("Only here").waitFor({ state: "detached" });
    await page.getByRole("status").getByText("The world is as it was at the start.").waitFor();
    await press("Undo", page.locator(".status"));
    await page.getByRole("button", { name: "Undo the reset" }).waitFor({ state: "detached" });
    await page.getByRole("log").getByText("Only here").waitFor();
    await page.getByRole("status").getByText("The reset is undone.").waitFor();
    await page.evaluate(goTo, "#/start");
    await page.getByRole("heading", { name: /^Write as .*\u2069$/ }).waitFor(); // in this world nobody has
    const other = await tester.popup(page);
    await other.goto(page.url());
    await other.waitForSelector(".page");
    await page.getByRole("button", { name: /as-it-was/ }).click();
    await press("Drop this");
    await press("Drop", page.getByRole("dialog"));
    await page.waitForURL(`${mock.url}/__mock/ui/`);
    await other.getByText("There is no sandbox as-it-was.").waitFor();
    await other.reload();
    await other.getByText("There is no sandbox as-it-was.").waitFor();
    expect((await (await fetch(`${mock.url}/__mock/sandboxes`)).json()).sandboxes).toHaveLength(1);
    const way = other.getByRole("link", { name: "To the default sandbox" });
    expect(await way.getAttribute("href")).toBe(`${mock.url}/__mock/ui/`);
    await other.getByRole("button", { name: "New sandbox as-it-was" }).click();
    await other.waitForSelector(".page");
    await other.close();
    await page.getByRole("button", { name: /Sandbox/ }).click();
    await press("New sandbox", page.locator("#sandbox-menu"));
    await press("Open", page.getByRole("dialog"));
    await page.waitForURL(/\/s\/box-1\//);
  });

  test("a receiver is subscribed, paused and ended; a webhook is sent twice, badly signed, verified, delayed and dropped", async () => {
    const { mock, page, box, press } = await opened("#/chats/46");
    await box.clock.pause();
    const receiver = await tester.receiver();
    await page.getByText("Subscribe a receiver").click();
    await page.getByLabel("Another receiver").fill(receiver.url);
    await page.getByLabel("Secret to sign with").fill("s3cret");
    await page.getByLabel("In the words of").selectOption("v2");
    await press("Subscribe");
    await press("Pause it");
    await send(mock.url, "Unheard");
    await press("Let it go on");
    await page.getByRole("button", { name: /^message.sent.*paused/ }).waitFor();
    await send(mock.url, "Hello");
    await page.getByRole("button", { name: /^message.sent.*delivered/ }).waitFor();
    await page.getByLabel("Filter webhooks").fill("prewitt PAUSED");
    await page.getByRole("button", { name: /^message.sent.*delivered/ }).waitFor({ state: "detached" });
    expect(await page.locator(".items > li").count()).toBe(1);
    await page.getByLabel("Filter webhooks").fill("");
    await page
      .getByRole("button", { name: /^message.sent/ })
      .first()
      .click();
    const first = page.getByRole("region", { name: "Delivery 1" });
    await first.getByLabel("Secret").fill("another");
    await press("Verify", first);
    await first.getByText(/^Not verified/).waitFor();
    await first.getByLabel("Secret").fill("s3cret");
    await press("Verify", first);
    await first.getByText(/^Verified/).waitFor();
    await press("Send twice", first);
    await page.getByRole("region", { name: "Delivery 3" }).getByText("delivered: 200").waitFor();
    await press("Send badly signed", first);
    await page.getByRole("region", { name: "Delivery 4" }).getByText("delivered: 200").waitFor();
    const signatures = receiver.received.map(({ headers }) => headers["x-webhook-signature"]);
    expect(new Set(signatures).size).toBe(2);
    await press("Send in 10 s", first);
    const last = page.getByRole("region", { name: "Delivery 5" });
    await press("Delay 10 s", last);
    await last.getByText(/^waiting: attempt 1.* in 20 s/).waitFor();
    await press("Drop", last);
    await last.getByText("dropped", { exact: true }).waitFor();
    expect(receiver.received).toHaveLength(4);
    await press("End it");
    await press("End it", page.getByRole("dialog"));
    await page.getByText("Nobody is subscribed.").waitFor();
    await page.getByLabel("Another receiver").fill(receiver.url);
    await page.getByLabel("In the words of").selectOption("v3");
    await press("Subscribe");
    await page.getByText(/^active, signed, v3/).waitFor();
    expect(await page.getByLabel("In the words of").inputValue()).toBe("v3"); // as it was chosen
    expect(
      await page
        .locator(".command", { hasText: /^whsec_/ })
        .getByRole("button", { name: "Copy" })
        .count(),
    ).toBe(1);
    expect(await page.locator(".said").innerText()).toBe("A webhook subscription was made.");
    await page.getByRole("heading", { name: "Ellen Prewitt" }).focus();
    await page.keyboard.press("x");
    await page.getByRole("dialog").getByText("Your app must subscribe again.").waitFor();
    await press("Reset", page.getByRole("dialog"));
    await page.locator(".said", { hasText: "at the start. Your app must subscribe again." }).waitFor();
  });

  test("before there is an app, the mock's own receiver shows what it would get", async () => {
    const { mock, page, box, press } = await opened("#/start");
    await press("Use it for V2");
    await page.getByRole("heading", { name: "Receive webhooks Done" }).waitFor();
    await page.getByRole("link", { name: /Open the conversation with/ }).click();
    await page.getByLabel("Message", { exact: true }).fill("Hello?");
    await press("Send");
    await page.getByText("The mock's own receiver got 1 webhook").click();
    await page.getByText("Only the receiver of the mock is subscribed.").waitFor(); // no app is
    await page.getByText(/^message\.received, .*, verified$/).waitFor();
    const address = page.url();
    await page.goto(`${mock.url}/__mock/health`); // 210 messages are many to draw
    await Promise.all(Array.from({ length: 210 }, () => box.simulate.message({ chat: 46, text: "More" })));
    await page.goto(address);
    const own = page.getByText(/the mock's own receiver/i).first();
    await page.getByRole("link", { name: "Webhooks 211" }).waitFor();
    await own.filter({ hasText: "got 211 webhooks" }).waitFor();
    expect(await own.innerText()).toBe("The mock's own receiver got 211 webhooks"); // and nothing else before
    const filter = page.getByLabel("Filter webhooks");
    await filter.fill("nothing like it");
    await page.getByText("None of the newest 200 webhooks matches.").waitFor();
    await press("Older webhooks");
    await page.getByText("No webhook matches.").waitFor();
    await filter.fill("");
    await page.getByLabel("Search conversations").fill("Rosa");
    await page.locator(".chat-row", { hasText: "Ellen Prewitt" }).waitFor({ state: "detached" });
    await page.locator("#event-211", { hasText: "Ellen Prewitt" }).waitFor(); // though the list lacks her
    await page.getByLabel("Search conversations").fill("");
    await page.goto(`${mock.url}/__mock/health`);
    await page.goto(`${mock.url}/__mock/ui/#/webhooks/2`); // before the newest 200
    await page.locator("#event-2 .details").getByText("Delivery 2").waitFor();
    await page.waitForFunction(() => (document.querySelector("#event-2")?.getBoundingClientRect().top ?? 1e9) < innerHeight);
    await page.evaluate(goTo, "#/webhooks/999");
    await page.getByText("There is no webhook 999 yet.").waitFor();
    await own.click();
    await page.getByText("The newest 20 are shown.").waitFor();
    await press("Close it");
    await page.getByText("Nobody is subscribed.").waitFor();
    await page.getByLabel("Told by").selectOption("v3");
    await press("Open the mock's own receiver");
    await page.getByText("The mock's own receiver got nothing yet").click();
    const known = await fetch(`${box.url}/__mock/subscriptions`).then((answer) => answer.json());
    expect(known).toMatchObject({ subscriptions: [{ version: "v3", origin: "receiver" }] });
    await press("Close it");
    await page.getByText("Nobody is subscribed.").waitFor();
    await page.getByText("Subscribe a receiver").first().click();
    await page.getByLabel("Another receiver").fill("http://127.0.0.1:9/");
    await press("Subscribe");
    await page.getByText(/^active, not signed, v2/).waitFor();
    await box.simulate.message({ chat: 46, text: "Lost" });
    await page.reload();
    await page.getByRole("link", { name: "Webhooks 1+ failed" }).waitFor(); // of the newest
    await page.locator("#event-212 .row-link").click();
    expect(await page.getByRole("button", { name: /^Send badly signed \(/ }).isDisabled()).toBe(true);
  });

  test("a receiver is examined, and graded in words; what was typed stays, and another grade takes the place of the one before", async () => {
    const { page, box, press } = await opened("#/webhooks");
    const receiver = await tester.receiver(); // takes everything, whoever has signed it
    await page.getByText("Receiver exam").click();
    const url = page.getByRole("textbox", { name: "Your receiver" });
    await url.fill(receiver.url);
    await page.getByLabel("Its secret, if it checks signatures").fill("s3cret");
    await page.getByLabel("API version").selectOption("v3");
    await page.getByLabel("may so make your app answer").uncheck();
    await press("Examine it");
    await page.getByRole("alert").getByText("Tick first that you know what it may do").waitFor();
    await page.getByLabel("may so make your app answer").check();
    await press("Examine it");
    const result = page.getByRole("region", { name: "Result of the exam" });
    await result.waitFor({ timeout: 25_000 });
    expect(await result.getByRole("heading").innerText()).toBe("Grade F");
    await result.getByText(`of ${receiver.url}, told in the words of v3`).waitFor();
    expect(await result.getByText("failed", { exact: true }).count()).toBeGreaterThan(0);
    await box.simulate.message({ chat: 46, text: "Meanwhile" });
    await page.getByRole("log").or(page.getByText("message.received")).first().waitFor();
    expect(await url.inputValue()).toBe(receiver.url);
    await url.fill("http://127.0.0.1:1/");
    await press("Examine it");
    await page.getByRole("alert").getByText("Nobody takes webhooks there").waitFor();
    expect([await result.count(), await url.inputValue()]).toEqual([0, "http://127.0.0.1:1/"]);
  });

  test("faults are armed by profile, by example and by hand; a rule that cannot be is refused in words", async () => {
    const { mock, page, box, press } = await opened("#/faults");
    await page.getByText("Every third call is one too many.").waitFor();
    await press("rate-limited");
    await press("The next call answers 503");
    await page.getByLabel("Your own, as JSON").fill('{"fault": "latensy", "ms": 5}');
    await press("Arm");
    await page
      .getByRole("alert")
      .getByText(/latency/)
      .waitFor();
    await page.getByLabel("Your own, as JSON").fill('{"fault": "latency", "ms": 5}');
    await press("Arm");
    await page.getByRole("list", { name: "Armed faults" }).getByText("latency", { exact: true }).waitFor();
    expect((await box.faults.list()).map(({ fault }) => fault)).toEqual(["rate-limit", "status", "latency"]);
    await page.getByRole("link", { name: "3 faults armed" }).waitFor();
    expect(await send(mock.url, "Refused")).toBe(503);
    await page.getByText("acted once, spent").waitFor(); // without anybody reading anew
    await page.getByRole("link", { name: "2 faults armed" }).waitFor();
    await page.getByRole("button", { name: "Disarm latency" }).click();
    await press("Disarm all");
    await page.getByText("No fault is armed: everything goes well").waitFor();
  });

  test("the state says what differs from the seed, advice what could be better, and the journal is emptied", async () => {
    const { mock, page, box, press } = await opened("#/state");
    await page.getByText("Nothing: the world is as it was at the start.").waitFor();
    const id = await send(mock.url, "New");
    const isNew = page.getByText(`chats / 46 / messages / ${id}`);
    await isNew.waitFor();
    await box.reset();
    await isNew.waitFor({ state: "detached" });
    await press("Undo", page.locator(".status"));
    await isNew.waitFor();
    const [file] = await Promise.all([page.waitForEvent("download"), press("Save as a fixture file")]);
    await press("Load a fixture file");
    await page
      .getByLabel(/^A file as JSON or YAML/)
      .setInputFiles({ name: "a.yaml", mimeType: "", buffer: Buffer.from("version: [1") });
    await press("Load", page.getByRole("dialog"));
    await page.getByRole("alert").getByText("is not closed").waitFor();
    await page.getByLabel(/^A file as JSON or YAML/).setInputFiles(await file.path());
    await press("Load", page.getByRole("dialog"));
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect((await box.state()).chats).toEqual(JSON.parse(await readFile(await file.path(), "utf8")).chats);
    for (let i = 0; i < 3; i += 1) await send(mock.url, "Twice the same");
    await page.getByRole("link", { name: /^Advice/ }).click();
    await page.locator(".card").first().waitFor();
    await page.getByRole("link", { name: /^Requests/ }).click();
    await box.reset();
    await page.getByRole("link", { name: "Advice", exact: true }).waitFor({ timeout: 4000 }); // before it is read, as it is every 5 s
    for (let i = 0; i < 4; i += 1) await send(mock.url, "Twice the same");
    const rows = page.getByRole("list", { name: "Requests" }).getByRole("listitem");
    await page.getByLabel("Filter requests").fill("get chats");
    await rows.first().waitFor({ state: "detached" });
    await page.getByLabel("Filter requests").fill("post 201 prewitt");
    await rows.nth(3).waitFor();
    await press("Empty the list");
    await press("Empty it", page.getByRole("dialog"));
    await page.getByText("Your app has called nothing yet.").waitFor();
  });
});
