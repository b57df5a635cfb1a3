import { createRequire } from "node:module";
import type * as Mock from "../../mock-server/index";
import { median, timeOf, usedMemory } from "./measuring";
import { callServer } from "./servers";
import { findPaths, worldOf } from "./worlds";

const { createApp, startMockServer } = createRequire(__filename)("../../dist/index.js") as typeof Mock;
const CHATS = 100_000;
const RESETS = 20;
const CHANGES = 50;
const SANDBOXES = 1000;

/** What can only be measured inside the process, in bytes and milliseconds. */
export interface InProcess {
  readonly bytesPerChat: number;
  /** A sandbox that nobody has used yet. */
  readonly newSandbox: Cost;
  /** After 50 changes. Bytes are what it leaves behind. */
  readonly reset: Cost;
}

interface Cost {
  readonly ms: number;
  readonly bytes: number;
}

void measure();

/** Prints it, as JSON. Needs --expose-gc. */
async function measure(): Promise<void> {
  const measured: InProcess = { bytesPerChat: bytesPerChat(), newSandbox: await newSandbox(), reset: await reset() };
  process.stdout.write(JSON.stringify(measured));
}

function bytesPerChat(): number {
  const before = usedMemory();
  const app = createApp({ fixtures: worldOf(CHATS) });
  const after = usedMemory();
  if (typeof app !== "function") throw new Error("the app must be alive while it is measured");
  return (after - before) / CHATS;
}

async function newSandbox(): Promise<Cost> {
  const mock = await startMockServer({ fixtures: worldOf(CHATS) });
  const times: number[] = [];
  const before = usedMemory();
  for (let i = 0; i < SANDBOXES; i += 1) times.push(await timeOf(() => mock.sandbox()));
  const bytes = (usedMemory() - before) / SANDBOXES;
  await mock.stop();
  return { ms: median(times), bytes };
}

async function reset(): Promise<Cost> {
  const world = worldOf(CHATS);
  const mock = await startMockServer({ fixtures: world });
  const participants = findPaths(world)
    .slice(0, CHANGES)
    .map((path) => String(new URL(path, mock.url).searchParams.get("phone_numbers[]")));
  const resetAfterChanges = async (): Promise<number> => {
    for (const [n, participant] of participants.entries()) await createChat(mock.url, participant, n);
    return timeOf(() => mock.reset());
  };
  for (let i = 0; i < RESETS; i += 1) await resetAfterChanges(); // warms up
  const before = usedMemory();
  const times: number[] = [];
  for (let i = 0; i < RESETS; i += 1) times.push(await resetAfterChanges());
  const bytes = (usedMemory() - before) / RESETS;
  await mock.stop();
  return { ms: median(times), bytes: Math.max(0, bytes) };
}

async function createChat(url: string, participant: string, n: number): Promise<void> {
  const chat = { phone_numbers: [participant] };
  await callServer({ url }, "POST", "/api/partner/v2/chats", {
    send_from: "+12052761148",
    chat,
    message: { text: `message ${n}` },
  });
}
