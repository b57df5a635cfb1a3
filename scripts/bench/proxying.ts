import type { Effort } from "./effort";
import { atMost } from "./effort";
import type { Findings } from "./figures";
import { load } from "./load";
import { startServer } from "./server-process";
import { median } from "./statistics";
import { takeTurns } from "./take-turns";
import { findPaths, worldFile, worldOf } from "./world";

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
