import { createRequire } from "node:module";
import type * as Mock from "../../mock-server/index";
import { median } from "./statistics";
import { findPaths, worldOf } from "./world";

const { createApp, startMockServer } = createRequire(__filename)("../../dist/index.js") as typeof Mock;
const CHATS = 100_000;
const RESETS = 20;
const CHANGES = 50;

void measure();

/** Prints, as JSON, what can only be measured inside the process: memory per chat in bytes, and the reset in ms. Needs --expose-gc. */
async function measure(): Promise<void> {
  process.stdout.write(JSON.stringify({ bytesPerChat: bytesPerChat(), resetMs: await resetMs() }));
}

function bytesPerChat(): number {
  const before = usedHeap();
  const app = createApp({ fixtures: worldOf(CHATS) });
  const after = usedHeap();
  if (app.enabled("etag")) throw new Error("the app must be alive while it is measured");
  return (after - before) / CHATS;
}

async function resetMs(): Promise<number> {
  const world = worldOf(CHATS);
  const mock = await startMockServer({ fixtures: world });
  const times: number[] = [];
  for (let i = 0; i < RESETS; i += 1) {
    for (const [n, path] of findPaths(world).slice(0, CHANGES).entries())
      await createChat(mock.url, String(new URL(path, mock.url).searchParams.get("phone_numbers[]")), n);
    const start = performance.now();
    await mock.reset();
    times.push(performance.now() - start);
  }
  await mock.stop();
  return median(times);
}

async function createChat(url: string, participant: string, n: number): Promise<void> {
  const body = { send_from: "+12052761148", chat: { phone_numbers: [participant] }, message: { text: `message ${n}` } };
  const headers = { "X-LINQ-INTEGRATION-TOKEN": "bench", "Content-Type": "application/json" };
  const response = await fetch(`${url}/api/partner/v2/chats`, { method: "POST", headers, body: JSON.stringify(body) });
  if (response.status !== 200) throw new Error(`Create Chat answered ${response.status}`);
  await response.arrayBuffer();
}

function usedHeap(): number {
  const { gc } = globalThis as { gc?: () => void };
  if (!gc) throw new Error("run with --expose-gc");
  gc();
  gc();
  return process.memoryUsage().heapUsed;
}
