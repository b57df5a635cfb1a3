import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { bundlePage } from "../build-page";
import { atMost, type Effort, type Findings, kilobytes, median, takeTurns } from "./measuring";
import { BASELINES, load, type ServerProcess, startServer } from "./servers";
import { findPaths, longChat, worldFile, worldOf } from "./worlds";

const CHATS = 1000;
const LONG_CHAT = 10_000;
const LOADS = 10;
const PAGES = 10;

/** The inbox: what a browser loads of it, how soon it shows the conversations, what it holds, and what it costs those who call the API. Needs a Chromium. */
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
          measured: `${Math.round(Math.max(...shown.map(({ inbox }) => inbox)))} ms`,
          aim: "at most 400 ms",
        },
        {
          what: "the same, to a page of plain HTML by Express",
          measured: median(shown.map(({ inbox, plain }) => inbox / plain)).toFixed(2),
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
    await Promise.all([mock, long, express].map((server) => server.stop()));
  }
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
    watched: async () => {
      const context = await browser.newContext();
      for (let i = 0; i < PAGES; i += 1) {
        const opened = await context.newPage();
        await opened.goto(`${mock.url}/__mock/ui/`);
        await opened.waitForSelector(".item, .empty"); // it has read everything
      }
      const answered = await load(mock, requests, until);
      await context.close();
      return answered;
    },
  });
  return median(rounds.map(({ none, watched }) => watched / none));
}
