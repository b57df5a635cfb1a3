import { atMost, type Effort, type Findings, median, takeTurns, timeOf } from "./measuring";
import { BASELINES, load, startServer } from "./servers";
import { findPaths, longChat, worldFile, worldOf } from "./worlds";

/** Find Chat, to an Express handler and to bare node:http, and in a large world to a small one. */
export async function finding(folder: string, effort: Effort): Promise<Findings> {
  const small = worldOf(100);
  const large = worldOf(100_000);
  const file = worldFile(folder, "small", small);
  const paths = findPaths(small);
  const [first = ""] = paths;
  const mock = await startServer(["dist/cli.js", "--fixtures", file, "--port"], first);
  const mockLarge = await startServer(["dist/cli.js", "--fixtures", worldFile(folder, "large", large), "--port"], first);
  const express = await startServer([BASELINES, "express", file], first);
  const bare = await startServer([BASELINES, "bare", file], first);

  const requests = paths.map((path) => ({ path }));
  const requestsOfLarge = findPaths(large).map((path) => ({ path }));
  const until = { duration: effort.secondsPerTurn };
  const rounds = await takeTurns(effort, {
    express: () => load(express, requests, until),
    mock: () => load(mock, requests, until),
    bare: () => load(bare, requests, until),
    mockLarge: () => load(mockLarge, requestsOfLarge, until),
  });
  await Promise.all([mock, mockLarge, express, bare].map((server) => server.stop()));

  const figures = [
    {
      what: "Find Chat throughput, to a plain Express 5 `res.json` handler",
      measured: median(rounds.map((turn) => turn.mock / turn.express)).toFixed(2),
      aim: "at least 3.0",
    },
    {
      what: "Find Chat throughput, to bare `node:http` doing the same lookup",
      measured: median(rounds.map((turn) => turn.mock / turn.bare)).toFixed(2),
      aim: "at least 0.45",
    },
    {
      what: "time of a Find Chat among 100,000 chats, to one among 100",
      measured: median(rounds.map((turn) => turn.mock / turn.mockLarge)).toFixed(2),
      aim: "at most 1.2",
    },
  ];
  return { figures, notes: [`about ${Math.round(median(rounds.map((turn) => turn.mock)))} Find Chats a second`] };
}

const SHORT = 200;
const LONG = 100_000;
const PER_PAGE = 100;

/** A page of messages from a long chat, to one from a short chat. */
export async function paging(folder: string, effort: Effort): Promise<Findings> {
  const [short, long] = [await serveChat(SHORT), await serveChat(LONG)];
  const rounds = await takeTurns(effort, {
    shortFirst: () => short.read(1),
    longFirst: () => long.read(1),
    shortLast: () => short.read(SHORT / PER_PAGE),
    longLast: () => long.read(LONG / PER_PAGE),
  });
  await Promise.all([short.server.stop(), long.server.stop()]);
  return {
    figures: [
      {
        what: "time of a page of 100 messages from a chat of 100,000, to one from a chat of 200",
        measured: median(rounds.map((turn) => turn.shortFirst / turn.longFirst)).toFixed(2),
        aim: "at most 1.3",
      },
      {
        what: "the same of the last page",
        measured: median(rounds.map((turn) => turn.shortLast / turn.longLast)).toFixed(2),
        aim: "at most 1.3",
      },
    ],
  };

  async function serveChat(messages: number) {
    const file = worldFile(folder, `chat-of-${messages}`, longChat(messages));
    const server = await startServer(["dist/cli.js", "--fixtures", file, "--port"], pagePath(1));
    const read = (page: number) => load(server, [{ path: pagePath(page) }], { duration: effort.secondsPerTurn });
    return { server, read };
  }
}

function pagePath(page: number): string {
  return `/api/partner/v2/chats/1/chat_messages?per_page=${PER_PAGE}&page=${page}`;
}

const FORCED_CALLS = 200;

/** How long a forced answer takes. */
export async function forcing(folder: string): Promise<Findings> {
  const world = worldOf(100);
  const [path = ""] = findPaths(world);
  const mock = await startServer(["dist/cli.js", "--fixtures", worldFile(folder, "small", world), "--port"], path);
  const took: number[] = [];
  for (let i = 0; i < FORCED_CALLS; i += 1) {
    const headers = { "X-LINQ-INTEGRATION-TOKEN": "bench", Prefer: i % 2 === 0 ? "code=400" : "dynamic=true" };
    took.push(await timeOf(async () => (await fetch(`${mock.url}${path}`, { headers })).text()));
  }
  await mock.stop();
  const [first = 0, ...later] = took;
  return {
    figures: [
      {
        what: "first `Prefer` of a process; the median of the later ones",
        measured: `${Math.round(first)} ms; ${median(later).toFixed(1)} ms`,
        aim: "under 2 s; under 5 ms",
      },
    ],
  };
}

const ROUNDS = 5;
const SECONDS_PER_TURN = 1;

/** Find Chat through the proxy, with both directions checked, and of the mock behind it directly. */
export async function proxying(folder: string, effort: Effort): Promise<Findings> {
  const world = worldOf(100);
  const paths = findPaths(world);
  const [first = ""] = paths;
  const mock = await startServer(["dist/cli.js", "--fixtures", worldFile(folder, "small", world), "--port"], first);
  const proxy = await startServer(["dist/cli.js", "proxy", "--target", mock.url, "--port"], first);
  const requests = paths.map((path) => ({ path }));
  const until = { duration: Math.min(SECONDS_PER_TURN, effort.secondsPerTurn) };
  const rounds = await takeTurns(atMost(ROUNDS, effort), {
    direct: () => load(mock, requests, until),
    proxied: () => load(proxy, requests, until),
  });
  await proxy.stop();
  await mock.stop();
  const measured = median(rounds.map(({ direct, proxied }) => direct / proxied)).toFixed(2);
  return {
    figures: [{ what: "time of a Find Chat through `linq-mock proxy`, checked, to a direct one", measured, aim: "at most 5" }],
    notes: [`about ${Math.round(median(rounds.map(({ proxied }) => proxied)))} Find Chats a second through the proxy`],
  };
}
