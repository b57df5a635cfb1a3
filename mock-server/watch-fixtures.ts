import type { Stats } from "node:fs";
import type * as Chokidar from "chokidar";
import { isFixtureName } from "../fixtures/source/fixture-files";

const QUIET_MS = 100;

interface Watcher {
  /** Called after each change of a fixture file, once nothing more is written. */
  changed(): void;
  /** Called when the system cannot watch any more. */
  failed(error: unknown): void;
}

/** Watches a fixture file, or a folder of them. Returns what ends it. */
export async function watchFixtures(path: string, { changed, failed }: Watcher): Promise<() => Promise<void>> {
  const { watch } = require("chokidar") as typeof Chokidar;
  const watcher = watch(path, {
    ignoreInitial: true,
    ignored: (entry: string, stats?: Stats) => entry !== path && stats?.isFile() === true && !isFixtureName(entry),
    awaitWriteFinish: { stabilityThreshold: QUIET_MS, pollInterval: QUIET_MS / 4 },
  });
  watcher.on("all", (event) => {
    if (event !== "addDir") changed();
  });
  await new Promise<void>((resolve) => {
    watcher.once("ready", resolve);
    watcher.on("error", (error) => {
      failed(error);
      resolve();
    });
  });
  return () => watcher.close();
}
