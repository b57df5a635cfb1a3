import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { Request } from "autocannon";
import autocannon from "autocannon";

/** A script with the servers that the mock is measured against. */
export const BASELINES = "scripts/bench/baselines.mjs";

const POLL_MS = 2;
const GIVE_UP_MS = 60_000;

/** A server under measurement, in a process of its own, its output thrown away. */
export interface ServerProcess {
  readonly url: string;
  /** From spawning the process to its first answer. */
  readonly startMs: number;
  stop(): Promise<void>;
}

/** Runs `node ...args <a free port>` and waits until it answers the path with 200. */
export async function startServer(args: readonly string[], path: string): Promise<ServerProcess> {
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...args, String(port)], { stdio: "ignore" });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
  while (!(await answers(port, path))) {
    if (child.exitCode !== null || performance.now() - startedAt > GIVE_UP_MS)
      throw new Error(`node ${args.join(" ")} does not answer`);
    await pause(POLL_MS);
  }
  return { url: `http://127.0.0.1:${port}`, startMs: performance.now() - startedAt, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

function answers(port: number, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const req = request({ host: "127.0.0.1", port, path, headers: HEADERS, agent: false }, (res) => {
      res.resume();
      resolve(res.statusCode === 200);
    });
    req.on("error", () => resolve(false));
    req.end();
  });
}

const HEADERS = {
  "X-LINQ-INTEGRATION-TOKEN": "bench",
  Authorization: "Bearer bench",
  "Content-Type": "application/json",
};

/**
 * One call to a server under measurement. Resolves with the answer's JSON, undefined when there is none.
 *
 * @throws when the answer is no 2xx
 */
export async function callServer(
  { url }: Pick<ServerProcess, "url">,
  method: string,
  path: string,
  body?: object,
): Promise<unknown> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: HEADERS,
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

const CONNECTIONS = 16;

/** Keeps a server busy with requests, over and over; resolves with how many it answered a second. Every answer must be a 2xx. */
export async function load(
  { url }: ServerProcess,
  requests: Request[],
  until: { readonly duration: number } | { readonly amount: number },
): Promise<number> {
  const result = await autocannon({ url, connections: CONNECTIONS, ...until, headers: HEADERS, requests });
  const { non2xx, errors } = result;
  if (non2xx + errors > 0) throw new Error(`${non2xx} answers were no 2xx, and ${errors} requests failed`);
  return result.requests.average;
}
