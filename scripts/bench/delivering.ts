import { setTimeout as pause } from "node:timers/promises";
import { call } from "./call";
import type { Findings } from "./figures";
import { load } from "./load";
import { requests, subscribe } from "./sending";
import { type ServerProcess, startServer } from "./server-process";
import { worldFile, worldOf } from "./world";

const DELIVERIES = 10_000;
const POLL_MS = 50;
const PATIENCE_MS = 5000;

interface Seen {
  readonly count: number;
  /** How many did not follow upon the one before. */
  readonly misplaced: number;
  readonly firstAt?: number;
  readonly lastAt?: number;
}

/** Webhook deliveries to one receiver: are all there, in order, and how fast? */
export async function delivering(folder: string): Promise<Findings> {
  const file = worldFile(folder, "small", worldOf(100));
  const mock = await startServer(["dist/cli.js", "--fixtures", file, "--port"], "/__mock/health");
  const receiver = await startServer(["scripts/bench/receiver.js"], "/seen");
  await subscribe(mock, receiver);
  await load(mock, requests(), { amount: DELIVERIES });
  const { count, misplaced, firstAt = 0, lastAt = 0 } = await allSeen(receiver);
  await Promise.all([mock.stop(), receiver.stop()]);
  const perSecond = Math.round((1000 * count) / (lastAt - firstAt));
  return {
    figures: [
      {
        what: "10,000 webhook deliveries to one subscriber",
        measured: `${DELIVERIES - count} lost, ${misplaced} out of order, ${perSecond} a second`,
        aim: "none lost, order kept",
      },
    ],
  };
}

/** What the receiver has seen, once that is everything, or no more has come for a while. */
async function allSeen(receiver: ServerProcess): Promise<Seen> {
  let seen = await look(receiver);
  for (let waited = 0; seen.count < DELIVERIES && waited < PATIENCE_MS; waited += POLL_MS) {
    await pause(POLL_MS);
    const now = await look(receiver);
    if (now.count > seen.count) waited = 0;
    seen = now;
  }
  return seen;
}

async function look(receiver: ServerProcess): Promise<Seen> {
  return (await call(receiver, "GET", "/seen")) as Seen;
}
