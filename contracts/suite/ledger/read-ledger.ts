import { existsSync, readFileSync } from "node:fs";
import { TargetError } from "../../client/target-error";
import type { LedgerEntry } from "./ledger";
import type { Made } from "./made";

/** What the ledger of an earlier run says. */
export interface OpenLedger {
  readonly target: string;
  readonly mark: string;
  /** Made and not undone, the first first. */
  readonly made: readonly Made[];
  /** Chats that may have got a message of whose answer nothing is known: paths that list their messages, or find them. */
  readonly intended: readonly string[];
}

/** The ledger that a run has left open; undefined when there is none. @throws TargetError when the file is something else */
export function readLedger(file: string): OpenLedger | undefined {
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8").split("\n");
  const entries = lines.flatMap((line, i) => parse(line, i === lines.length - 1, file));
  const run = entries.find((entry) => entry.entry === "run");
  if (run?.entry !== "run") throw new TargetError(`${file} is no ledger of a run; name the right one with --ledger.`);
  const made = new Map<string, Made>();
  const intended = new Set<string>();
  for (const entry of entries) {
    if (entry.entry === "made") made.set(entry.made.path, entry.made);
    if (entry.entry === "undone") made.delete(entry.path);
    if (entry.entry === "intend") {
      if (entry.find !== undefined) intended.add(entry.find);
      else if (entry.path.endsWith("/chat_messages")) intended.add(entry.path);
    }
  }
  return { target: run.target, mark: run.mark, made: [...made.values()], intended: [...intended] };
}

/** The last line may have been cut off by whatever ended the run. */
function parse(line: string, isLast: boolean, file: string): LedgerEntry[] {
  if (line.trim() === "") return [];
  try {
    return [JSON.parse(line) as LedgerEntry];
  } catch {
    if (isLast) return [];
    throw new TargetError(`${file} is no ledger of a run, or was damaged; what it lists has to be removed by hand.`);
  }
}
