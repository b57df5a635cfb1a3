import type { Command } from "commander";
import { flag, parsePort, parseText } from "../command-line/flags";
import { LOG_LEVELS } from "../server/logger";
import { serveReplay } from "./serve-replay";

/** `linq-mock replay`. */
export function addReplayCommand(program: Command): void {
  program
    .command("replay")
    .description("answer as it was recorded: the same requests get the same answers, in the order of the recording")
    .argument("<file>", "a HAR file, as linq-mock proxy or a browser writes it")
    .addOption(flag("--port <n>", "port to listen on; 0 takes any free one").default(4010).argParser(parsePort))
    .addOption(flag("--host <address>", "address to listen on").default("127.0.0.1").argParser(parseText))
    .addOption(flag("--log <level>", "how much to log").choices(LOG_LEVELS).default("info"))
    .action((file, flags) => serveReplay(file, flags));
}
