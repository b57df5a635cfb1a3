import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";

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

/** Runs it to its end. */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = linqMock(args, env);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { stdout, stderr, code };
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
