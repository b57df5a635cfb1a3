import { type Effort, type Findings, median, takeTurns } from "./measuring";
import { BASELINES, startServer } from "./servers";
import { findPaths, worldFile, worldOf } from "./worlds";

const STARTS_PER_ROUND = 2;
export const SHIPPED_CHAT = "/api/partner/v2/chats/find?phone_number=%2B12052761148&phone_numbers%5B%5D=%2B12055426109";

/** Measures starting the mock as a user does, with the shipped fixtures; each process answers one Find Chat. */
export async function starting(folder: string, effort: Effort): Promise<Findings> {
  const world = worldOf(100);
  const file = worldFile(folder, "small", world);
  const [path = ""] = findPaths(world);
  const rounds = await takeTurns(
    { ...effort, rounds: effort.rounds * STARTS_PER_ROUND + 1 },
    {
      express: () => timeToStart([BASELINES, "express", file], path),
      mock: () => timeToStart(["dist/cli.js", "--port"], SHIPPED_CHAT),
    },
  );
  const measured = median(rounds.map(({ mock, express }) => mock / express)).toFixed(2);
  return { figures: [{ what: "process start to first answer, to the plain Express app", measured, aim: "at most 1.2" }] };
}

export async function timeToStart(args: readonly string[], path: string): Promise<number> {
  const server = await startServer(args, path);
  await server.stop();
  return server.startMs;
}
