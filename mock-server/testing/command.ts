import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { Writable } from "node:stream";
import { main } from "../command-line/main";

const STOPPING = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const running = new Set<ChildProcessWithoutNullStreams>();

/** The built command, as `npm test` has just built it. */
export function linqMock(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [join(__dirname, "../../dist/cli.js"), ...args], {
    env: { PATH: process.env["PATH"], ...env },
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: unknown;
}

let lastRun: Promise<unknown> = Promise.resolve();

/** Runs a command to its end in this process, which takes a tenth of the time; one after the other, since each has all of the process. */
export function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const ended = lastRun.then(() => runHere(args, env));
  lastRun = ended.catch(() => undefined);
  return ended;
}

async function runHere(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  const said = { stdout: "", stderr: "" };
  const stream = (name: keyof typeof said): Writable =>
    new Writable({
      decodeStrings: false,
      write: (chunk: string | Buffer, _, done) => {
        said[name] += String(chunk);
        done();
      },
    });
  const ours = {
    stdout: stream("stdout"),
    stderr: stream("stderr"),
    env: { PATH: process.env["PATH"], ...env },
  };
  const listening = STOPPING.map((signal) => [signal, process.listeners(signal)] as const);
  const before = Object.getOwnPropertyDescriptors(process);
  const { exitCode } = process;
  process.exitCode = undefined;
  for (const [name, value] of Object.entries(ours))
    Object.defineProperty(process, name, { value, writable: true, configurable: true });
  try {
    await main(args);
    return { ...said, code: process.exitCode ?? 0 };
  } finally {
    process.exitCode = exitCode;
    for (const name of Object.keys(ours)) Object.defineProperty(process, name, before[name] as PropertyDescriptor);
    for (const [signal, known] of listening)
      for (const listener of process.listeners(signal)) if (!known.includes(listener)) process.off(signal, listener);
  }
}

/** Starts the mock, and reads until the banner names the URL. */
export async function start(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = linqMock(args, env);
  const log: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (chunk: string) => log.push(chunk));
  const url = (): string | undefined => /http:\/\/[\w.[\]:]+:\d+/.exec(log.join(""))?.[0];
  while (url() === undefined) await Promise.race([once(child.stderr, "data"), once(child.stdout, "data")]);
  return { child, url: url() ?? "", log: () => log.join("") };
}

/** Ends what still runs; for `afterAll`. */
export function killAll(): void {
  for (const child of running) child.kill("SIGKILL");
}
