import type { Effort } from "./effort";
import type { Findings } from "./figures";
import { load } from "./load";
import { type ServerProcess, startServer } from "./server-process";
import { median } from "./statistics";
import { takeTurns } from "./take-turns";
import { findPaths, worldFile, worldOf } from "./world";

const FORCED_CALLS = 200;

/** What faults cost those whom they do not mean, and how long a forced answer takes. */
export async function failing(folder: string, effort: Effort): Promise<Findings> {
  const world = worldOf(100);
  const paths = findPaths(world);
  const [first = ""] = paths;
  const start = (flags: readonly string[]): Promise<ServerProcess> =>
    startServer(["dist/cli.js", "--fixtures", worldFile(folder, "small", world), ...flags, "--port"], first);
  const idle = await start([]);
  const armed = await start(["--fault", "latency ms=1000 operation=sendMessage"]);
  const requests = paths.map((path) => ({ path }));
  const until = { duration: effort.secondsPerTurn };
  const rounds = await takeTurns(effort, {
    idle: () => load(idle, requests, until),
    armed: () => load(armed, requests, until),
  });
  const forced = await forcedCalls(idle, first);
  await Promise.all([idle.stop(), armed.stop()]);
  return {
    figures: [
      {
        what: "Find Chat throughput with a fault armed for another operation, to none",
        measured: median(rounds.map((turn) => turn.armed / turn.idle)).toFixed(2),
      },
      {
        what: "first `Prefer` of a process; the median of the later ones",
        measured: `${Math.round(forced[0] ?? 0)} ms; ${median(forced.slice(1)).toFixed(1)} ms`,
        aim: "under 2 s; under 5 ms",
      },
    ],
  };
}

/** How long each took, in milliseconds. */
async function forcedCalls({ url }: ServerProcess, path: string): Promise<number[]> {
  const took: number[] = [];
  for (let i = 0; i < FORCED_CALLS; i += 1) {
    const began = performance.now();
    const headers = { "X-LINQ-INTEGRATION-TOKEN": "bench", Prefer: i % 2 === 0 ? "code=400" : "dynamic=true" };
    await (await fetch(`${url}${path}`, { headers })).text();
    took.push(performance.now() - began);
  }
  return took;
}
