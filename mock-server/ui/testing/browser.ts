import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { controlCalls } from "../../control/generated/calls";
import { type MockServer, startMockServer } from "../../server/start-mock-server";
import { type Answer, type Receiver, startReceiver } from "../../testing/receiver";

const PLACES = [
  process.env["CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
/** Where a Chromium is on this machine, if there is one. */
const chromiumPath = PLACES.find((path) => path !== undefined && existsSync(path));

/** The tests of the page, where a Chromium is; elsewhere one that says that there is none, and fails where there must be. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (chromiumPath) return describe(name, tests);
  const problem = `no Chromium is found, so that this is not tested: ${name} (CHROMIUM=<path> says where one is)`;
  process.stderr.write(`${problem}\n`);
  if (process.env["CHROMIUM_REQUIRED"] === undefined) return test.skip(problem, () => undefined);
  test(name, () => {
    throw new Error(problem);
  });
}

function launch(): Promise<Browser> {
  const quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"];
  const args = ["--no-sandbox", "--disable-gpu", "--disable-sync", ...quiet];
  return chromium.launch({ executablePath: chromiumPath ?? "", headless: true, args });
}

/** Wide enough for three panes, and no larger: each pixel is drawn. */
const VIEWPORT = { width: 1200, height: 720 };

/** What a page does not show by then it never will. */
const MOST_MS = 8000;

type MockOptions = Parameters<typeof startMockServer>[0];

/** What tests of the page have: a browser for all of a file, mocks and contexts that end with each test, and a watch over what the page asks. */
export class PageTester {
  #browser: Browser | undefined;
  #page: Page | undefined;
  readonly #ends: (() => Promise<unknown>)[] = [];
  /** What went wrong in a page that no test asked for. */
  readonly problems: string[] = [];
  /** Every call of a page, as `GET /clock`. */
  readonly asked = new Set<string>();

  /** For the top of a `describe`. */
  watch(): void {
    beforeAll(async () => {
      this.#browser = await launch();
    });
    afterAll(() => this.#browser?.close());
    afterEach(async () => {
      for (const end of this.#ends.splice(0).reverse()) await end();
      expect(this.problems.splice(0)).toEqual([]);
    });
  }

  async mock(options: MockOptions = {}): Promise<MockServer> {
    const mock = await startMockServer(options);
    this.#ends.push(() => mock.stop());
    return mock;
  }

  async receiver(answer?: Answer): Promise<Receiver> {
    const receiver = await startReceiver(answer);
    this.#ends.push(() => receiver.stop());
    return receiver;
  }

  async context(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await (this.#browser as Browser).newContext({ viewport: VIEWPORT, ...options });
    this.#ends.push(() => context.close());
    return context;
  }

  /** Opens an address of the page, and waits until it shows the world. */
  async open(base: string, hash = "", options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.openBare(base, hash, options);
    await page.waitForSelector(".page");
    return page;
  }

  /** In the one page that a file has for all who want a size at most: a new one takes a browser as long again. */
  async openBare(base: string, hash = "", { viewport, ...others }: BrowserContextOptions = {}): Promise<Page> {
    const isShared = Object.keys(others).length === 0;
    const page = isShared
      ? await this.sharedPage(base, viewport ?? VIEWPORT)
      : await this.newPage(await this.context({ viewport: viewport ?? VIEWPORT, ...others }));
    await page.goto(`${base}/__mock/ui/${hash}`);
    return page;
  }

  /** As new: of another origin than before, as each test has a mock of its own, and without cookies. */
  async sharedPage(base: string, viewport: { width: number; height: number } = VIEWPORT): Promise<Page> {
    this.#page ??= await this.newPage(await (this.#browser as Browser).newContext({ viewport }));
    const page = this.#page;
    await Promise.all([page.setViewportSize(viewport), page.context().clearCookies()]);
    this.#ends.push(async () => {
      await page.unrouteAll();
      await page.goto(`${base}/__mock/health`); // of the same site: for about:blank, a browser begins a new process
    });
    return page;
  }

  async newPage(context: BrowserContext): Promise<Page> {
    return this.#watched(await context.newPage());
  }

  /** A new page that has the process of another one, which spares the time of one. */
  async popup(opener: Page): Promise<Page> {
    const [popup] = await Promise.all([opener.waitForEvent("popup"), opener.evaluate(() => void window.open("about:blank"))]);
    return this.#watched(popup);
  }

  #watched(page: Page): Page {
    page.setDefaultTimeout(MOST_MS);
    page.on("pageerror", (error) => this.problems.push(error.message));
    page.on("console", (message) => {
      const isExpected = /Failed to load resource|net::ERR/.test(message.text());
      if (message.type() === "error" && !isExpected) this.problems.push(message.text());
    });
    page.on("dialog", (dialog) => this.problems.push(`a dialog: ${dialog.message()}`));
    page.on("request", (request) => {
      const unknown = this.#note(request.method(), new URL(request.url()));
      if (unknown) this.problems.push(`no documented call: ${unknown}`);
    });
    return page;
  }

  /** Notes a call of the page. Returns it when the control API's document has none such. */
  #note(method: string, { protocol, pathname, searchParams }: URL): string | undefined {
    if (!protocol.startsWith("http")) return undefined; // data: and blob: are no requests
    const [, path = ""] = /^(?:\/s\/[^/]+)?\/__mock(\/.*)$/.exec(pathname) ?? [];
    if (/^\/ui\//.test(path) || /^(?:\/s\/[^/]+)?\/attachments\//.test(pathname)) return undefined;
    const call = Object.values(controlCalls).find((one) => one.method === method && pathPattern(one.path).test(path));
    const names = Object.keys(call?.query ?? {});
    const isDocumented = call !== undefined && [...searchParams.keys()].every((name) => names.includes(name));
    this.asked.add(`${method} ${call?.path ?? path}`);
    return isDocumented || this.allowsOthers
      ? undefined
      : `${method} ${pathname}${searchParams.size > 0 ? `?${searchParams}` : ""}`;
  }

  /** Whether a test has the page ask for something else, such as the API itself. */
  allowsOthers = false;
}

function pathPattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}$`);
}

/** Runs in the page. */
export function goTo(hash: string): void {
  location.hash = hash;
}
