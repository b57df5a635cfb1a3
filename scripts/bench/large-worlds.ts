import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { readFixtures } from "../../fixtures/load/read-files";
import { bundle } from "../build";
import type { InProcess } from "./in-process";
import type { Loading } from "./load-world";
import { atMost, type Effort, type Findings, kilobytes, median, takeTurns, timeOf } from "./measuring";
import { GENERATED, generateWorld } from "./worlds";

const WITH_MEMORY = ["--max-old-space-size=6144", "--expose-gc"];
/** The least that loading a JSON file can take. */
const PARSE_JSON = `
  const start = performance.now();
  JSON.parse(fs.readFileSync(process.argv[1], "utf8"));
  process.stdout.write(JSON.stringify({ ms: performance.now() - start }));`;

/** A large world as one JSON file, to parsing it and nothing else; each time in a process of its own. */
export async function loading(folder: string, effort: Effort): Promise<Findings> {
  const file = await generateWorld(folder);
  const script = await bundledScript(folder, "load-world");
  const rounds = await takeTurns(atMost(3, effort), {
    parse: () => answerOf<{ ms: number }>([...WITH_MEMORY, "--eval", PARSE_JSON, file]),
    load: () => answerOf<Loading>([...WITH_MEMORY, script, file]),
  });
  const load = median(rounds.map((turn) => turn.load.loadMs / turn.parse.ms));
  const read = median(rounds.map((turn) => turn.load.readMs / turn.parse.ms));
  const bytes = median(rounds.map((turn) => turn.load.bytesPerMessage));
  return {
    figures: [
      {
        what: "loading 100,000 chats with 1,000,000 messages, to `JSON.parse` of the file",
        measured: load.toFixed(2),
        aim: "at most 4",
      },
      { what: "the same of `linq-mock fixtures validate`", measured: read.toFixed(2) },
      { what: "memory per message, with its share of a chat of 10", measured: `${Math.round(bytes)} bytes` },
    ],
  };
}

/** YAML of many fields, to YAML of few: what grows with the square of their number shows. */
export async function readingYaml(folder: string, effort: Effort): Promise<Findings> {
  const [few, many] = [yamlOf(folder, 2000), yamlOf(folder, 16_000)];
  const rounds = await takeTurns(atMost(3, effort), {
    few: () => timeOf(() => readFixtures(few, { now: 0 })),
    many: () => timeOf(() => readFixtures(many, { now: 0 })),
  });
  const ratio = median(rounds.map((turn) => turn.many / turn.few));
  const what = "reading a YAML fixture with 16,000 fields in one object, to one with 2,000";
  return { figures: [{ what, measured: ratio.toFixed(1), aim: "at most 16" }] };
}

function yamlOf(folder: string, fields: number): string {
  const file = join(folder, `${fields}-fields.yaml`);
  const people = Array.from({ length: fields }, (_, i) => `  p${i}@example.com: SMS\n`);
  writeFileSync(file, `version: 1\nlines: ["+12052761148"]\navailability:\n${people.join("")}`);
  return file;
}

/** A large world, from starting the command to its end. */
export async function generating(folder: string, effort: Effort): Promise<Findings> {
  const rounds = await takeTurns(atMost(3, effort), { generate: () => timeOf(() => generateWorld(folder)) });
  const seconds = median(rounds.map(({ generate }) => generate)) / 1000;
  const measured = `${seconds.toFixed(1)} s, ${Math.round(GENERATED.messages / seconds)} messages a second`;
  return { figures: [{ what: "generating 100,000 chats with 1,000,000 messages", measured, aim: "under 60 s" }] };
}

/** What a large seed costs: per chat, per new sandbox and per reset. */
export async function memory(): Promise<Findings> {
  const args = ["--expose-gc", "--import", "tsx", "scripts/bench/in-process.ts"];
  const { bytesPerChat, newSandbox, reset } = await answerOf<InProcess>(args);
  return {
    figures: [
      { what: "memory per chat with one message", measured: kilobytes(bytesPerChat) },
      { what: "a new sandbox, of a seed of 100,000 chats", measured: costs(newSandbox), aim: "at most 5 ms and 1 MB" },
      { what: "reset of a world of 100,000 chats", measured: costs(reset), aim: "at most 5 ms and 1 MB" },
    ],
  };
}

function costs({ ms, bytes }: InProcess["reset"]): string {
  return `${ms.toFixed(3)} ms, ${kilobytes(bytes)}`;
}

/** Runs `node ...args` to its end; resolves with the JSON that it prints. */
async function answerOf<T>(args: readonly string[]): Promise<T> {
  const env = { ...process.env, NODE_PATH: resolve("node_modules") }; // for bundles, which are elsewhere
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  return JSON.parse(stdout) as T;
}

/** A script of the bench as a bundle in a folder, because that is what users run: its path. */
async function bundledScript(folder: string, name: string): Promise<string> {
  await bundle({ [name]: `scripts/bench/${name}.ts` }, folder);
  return join(folder, `${name}.js`);
}
