import type { LogLevel } from "../../logger";
import type * as ReplayKit from "../../replay/start-replay";
import { CommandError } from "../command-error";
import { readText } from "../read-text";

export interface ReplayFlags {
  readonly port: number;
  readonly host: string;
  readonly log: LogLevel;
}

/** Serves a recording until a signal ends it, and says then what was asked for and what was not. */
export async function serveReplay(file: string, flags: ReplayFlags): Promise<void> {
  const { startReplay } = require("../../replay/start-replay") as typeof ReplayKit; // of no use to a mock
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
