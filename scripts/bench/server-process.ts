import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

const POLL_MS = 2;
const GIVE_UP_MS = 60_000;

/** A server under measurement, in a process of its own, its output thrown away. */
export interface ServerProcess {
  readonly port: number;
  /** From spawning the process to its first answer. */
  readonly startMs: number;
  stop(): Promise<void>;
}

/** Runs `node ...args` and waits until it answers the path with 200. */
export async function startProcess(args: readonly string[], port: number, path: string): Promise<ServerProcess> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { stdio: "ignore" });
  while (!(await answers(port, path))) {
    if (child.exitCode !== null || performance.now() - startedAt > GIVE_UP_MS)
      throw new Error(`node ${args.join(" ")} does not answer`);
    await pause(POLL_MS);
  }
  return { port, startMs: performance.now() - startedAt, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}

function answers(port: number, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const headers = { "X-LINQ-INTEGRATION-TOKEN": "bench" };
    const req = request({ host: "127.0.0.1", port, path, headers, agent: false }, (res) => {
      res.resume();
      resolve(res.statusCode === 200);
    });
    req.on("error", () => resolve(false));
    req.end();
  });
}
