import { Option } from "commander";
import { LOG_LEVELS } from "../server/logger";
import { collectFaults } from "./collect-faults";
import {
  ENVIRONMENT_PREFIX,
  flag,
  parseClock,
  parseHostName,
  parseOrigin,
  parsePort,
  parseSeed,
  parseSwitch,
  parseText,
  repeatable,
} from "./flags";
import { parseProfile } from "./parse-profile";

/** The flags of `linq-mock start`. */
export function startOptions(): Option[] {
  return [
    flag("--port <n>", "port to listen on; 0 takes any free one").default(4010).argParser(parsePort),
    flag("--host <address>", "address to listen on").default("127.0.0.1").argParser(parseText),
    flag("--fixtures <file|folder|name>", "the world to serve: your own, or a shipped one").argParser(parseText),
    flag("--watch", "load a changed fixture again, if it can be served"),
    repeatable("--token <t>", "accept only this token; repeatable", parseText),
    repeatable("--cors <origin|off>", "let pages of this origin read answers, beside local ones; repeatable", parseOrigin),
    repeatable("--allow-host <name>", "serve requests to this host name, too; repeatable", parseHostName),
    flag("--clock <real|time>", "the machine's clock, or an ISO 8601 time at which it stands still")
      .default("real")
      .argParser(parseClock),
    flag("--seed <n>", "a number that event ids follow from, so that they are the same each time").argParser(parseSeed),
    repeatable("--allow-webhook-host <name>", "deliver webhooks to this host, too; repeatable", parseHostName),
    new Option("--fault <rule>", "something that goes wrong, such as 'latency ms=3000 operation=sendMessage'; repeatable")
      .env(`${ENVIRONMENT_PREFIX}FAULT`)
      .default([], "none")
      .argParser(collectFaults),
    repeatable("--profile <name>", "faults that belong together, such as carrier-slow; repeatable", parseProfile),
    flag("--rate-limits <on|off>", "off answers every availability check").default(true, "on").argParser(parseSwitch),
    flag("--log <level>", "how much to log").choices(LOG_LEVELS).default("info"),
    flag("--json-log", "log JSON records on stdout"),
    flag("--control-token <t>", "required by /__mock; needed there beyond loopback").argParser(parseText),
  ];
}
