import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import { describeInBrowser, goTo, PageTester } from "./testing/browser";

const tester = new PageTester();
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const ADDRESSES = [
  "#/start",
  "#/chats",
  "#/chats/46",
  "#/webhooks",
  "#/requests",
  "#/faults",
  "#/advice",
  "#/state",
  "#/nothing/of/the/kind",
  "#/chats/999",
] as const;

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/** A, AA, 2.1, 2.2 and axe's best practice. */
const ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** What colours alone decide. */
const OF_COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

/** What is the same in each state, and is looked at in one. */
const ROWS = ".chat-row:not([aria-current])";

async function findings(page: Page, runOnly: typeof ALL | typeof OF_COLOURS, exclude: readonly string[]): Promise<string[]> {
  const { violations } = await page.evaluate(
    async ([rules, without]) => {
      const { axe } = window as unknown as { axe: { run(context: object, options: object): Promise<AxeResults> } };
      return axe.run({ exclude: without.map((one) => [one]) }, { runOnly: rules, resultTypes: ["violations"], preload: false });
    },
    [runOnly, exclude] as const,
  );
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("; ")}`,
  );
}

let mock: MockServer;

/** A world in which each view has something to show: a delivery that has failed, and one that waits. */
async function startBusyMock(): Promise<void> {
  mock = await startMockServer();
  const headers = { "X-LINQ-INTEGRATION-TOKEN": "any", "Content-Type": "application/json", "X-Request-Id": "my-call" };
  const hook = { webhook_url: "http://127.0.0.1:9/", secret: "s", version: 2, events: ["message.sent", "message.received"] };
  const post = (path: string, body: object): Promise<Response> =>
    fetch(`${mock.url}/api/partner/v2${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  await post("/webhook_subscriptions", { webhook_subscription: hook });
  await post("/chats/46/chat_messages", { message: { text: "Hello" } });
  const box = await mock.sandbox("default");
  await box.faults.arm("carrier-slow");
  await box.simulate.message({ chat: 46, text: "Hi" });
  await box.deliveries.waitFor({ status: "failed" });
}

describeInBrowser("everybody can use the inbox", () => {
  tester.watch();
  beforeAll(startBusyMock);
  afterAll(() => mock.stop());

  test.each([
    ["light and dark", 1200],
    ["light", 360],
  ] as const)("axe finds nothing on any route, %s, %i px wide", async (colours, width) => {
    const page = await tester.open(mock.url);
    await page.setViewportSize({ width, height: 800 });
    const wear = (colorScheme: "light" | "dark"): Promise<void> => page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await wear("light");
    await page.evaluate(AXE);
    await (await mock.sandbox("default")).simulate.message({ chat: 46, text: "Hi" });
    await page.locator(".said", { hasText: "message.received reached nobody" }).waitFor(); // more than two lines of a phone
    const found: string[] = [];
    const check = async (state: string): Promise<void> => {
      await page.waitForTimeout(60); // what was read is drawn
      const without = state === "#/chats" ? [] : [ROWS];
      for (const finding of await findings(page, ALL, without)) found.push(`${state}: ${finding}`);
      if (colours === "light") return;
      await wear("dark");
      for (const finding of await findings(page, OF_COLOURS, without)) found.push(`${state}, dark: ${finding}`); // the elements are the same
      await wear("light");
    };
    for (const address of ADDRESSES) {
      await page.evaluate(goTo, address);
      await check(address);
    }
    for (const address of ["#/webhooks", "#/requests"]) {
      await page.evaluate(goTo, address);
      await page.locator(".inspector .item").first().click();
      await check(`${address}, opened`);
    }
    await page.evaluate(goTo, "#/chats/46");
    await page.locator(".message.own .stamp").last().click();
    await check("a message that is chosen");
    await page.keyboard.press("?");
    await check("the keys");
    expect(found).toEqual([]);
  });

  test("nothing is wider than the page, from 320 px on, and at 400 %", async () => {
    const page = await tester.open(mock.url);
    const found: string[] = [];
    for (const address of [...ADDRESSES, "#/chats/46?message=1", "#/requests/my-call"]) {
      await page.evaluate(goTo, address);
      await page.waitForTimeout(40);
      for (const width of [320, 360, 390, 768, 1280]) {
        await page.setViewportSize({ width, height: width === 320 ? 256 : 800 }); // 1280 px at 400 % is 320 by 256
        const wide = await page.evaluate(() => {
          const panes = [...document.querySelectorAll(".pane, .tab, .messages, .rows, .bar, .status")];
          return [document.documentElement, ...panes]
            .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
            .map(({ className }) => className);
        });
        found.push(...wide.map((name) => `${address} at ${width} px: ${name}`));
      }
    }
    expect(found).toEqual([]);
  });

  test("at 1440, 900 and 390 px no word is broken, and the tabs are one row", async () => {
    const page = await tester.open(mock.url, "#/webhooks", { viewport: { width: 1440, height: 800 } });
    await page
      .getByRole("button", { name: /^message.sent/ })
      .first()
      .click();
    await page.locator(".delivery").getByLabel("Secret").fill("another");
    await page.getByRole("button", { name: "Verify" }).click();
    await page.getByText(/^Not verified/).waitFor();
    const look = () => {
      for (const count of document.querySelectorAll(".tabs .count")) count.textContent = "200 of them, 150 failed";
      const tops = [...document.querySelectorAll(".tabs a:not(.close)")].map((tab) => tab.getBoundingClientRect().top);
      const isCovered = (tab: Element): boolean => {
        const { right } = tab.getBoundingClientRect();
        return right > (document.querySelector(".tabs .close")?.getBoundingClientRect().left || Number.POSITIVE_INFINITY);
      };
      const covered = innerWidth < 1100 && innerWidth > 800 && [...document.querySelectorAll(".tabs div")].some(isCovered);
      const linesOf = (element: Element): number => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
      };
      const words = [...document.querySelectorAll("th, td:not(:last-child), .tabs .count, .delivery form button")];
      const answer = document.querySelector(".delivery output") as Element;
      const isNarrow = linesOf(answer) > 3;
      return {
        rows: new Set(tops).size,
        covered,
        broken: [...words.filter((word) => linesOf(word) > 1), ...(isNarrow ? [answer] : [])].map(({ outerHTML }) => outerHTML),
      };
    };
    for (const width of [1440, 900, 390]) {
      await page.setViewportSize({ width, height: 800 });
      expect({ width, ...(await page.evaluate(look)) }).toEqual({ width, rows: 1, covered: false, broken: [] });
    }
  });

  test("on a phone every target is 44 px high, and panes lead to each other", async () => {
    const long = `${mock.url}/s/${"n".repeat(64)}`; // as long as the name of a sandbox can be
    const headers = { "X-LINQ-INTEGRATION-TOKEN": "any", "Content-Type": "application/json" };
    const body = JSON.stringify({ message: { text: "Hello" } });
    await fetch(`${long}/api/partner/v2/chats/46/chat_messages`, { method: "POST", headers, body });
    const page = await tester.open(long, "", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page
      .getByRole("link", { name: /Ellen Prewitt/ })
      .first()
      .click();
    await page.getByRole("log").waitFor();
    const small = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("button, .button, select, textarea, .back")]
        .filter((element) => element.offsetParent !== null && element.getBoundingClientRect().height < 43.5)
        .map((element) => element.outerHTML),
    );
    expect(small).toEqual([]);
    await page.evaluate(goTo, "#/chats/8");
    await page.getByRole("button", { name: /leaves$/ }).waitFor();
    const heights = await page.evaluate(() =>
      [".messages", ".composer > .wrap"].map(
        (selector) => document.querySelector(selector)?.getBoundingClientRect().height ?? 0,
      ),
    );
    expect(heights[0]).toBeGreaterThan(844 / 2); // the conversation has most of the room
    expect(heights[1]).toBeLessThan(60); // and what can be done, one row
    await page.getByRole("link", { name: "Back" }).first().click();
    await page.locator(".chat-row[aria-current], .chat-row").first().click();
    await page.getByRole("link", { name: "Inspector" }).click(); // from within the conversation
    await page.getByRole("link", { name: /^Requests/ }).click();
    await page.getByRole("button", { name: /chat_messages/ }).waitFor();
  });
});
