import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { join } from "node:path";
import { Writable } from "node:stream";
import { setImmediate } from "node:timers/promises";
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
let serving: Served | undefined;

/** Runs a command to its end in this process, which takes a tenth of the time; one after the other, since each has all of the process. */
export function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  serving?.kill("SIGTERM");
  const ended = lastRun.then(() => runHere(args, env, new Served()));
  lastRun = ended.catch(() => undefined);
  return ended;
}

/** What runs in this process, with what tests use of one of its own. */
class Served extends EventEmitter<{ close: [code: unknown, signal: null] }> {
  readonly said = { stdout: "", stderr: "" };
  readonly stdout = this.#stream("stdout");
  readonly stderr = this.#stream("stderr");
  /** Of signals, as others have them. */
  readonly #known = STOPPING.map((signal) => [signal, process.listeners(signal)] as const);

  /** Does what a signal does to a process of its own. */
  kill(signal: (typeof STOPPING)[number]): void {
    for (const listener of this.#own(signal)) Reflect.apply(listener, process, [signal]);
  }

  removeListeners(): void {
    for (const signal of STOPPING) for (const listener of this.#own(signal)) process.off(signal, listener);
  }

  #own(signal: (typeof STOPPING)[number]) {
    const known = this.#known.find(([name]) => name === signal)?.[1] ?? [];
    return process.listeners(signal).filter((listener) => !known.includes(listener));
  }

  #stream(name: "stdout" | "stderr"): Writable {
    const stream = new Writable({
      decodeStrings: false,
      write: (chunk: string | Buffer, _, done) => {
        this.said[name] += String(chunk);
        done();
        stream.emit("data", String(chunk));
      },
    });
    return stream;
  }
}

async function runHere(args: readonly string[], env: NodeJS.ProcessEnv, served: Served): Promise<Ended> {
  const ours = {
    stdout: served.stdout,
    stderr: served.stderr,
    env: { PATH: process.env["PATH"], ...env },
    exit: (code: number) => {
      process.exitCode = code;
    },
  };
  const before = Object.getOwnPropertyDescriptors(process);
  const { exitCode } = process;
  process.exitCode = undefined;
  for (const [name, value] of Object.entries(ours))
    Object.defineProperty(process, name, { value, writable: true, configurable: true });
  try {
    await main(args);
    await setImmediate(); // it may exit once its last words are out
    return { ...served.said, code: process.exitCode ?? 0 };
  } finally {
    process.exitCode = exitCode;
    for (const name of Object.keys(ours)) Object.defineProperty(process, name, before[name] as PropertyDescriptor);
    served.removeListeners();
  }
}

/** As {@link start}, in this process, for what is about no process. It is ended before another command runs here. */
export async function serve(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  serving?.kill("SIGTERM");
  await lastRun;
  const child = new Served();
  serving = child;
  const ended = runHere(args, env, child).then(({ code }) => {
    serving = undefined;
    child.emit("close", code, null);
  });
  lastRun = ended;
  return { child, ...(await addressOf(child)) };
}

/** Starts the mock, and reads until the banner names the URL. */
export async function start(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = linqMock(args, env);
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8");
  return { child, ...(await addressOf(child)) };
}

async function addressOf({ stdout, stderr }: Readonly<Record<"stdout" | "stderr", EventEmitter>>) {
  const log: string[] = [];
  for (const stream of [stdout, stderr]) stream.on("data", (chunk: string) => log.push(chunk));
  const url = (): string | undefined => /http:\/\/[\w.[\]:]+:\d+/.exec(log.join(""))?.[0];
  while (url() === undefined) await Promise.race([once(stderr, "data"), once(stdout, "data")]);
  return { url: url() ?? "", log: () => log.join("") };
}

/** Ends what still runs; for `afterAll`. */
export function killAll(): void {
  serving?.kill("SIGTERM");
  for (const child of running) child.kill("SIGKILL");
}
