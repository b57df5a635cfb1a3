/**
 * Measures the figures of docs/performance.md, each as a ratio to a baseline measured in the same run where there is
 * one; with --write, puts them there, and the contract kit's into README.md, too. Servers run in processes of their own and take turns, and the median of the turns counts.
 * --only <part>, repeatable, leaves out the other parts; --rounds <n> and --seconds <n> make it shorter.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { contract } from "./bench/contract";
import { generating, loading, memory, readingYaml } from "./bench/large-worlds";
import type { Effort, Findings } from "./bench/measuring";
import { page } from "./bench/page";
import { delivering, sending } from "./bench/sending";
import { starting } from "./bench/starting";
import { finding, forcing, paging, proxying } from "./bench/throughput";
import { versions } from "./bench/versions";
import { replaceSection } from "./generate/docs-tables";

type Part = (folder: string, effort: Effort) => Promise<Findings>;

/** In the order of the table. */
const PARTS: Readonly<Record<string, Part>> = {
  finding,
  sending,
  paging,
  delivering,
  starting,
  versions,
  page,
  memory,
  loading,
  readingYaml,
  generating,
  contract,
  forcing,
  proxying,
};

void bench();

async function bench(): Promise<void> {
  const { parts, effort, write } = readArguments();
  const folder = mkdtempSync(join(tmpdir(), "linq-mock-bench-"));
  try {
    const found = new Map<string, Findings>();
    for (const [name, measure] of parts) {
      console.error(name);
      found.set(name, await measure(folder, effort));
    }
    const all = [...found.values()];
    const table = report(all);
    console.log(table);
    if (!write) return;
    writeTable(all, table, parts.length === Object.keys(PARTS).length);
    const kit = found.get("contract");
    if (kit) writeFileSync(README, replaceSection(readFileSync(README, "utf8"), "kit", [...HEAD, ...rowsOf([kit])].join("\n")));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readArguments(): { parts: [string, Part][]; effort: Effort; write: boolean } {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true, default: Object.keys(PARTS) },
      rounds: { type: "string", default: "7" },
      seconds: { type: "string", default: "3" },
      write: { type: "boolean", default: false },
    },
  });
  const { only, rounds, seconds, write } = values;
  const parts = Object.entries(PARTS).filter(([name]) => only.includes(name));
  const unknown = only.filter((name) => !Object.hasOwn(PARTS, name));
  if (unknown.length > 0) throw new Error(`no part ${unknown.join(", ")}; there are ${Object.keys(PARTS).join(", ")}`);
  return { parts, effort: { rounds: Number(rounds), secondsPerTurn: Number(seconds) }, write };
}

const PAGE = "docs/performance.md";
const README = "README.md";
const HEAD = ["| figure | measured | aim |", "|---|---|---|"];

/** The rows of some parts alone take the places of those that tell of the same; new ones follow the last of them. */
function writeTable(found: readonly Findings[], table: string, isWhole: boolean): void {
  const page = readFileSync(PAGE, "utf8");
  if (isWhole) return writeFileSync(PAGE, replaceSection(page, "figures", table));
  const lines = page.split("\n");
  let last = lines.findLastIndex((line) => line.startsWith("| "));
  for (const row of rowsOf(found)) {
    const [, what] = row.split("|");
    const known = lines.findIndex((line) => line.split("|")[1] === what);
    if (known >= 0) lines[known] = row;
    else lines.splice(last + 1, 0, row);
    last = known >= 0 ? known : last + 1;
  }
  writeFileSync(PAGE, lines.join("\n"));
}

function rowsOf(found: readonly Findings[]): string[] {
  return found.flatMap(({ figures }) => figures).map(({ what, measured, aim = "" }) => `| ${what} | ${measured} | ${aim} |`);
}

function report(found: readonly Findings[]): string {
  const rows = rowsOf(found);
  const notes = found.flatMap(({ notes: said = [] }) => said);
  return [
    ...HEAD,
    ...rows,
    "",
    `${[`Node ${process.versions.node}`, `${cpus().length} cores`, ...notes].join(", ")}, on that machine.`,
  ].join("\n");
}
