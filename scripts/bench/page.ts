import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { bundlePage } from "../build-page";
import { atMost, type Effort, type Findings, kilobytes, median, takeTurns } from "./measuring";
import { BASELINES, load, type ServerProcess, startServer } from "./servers";
import { findPaths, longChat, worldFile, worldOf } from "./worlds";

const CHATS = 1000;
const LONG_CHAT = 10_000;
const LOADS = 10;
const PAGES = 10;
const MANY_CHATS = 100_000;

/**
 * The inbox: what a browser loads of it, how soon it shows the conversations and what is written, what it holds, and what it costs those who call the
 * API. Needs a Chromium.
 */
export async function page(folder: string, effort: Effort): Promise<Findings> {
  const { sizes } = await bundlePage(join(folder, "ui"));
  const world = worldOf(CHATS);
  const file = worldFile(folder, "inbox", world);
  const paths = findPaths(world);
  const mock = await startServer(["dist/cli.js", "--fixtures", file, "--port"], paths[0] ?? "");
  const long = await startServer(
    ["dist/cli.js", "--fixtures", worldFile(folder, "long-chat", longChat(LONG_CHAT)), "--port"],
    "/__mock/health",
  );
  const many = await startServer(
    ["dist/cli.js", "--fixtures", worldFile(folder, "many-chats", worldOf(MANY_CHATS)), "--port"],
    "/__mock/health",
  );
  const express = await startServer([BASELINES, "page", file], "/");
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic"] });
  try {
    const shown = await takeTurns(
      { ...effort, rounds: LOADS },
      {
        plain: () => timeToList(browser, `${express.url}/`),
        inbox: () => timeToList(browser, `${mock.url}/__mock/ui/`),
      },
    );
    const large = await takeTurns(atMost(3, effort), {
      list: () => timeToList(browser, `${many.url}/__mock/ui/`),
      search: () => timeInPage(browser, `${many.url}/__mock/ui/`, SEARCH),
    });
    const written = await timeInPage(browser, `${mock.url}/__mock/ui/#/chats/1`, WRITE);
    const asked = await withPages(browser, mock, (one) => one.evaluate<number>(timesOf(`ask(${JSON.stringify(paths[0])})`)));
    const held = [
      await memoryOf(browser, `${mock.url}/__mock/ui/`, ".rows"),
      await memoryOf(browser, `${long.url}/__mock/ui/#/chats/1`, ".messages"),
    ];
    const watched = await throughput(browser, mock, paths, effort);
    return {
      figures: [
        {
          what: "first load of the inbox, gzipped (script, style)",
          measured: `${kilobytes(sizes.all)} (${kilobytes(sizes.js)}, ${kilobytes(sizes.css)})`,
          aim: "at most 50 kB (40, 8)",
        },
        {
          what: `its list of ${CHATS} conversations is visible, p95 of ${LOADS}`,
          measured: inMs(Math.max(...shown.map(({ inbox }) => inbox))),
          aim: "at most 400 ms",
        },
        {
          what: "the same, to a page of plain HTML by Express",
          measured: median(shown.map(({ inbox, plain }) => inbox / plain)).toFixed(2),
        },
        {
          what: `its list of ${MANY_CHATS.toLocaleString("en")} conversations is visible; a search in them is answered`,
          measured: [median(large.map(({ list }) => list)), median(large.map(({ search }) => search))].map(inMs).join("; "),
        },
        { what: `a message written in it is shown, median of ${TIMES}`, measured: inMs(written), aim: "at most 200 ms" },
        {
          what: `a Find Chat of the browser is answered with ${PAGES} pages open, median of ${TIMES}`,
          measured: inMs(asked),
          aim: "at most 50 ms",
        },
        {
          what: `memory of the page, scrolled through ${CHATS} conversations; through a chat of ${LONG_CHAT.toLocaleString("en")} messages`,
          measured: held.map((bytes) => `${Math.round(bytes / 2 ** 20)} MB`).join("; "),
          aim: "at most 150 MB",
        },
        { what: `Find Chat throughput with ${PAGES} pages open, to none`, measured: watched.toFixed(2), aim: "at least 0.9" },
      ],
    };
  } finally {
    await browser.close();
    await Promise.all([mock, long, many, express].map((server) => server.stop()));
  }
}

function inMs(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

const TIMES = 21;

/** Runs in the page: the median of how long something takes there, again and again. `i` counts the times. */
function timesOf(something: string): string {
  return `(async () => {
    const until = async (isSo) => { while (!isSo()) await new Promise(requestAnimationFrame); };
    const ask = async (path) => (await fetch(path, { headers: { "X-LINQ-INTEGRATION-TOKEN": "bench" } })).json();
    const put = (field, text) => { field.value = text; field.dispatchEvent(new Event("input", { bubbles: true })); };
    const times = [];
    for (let i = 0; i < ${TIMES}; i += 1) {
      const begun = performance.now();
      await (async () => { ${something} })();
      times.push(performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return times.sort((a, b) => a - b)[${TIMES >> 1}];
  })()`;
}

const WRITE = timesOf(`
  put(document.querySelector("#compose"), "Written " + i + ".");
  await until(() => document.querySelector("#compose").value !== "");
  document.querySelector(".composer [type=submit]").click();
  await until(() => document.querySelector("[role=log]").textContent.includes("Written " + i + "."));
`);

/** By the last digits of a number that one conversation has, another each time. */
const SEARCH = timesOf(`
  const number = "5550" + String(100 + i).slice(1) + "1";
  put(document.querySelector("#search"), number);
  await until(() => [...document.querySelectorAll(".chat-row")].every((row) => row.textContent.replace(/\\D/g, "").includes(number)));
`);

async function timeInPage(browser: Browser, url: string, measure: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const opened = await context.newPage();
  await opened.goto(url);
  await opened.waitForSelector(".item, .empty"); // it has read everything
  const ms = await opened.evaluate<number>(measure);
  await context.close();
  return ms;
}

/** Runs in the page; the time is since navigation began. */
const WAIT_FOR_LIST = `(async () => {
  const frame = () => new Promise(requestAnimationFrame);
  while (!document.querySelector(".chat-row")) await frame();
  await frame();
  return performance.now();
})()`;

/** From navigation to the first row that a person sees, with nothing in the cache. */
async function timeToList(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const opened = await context.newPage();
  await opened.goto(url, { waitUntil: "commit" });
  const ms = await opened.evaluate<number>(WAIT_FOR_LIST);
  await context.close();
  return ms;
}

const SCROLLS = 60;

/** The memory of the process that has a page, once it was scrolled from end to end. */
async function memoryOf(browser: Browser, url: string, list: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const opened = await context.newPage();
  await opened.goto(url);
  await opened.waitForSelector(list);
  for (let i = 0; i < SCROLLS; i += 1) {
    await opened
      .locator(list)
      .evaluate((element, toEnd) => element.scrollTo(0, toEnd ? element.scrollHeight : 0), list === ".rows");
    await opened.waitForTimeout(20);
  }
  const session = await context.newCDPSession(opened);
  await session.send("HeapProfiler.collectGarbage");
  const held = Math.max(
    ...readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(rendererBytes),
  );
  await context.close();
  return held;
}

/** What a process has of its own, if it is one that has pages of a browser. */
function rendererBytes(pid: string): number {
  try {
    if (!readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--type=renderer")) return 0;
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    return [...rollup.matchAll(/^Private_\w+: +(\d+) kB$/gm)].reduce((sum, [, kb]) => sum + Number(kb) * 1024, 0);
  } catch {
    return 0; // it has ended meanwhile
  }
}

async function throughput(browser: Browser, mock: ServerProcess, paths: readonly string[], effort: Effort): Promise<number> {
  const requests = paths.map((path) => ({ path }));
  const until = { duration: effort.secondsPerTurn };
  const rounds = await takeTurns(atMost(3, effort), {
    none: () => load(mock, requests, until),
    watched: () => withPages(browser, mock, () => load(mock, requests, until)),
  });
  return median(rounds.map(({ none, watched }) => watched / none));
}

/** Does something while pages of one browser look on; it is given the last of them. */
async function withPages(browser: Browser, mock: ServerProcess, act: (last: Page) => Promise<number>): Promise<number> {
  const context = await browser.newContext();
  let opened = await context.newPage();
  for (let i = 0; i < PAGES; i += 1) {
    if (i > 0) opened = await context.newPage();
    await opened.goto(`${mock.url}/__mock/ui/`);
    await opened.waitForSelector(".item, .empty"); // it has read everything
  }
  const found = await act(opened);
  await context.close();
  return found;
}
