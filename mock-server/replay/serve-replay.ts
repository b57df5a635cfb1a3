import { CommandError } from "../command-line/command-error";
import { readText } from "../command-line/input";
import type { LogLevel } from "../server/logger";
import type * as ReplayKit from "./start-replay";

export interface ReplayFlags {
  readonly port: number;
  readonly host: string;
  readonly log: LogLevel;
}

/** Serves a recording until a signal ends it, and says then what was asked for and what was not. */
export async function serveReplay(file: string, flags: ReplayFlags): Promise<void> {
  const { startReplay } = require("./start-replay") as typeof ReplayKit; // of no use to a mock
  const replay = await startReplay({ ...flags, text: readText(file), name: file }).catch((error: unknown) => {
    // The kit's own class is another one in its own bundle.
    throw error instanceof Error && error.name === "TargetError" ? new CommandError(error.message) : error;
  });
  process.stderr.write(`Replaying ${replay.recording}\nThe API is at ${replay.url}/api/partner/v2\n`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(1));
      void replay.stop().then((summary) => process.stderr.write(summary, () => process.exit(0)));
    });
  }
}
