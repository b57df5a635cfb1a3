import { existsSync } from "node:fs";
import type * as Chokidar from "chokidar";

const QUIET_MS = 100;

/** Calls `changed` after each change of a fixture file, or of a folder of them, once nothing more is written. Returns what ends it. */
export async function watchFixtures(path: string, changed: () => void): Promise<() => Promise<void>> {
  const { watch } = require("chokidar") as typeof Chokidar;
  const watcher = watch(path, {
    ignoreInitial: true,
    awaitWriteFinish: { stabilityThreshold: QUIET_MS, pollInterval: QUIET_MS / 4 },
  });
  watcher.on("all", (event) => {
    if (event !== "addDir" && existsSync(path)) changed();
  });
  await new Promise<void>((resolve) => watcher.once("ready", resolve));
  return () => watcher.close();
}
