/**
 * Keeps a mock busy with mixed traffic in several sandboxes, for five minutes or --minutes <n>, and watches its memory. Exit code 1
 * when memory grows after the warm-up, or when an answer was no 2xx.
 */
import { parseArgs } from "node:util";
import { megabytes } from "./bench/measuring";
import { type Memory, startProbedServer, startServer } from "./bench/servers";
import { act } from "./soak/actions";
import { type Growth, growthOf, Session, watch } from "./soak/session";

const SESSIONS = 8;
/** In actions: how far the sessions are apart, so that their worlds are not large all at once. */
const APART = 190;
const SAMPLES = 60;
const FAIL_EVERY = "50";

void soak();

async function soak(): Promise<void> {
  const { values } = parseArgs({ options: { minutes: { type: "string", default: "5" } } });
  const lastsMs = Number(values.minutes) * 60_000;
  process.env["FAIL_EVERY"] = FAIL_EVERY; // for the receiver
  const receiver = await startServer(["scripts/bench/receiver.mjs"], "/seen");
  const mock = await startProbedServer(["dist/cli.js", "--port"], "/__mock/health");

  const startedAt = performance.now();
  const until = startedAt + lastsMs;
  const answers = new Map<string, number>();
  const sessions = Array.from(
    { length: SESSIONS },
    (_, i) => new Session(i, i * APART, { server: mock.url, receiver: receiver.url }, answers),
  );
  const tell = ({ rss, alive }: Memory): void => {
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    console.log(`${seconds} s: ${megabytes(rss)} resident, ${megabytes(alive)} alive, ${sum(answers)} answers`);
  };
  const [samples] = await Promise.all([
    watch(mock, until, lastsMs / SAMPLES, tell),
    ...sessions.map(async (session) => {
      while (performance.now() < until) await act(session);
    }),
  ]);
  await Promise.all([mock.stop(), receiver.stop()]);
  process.exitCode = verdict(samples, answers) ? 0 : 1;
}

/** Says how it went. True when it went well. */
function verdict(samples: readonly Memory[], answers: ReadonlyMap<string, number>): boolean {
  for (const [what, count] of [...answers].sort()) console.log(`${what}: ${count}`);
  const resident = growthOf(samples.map(({ rss }) => rss));
  const alive = growthOf(samples.map(({ alive: bytes }) => bytes));
  const wrong = [...answers].filter(([what]) => !what.startsWith("2"));
  const refused = wrong.reduce((total, [, count]) => total + count, 0);
  console.log(`resident memory ${describe(resident)}`);
  console.log(`alive memory ${describe(alive)}`);
  console.log(`${sum(answers)} answers, ${refused} of them no 2xx`);
  return resident.isFlat && alive.isFlat && refused === 0;
}

function describe({ from, to, isFlat }: Growth): string {
  const percent = (100 * (to / from - 1)).toFixed(1);
  const medians = `${megabytes(from)} in the first third after the warm-up, ${megabytes(to)} in the last, ${percent} %`;
  return `${isFlat ? "is flat" : "GROWS"}: ${medians}`;
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}
