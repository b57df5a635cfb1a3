import type { Effort } from "./effort";
import type { Findings } from "./figures";
import { load } from "./load";
import { startServer } from "./server-process";
import { median } from "./statistics";
import { takeTurns } from "./take-turns";
import { findPaths, worldFile, worldOf } from "./world";

/** Find Chat, to an Express handler and to bare node:http, and in a large world to a small one. */
export async function finding(folder: string, effort: Effort): Promise<Findings> {
  const small = worldOf(100);
  const large = worldOf(100_000);
  const file = worldFile(folder, "small", small);
  const paths = findPaths(small);
  const [first = ""] = paths;
  const mock = await startServer(["dist/cli.js", "--fixtures", file, "--port"], first);
  const mockLarge = await startServer(["dist/cli.js", "--fixtures", worldFile(folder, "large", large), "--port"], first);
  const express = await startServer(["scripts/bench/plain-express.js", file], first);
  const bare = await startServer(["scripts/bench/bare-http.js", file], first);

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
      aim: "at least 2.0",
    },
    {
      what: "Find Chat throughput, to bare `node:http` doing the same lookup",
      measured: median(rounds.map((turn) => turn.mock / turn.bare)).toFixed(2),
      aim: "at least 0.4",
    },
    {
      what: "time of a Find Chat among 100,000 chats, to one among 100",
      measured: median(rounds.map((turn) => turn.mock / turn.mockLarge)).toFixed(2),
      aim: "at most 1.2",
    },
  ];
  return { figures, notes: [`about ${Math.round(median(rounds.map((turn) => turn.mock)))} Find Chats a second`] };
}
