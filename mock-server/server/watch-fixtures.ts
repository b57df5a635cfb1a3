import { statSync } from "node:fs";
import { setInterval as every } from "node:timers/promises";
import { fixtureFiles } from "../../fixtures/load/fixture-files";
import { FixtureError } from "../../fixtures/load/problem";

const POLL_MS = 100;

/**
 * Calls `changed` after each change of one of the fixture files, or of folders of them, once nothing more is written. It looks instead of being told:
 * so it sees what comes by links, over networks and into containers, too. Returns what ends it.
 */
export function watchFixtures(paths: () => readonly string[], changed: () => void): () => void {
  const end = new AbortController();
  void watch(paths, changed, end.signal);
  return () => end.abort();
}

async function watch(paths: () => readonly string[], changed: () => void, signal: AbortSignal): Promise<void> {
  const stateNow = (): string => paths().map(stateOf).join("\n");
  let served = stateNow();
  let last = served;
  try {
    for await (const _ of every(POLL_MS, undefined, { signal, ref: false })) {
      const state = stateNow();
      if (state !== served && state === last) {
        served = state;
        changed();
      }
      last = state;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** What tells one state of the files from another. */
function stateOf(path: string): string {
  try {
    return fixtureFiles(path)
      .map((file) => {
        const { ino, size, mtimeMs } = statSync(file);
        return `${file} ${ino} ${size} ${mtimeMs}`;
      })
      .join("\n");
  } catch (error) {
    return error instanceof FixtureError ? error.message : String(error);
  }
}
