import type { Command } from "commander";
import { API_PREFIX, API_PREFIX_V3 } from "../../contracts/client/url-and-token";
import { flag, hostFlag, portFlag } from "../command-line/flags";
import { readText } from "../command-line/input";
import { stopSignal } from "../server/listen";
import { LOG_LEVELS, type LogLevel } from "../server/logger";

/** `linq-mock replay`. */
export function addReplayCommand(program: Command): void {
  program
    .command("replay")
    .description("answer as it was recorded: the same requests get the same answers, in the order of the recording")
    .argument("<file>", "a HAR file, as linq-mock proxy or a browser writes it")
    .addOption(portFlag())
    .addOption(hostFlag())
    .addOption(flag("--log <level>", "how much to log").choices(LOG_LEVELS).default("info"))
    .action((file, flags) => serveReplay(file, flags));
}

interface ReplayFlags {
  readonly port: number;
  readonly host: string;
  readonly log: LogLevel;
}

/** Serves a recording until a signal ends it, and says then what was asked for and what was not. */
async function serveReplay(file: string, flags: ReplayFlags): Promise<void> {
  const { startReplay } = await import("./server"); // of no use to a mock
  const replay = await startReplay({ ...flags, text: readText(file), name: file });
  process.stderr.write(`Replaying ${replay.recording}\nThe API is at ${replay.url}${API_PREFIX} and ${API_PREFIX_V3}\n`);
  await stopSignal();
  const summary = await replay.stop();
  process.stderr.write(summary, () => process.exit(0));
}
