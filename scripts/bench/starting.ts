import { type Effort, type Findings, kilobytes, median, megabytes, takeTurns } from "./measuring";
import { BASELINES, call, startProbedServer, startServer } from "./servers";
import { findPaths, worldFile, worldOf } from "./worlds";

const STARTS_PER_ROUND = 2;
const SHIPPED_CHAT = "/api/partner/v2/chats/find?phone_number=%2B12052761148&phone_numbers%5B%5D=%2B12055426109";

/** As a user starts it, with the shipped fixtures; each process answers one Find Chat. */
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

async function timeToStart(args: readonly string[], path: string): Promise<number> {
  const server = await startServer(args, path);
  await server.stop();
  return server.startMs;
}

const SANDBOXES = 1000;

/** The memory of a mock with the shipped fixtures and many sandboxes, each of which was used once. */
export async function sandboxes(): Promise<Findings> {
  const mock = await startProbedServer(["dist/cli.js", "--port"], "/__mock/health");
  for (let i = 0; i < SANDBOXES; i += 1) await sendFrom("warm-up");
  const before = await mock.memory();
  for (let i = 0; i < SANDBOXES; i += 1) await sendFrom(String(i));
  const after = await mock.memory();
  await mock.stop();
  const each = kilobytes((after.alive - before.alive) / SANDBOXES);
  return {
    figures: [{ what: "1,000 sandboxes, each with a message sent", measured: `${megabytes(after.rss)} in all, ${each} each` }],
  };

  async function sendFrom(name: string): Promise<void> {
    await call(mock, "POST", `/s/box-${name}/api/partner/v2/chats/1/chat_messages`, { message: { text: `from ${name}` } });
  }
}
