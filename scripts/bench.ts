/**
 * Measures the figures of the README's performance table, each as a ratio to a baseline measured in the same run; with
 * --write, puts them there. Servers run in processes of their own and take turns, and the median of the turns counts.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import autocannon from "autocannon";
import { type ServerProcess, startProcess } from "./bench/server-process";
import { median } from "./bench/statistics";
import { findPaths, worldOf } from "./bench/world";
import { replaceSection } from "./generate/replace-section";

const ROUNDS = 7;
const SECONDS_PER_TURN = 3;
const CONNECTIONS = 16;
const STARTS = 15;
const SMALL = 100;
const LARGE = 100_000;

const folder = mkdtempSync(join(tmpdir(), "linq-mock-bench-"));
let nextPort = 4610;

void bench();

async function bench(): Promise<void> {
  try {
    const table = report({ ...(await throughput()), ...(await starts()), ...(await inProcess()) });
    console.log(table);
    if (process.argv.includes("--write"))
      writeFileSync("README.md", replaceSection(readFileSync("README.md", "utf8"), "figures", table));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Figures {
  readonly toExpress: number;
  readonly toBare: number;
  readonly growth: number;
  readonly perSecond: number;
  readonly start: number;
  readonly bytesPerChat: number;
  readonly resetMs: number;
}

async function throughput(): Promise<Pick<Figures, "toExpress" | "toBare" | "growth" | "perSecond">> {
  const small = worldFile(SMALL);
  const large = worldFile(LARGE);
  const mock = await serve(["dist/cli.js", "--fixtures", small.file, "--port"], small.paths);
  const mockLarge = await serve(["dist/cli.js", "--fixtures", large.file, "--port"], large.paths);
  const express = await serve(["scripts/bench/plain-express.js", small.file], small.paths);
  const bare = await serve(["scripts/bench/bare-http.js", small.file], small.paths);

  const rounds: { mock: number; mockLarge: number; express: number; bare: number }[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const turn = {
      express: await load(express, small.paths),
      mock: await load(mock, small.paths),
      bare: await load(bare, small.paths),
      mockLarge: await load(mockLarge, large.paths),
    };
    if (round > 0) rounds.push(turn); // the first warms up
    progress(`throughput ${round}/${ROUNDS}: ${JSON.stringify(turn)}`);
  }
  await Promise.all([mock, mockLarge, express, bare].map((server) => server.stop()));
  return {
    toExpress: median(rounds.map((turn) => turn.mock / turn.express)),
    toBare: median(rounds.map((turn) => turn.mock / turn.bare)),
    growth: median(rounds.map((turn) => turn.mock / turn.mockLarge)),
    perSecond: median(rounds.map((turn) => turn.mock)),
  };
}

/** As a user starts it, with the shipped fixtures; each process answers one Find Chat. */
async function starts(): Promise<Pick<Figures, "start">> {
  const { file, paths } = worldFile(SMALL);
  const path = "/api/partner/v2/chats/find?phone_number=%2B12052761148&phone_numbers%5B%5D=%2B12055426109";
  const ratios: number[] = [];
  for (let i = 0; i <= STARTS; i += 1) {
    const express = await serve(["scripts/bench/plain-express.js", file], paths);
    await express.stop();
    const mock = await serve(["dist/cli.js", "--port"], [path]);
    await mock.stop();
    if (i > 0) ratios.push(mock.startMs / express.startMs);
    progress(`start ${i}/${STARTS}: ${mock.startMs.toFixed(0)} ms to ${express.startMs.toFixed(0)} ms`);
  }
  return { start: median(ratios) };
}

async function inProcess(): Promise<Pick<Figures, "bytesPerChat" | "resetMs">> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--expose-gc",
    "--import",
    "tsx",
    "scripts/bench/in-process.ts",
  ]);
  return JSON.parse(stdout) as Pick<Figures, "bytesPerChat" | "resetMs">;
}

function serve(args: readonly string[], paths: readonly string[]): Promise<ServerProcess> {
  nextPort += 1;
  return startProcess([...args, String(nextPort)], nextPort, paths[0] ?? "/");
}

async function load({ port }: ServerProcess, paths: readonly string[]): Promise<number> {
  const { requests, non2xx, errors } = await autocannon({
    url: `http://127.0.0.1:${port}`,
    connections: CONNECTIONS,
    duration: SECONDS_PER_TURN,
    headers: { "X-LINQ-INTEGRATION-TOKEN": "bench" },
    requests: paths.map((path) => ({ path })),
  });
  if (non2xx + errors > 0) throw new Error(`${non2xx} answers were no 200, and ${errors} requests failed`);
  return requests.average;
}

function worldFile(n: number): { file: string; paths: string[] } {
  const world = worldOf(n);
  const file = join(folder, `${n}.json`);
  writeFileSync(file, JSON.stringify(world));
  return { file, paths: findPaths(world) };
}

function report({ toExpress, toBare, growth, perSecond, start, bytesPerChat, resetMs }: Figures): string {
  const rows = [
    ["Find Chat throughput, to a plain Express 5 `res.json` handler", toExpress.toFixed(2), "at least 2.0"],
    ["Find Chat throughput, to bare `node:http` doing the same lookup", toBare.toFixed(2), "at least 0.4"],
    ["time of a Find Chat among 100,000 chats, to one among 100", growth.toFixed(2), "at most 1.2"],
    ["process start to first answer, to the plain Express app", start.toFixed(2), "at most 1.3"],
    ["memory per chat with one message", `${(bytesPerChat / 1024).toFixed(1)} KB`, ""],
    ["reset of a world of 100,000 chats", `${resetMs.toFixed(3)} ms`, "at most 5 ms"],
  ];
  return [
    "| figure | measured | aim |",
    "|---|---|---|",
    ...rows.map((row) => `| ${row.join(" | ")} |`),
    "",
    `Node ${process.versions.node}, ${cpus().length} cores, about ${Math.round(perSecond)} Find Chats a second on that machine.`,
  ].join("\n");
}

function progress(text: string): void {
  console.error(text);
}
