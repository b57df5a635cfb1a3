import { setTimeout as pause } from "node:timers/promises";
import type { WebhookOrder } from "../../mock-server/world/settings";
import { type Effort, type Findings, median, takeTurns } from "./measuring";
import { BASELINES, callServer, load, type ServerProcess, startServer } from "./servers";
import { worldFile, worldOf } from "./worlds";

const CHATS = 100;
const READY = "/__mock/health";
export const TEXT = { message: { text: "Yes, from nine to noon." } };

/** Send Message, with no subscriber and with one, to an Express handler. */
export async function sending(folder: string, effort: Effort): Promise<Findings> {
  const file = worldFile(folder, "small", worldOf(CHATS));
  const mock = await startServer(["dist/cli.js", "--fixtures", file, "--port"], READY);
  const subscribed = await startServer(["dist/cli.js", "--fixtures", file, "--port"], READY);
  const express = await startServer([BASELINES, "sender"], "/ready");
  const receiver = await startServer(["scripts/bench/receiver.mjs"], "/seen");
  await requireEqualAnswers(mock, express);

  const turn = async (server: ServerProcess): Promise<number> => {
    const perSecond = await load(server, requests(), { duration: effort.secondsPerTurn });
    await reset(server);
    return perSecond;
  };
  const backlogs: Backlog[] = [];
  const rounds = await takeTurns(effort, {
    express: () => turn(express),
    mock: () => turn(mock),
    subscribed: async () => {
      await subscribe(subscribed, receiver);
      const perSecond = await load(subscribed, requests(), { duration: effort.secondsPerTurn });
      backlogs.push(await backlog(subscribed));
      await reset(subscribed); // or it would go on delivering in the turns of others
      return perSecond;
    },
  });
  await Promise.all([mock, subscribed, express, receiver].map((server) => server.stop()));

  const figures = [
    {
      what: "Send Message throughput, to a plain Express 5 handler that keeps the message and answers as much",
      measured: median(rounds.map((round) => round.mock / round.express)).toFixed(2),
      aim: "at least 0.8",
    },
    {
      what: "the same with a webhook subscriber",
      measured: median(rounds.map((round) => round.subscribed / round.express)).toFixed(2),
      aim: "at least 0.5",
    },
  ];
  const waiting = Math.round(100 * median(backlogs.map(({ pending, made }) => pending / made)));
  return {
    figures,
    notes: [
      `about ${Math.round(median(rounds.map(({ mock: perSecond }) => perSecond)))} Send Messages a second`,
      `${waiting} % of the deliveries still waited after ${effort.secondsPerTurn} s of sending without a pause`,
    ],
  };
}

/** What a new subscription to `message.sent` sends goes to this receiver. */
async function subscribe(mock: ServerProcess, receiver: ServerProcess): Promise<void> {
  const subscription = { webhook_url: `${receiver.url}/hook`, events: ["message.sent"], version: 2, active: true };
  await callServer(mock, "POST", "/api/partner/v2/webhook_subscriptions", { webhook_subscription: subscription });
}

/** A Send Message to each of the chats. */
function requests(): { method: "POST"; path: string; body: string }[] {
  return Array.from({ length: CHATS }, (_, i) => ({ method: "POST", path: sendPath(i + 1), body: JSON.stringify(TEXT) }));
}

interface Backlog {
  readonly made: number;
  readonly pending: number;
}

async function backlog(server: ServerProcess): Promise<Backlog> {
  const { counts } = (await callServer(server, "GET", "/__mock/deliveries?limit=1")) as {
    counts: Record<"pending" | "delivered" | "failed" | "dropped", number>;
  };
  const made = counts.pending + counts.delivered + counts.failed + counts.dropped;
  console.error(`deliveries: ${JSON.stringify(counts)}`);
  return { made, pending: counts.pending };
}

async function requireEqualAnswers(mock: ServerProcess, express: ServerProcess): Promise<void> {
  const sizes: number[] = [];
  for (const server of [mock, express]) {
    sizes.push(JSON.stringify(await callServer(server, "POST", sendPath(1), TEXT)).length);
    await reset(server);
  }
  if (Math.abs((sizes[0] ?? 0) - (sizes[1] ?? 0)) > 5) throw new Error(`the answers differ in size: ${sizes.join(" and ")}`);
}

async function reset(server: ServerProcess): Promise<void> {
  await callServer(server, "POST", "/__mock/reset");
}

export function sendPath(chatId: number): string {
  return `/api/partner/v2/chats/${chatId}/chat_messages`;
}

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

/** Webhook deliveries to one receiver: are all there, in order where they are to be, and how fast? */
export async function delivering(folder: string): Promise<Findings> {
  const what = "10,000 webhook deliveries to one subscriber";
  const asSent = await deliver(folder, "as-sent");
  const inOrder = await deliver(folder, "in-order");
  const figure = ({ lost, perSecond }: Delivered) => `${lost} lost, ${perSecond} a second`;
  return {
    figures: [
      { what, measured: figure(asSent), aim: "none lost" },
      {
        what: `${what}, with \`--webhook-order in-order\``,
        measured: `${inOrder.misplaced} out of order, ${figure(inOrder)}`,
        aim: "none lost, order kept",
      },
    ],
  };
}

interface Delivered {
  readonly lost: number;
  readonly misplaced: number;
  readonly perSecond: number;
}

async function deliver(folder: string, order: WebhookOrder): Promise<Delivered> {
  const file = worldFile(folder, "small", worldOf(100));
  const mock = await startServer(["dist/cli.js", "--fixtures", file, "--webhook-order", order, "--port"], "/__mock/health");
  const receiver = await startServer(["scripts/bench/receiver.mjs"], "/seen");
  await subscribe(mock, receiver);
  await load(mock, requests(), { amount: DELIVERIES });
  const { count, misplaced, firstAt = 0, lastAt = 0 } = await allSeen(receiver);
  await Promise.all([mock.stop(), receiver.stop()]);
  return { lost: DELIVERIES - count, misplaced, perSecond: Math.round((1000 * count) / (lastAt - firstAt)) };
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
  return (await callServer(receiver, "GET", "/seen")) as Seen;
}
