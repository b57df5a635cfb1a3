import { existsSync } from "node:fs";
import { type Command, InvalidArgumentError, Option } from "commander";
import { messageOf } from "../../contracts/error-message";
import { isHostName, isOrigin } from "../server/options";
import { readWebhook } from "../server/webhook-option";
import { readClockSetting } from "../world/clock-setting";
import { CommandError } from "./input";

export const ENVIRONMENT_PREFIX = "LINQ_MOCK_";

/** One that can be set as an environment variable, too. A name that means two things is a variable of one command, first of all of the start. */
export function flag(flags: string, description: string): Option {
  const option = new Option(flags, description);
  const variable = `${ENVIRONMENT_PREFIX}${option.name().toUpperCase().replaceAll("-", "_")}`;
  return isOfKubernetes(variable) ? option : option.env(variable);
}

/** Commander takes a switch for on when its variable is there, whatever that says. @throws CommandError */
export function readSwitches(command: Command): void {
  for (const option of command.options) {
    const name = option.attributeName();
    if (!option.isBoolean() || command.getOptionValueSource(name) !== "env") continue;
    const isOn = switchOf(process.env[option.envVar ?? ""] ?? "");
    if (isOn === undefined) throw new CommandError(`${option.envVar} is neither ${ON.join(", ")} nor ${OFF.join(", ")}`);
    command.setOptionValueWithSource(name, isOn, "env");
  }
}

const ON = ["true", "1", "on", "yes"];
const OFF = ["false", "0", "off", "no"];

function switchOf(value: string): boolean | undefined {
  const written = value.trim().toLowerCase();
  return ON.includes(written) || (OFF.includes(written) ? false : undefined);
}

/** Whether it is there because a service is called linq-mock, or linq-mock-webhook: `LINQ_MOCK_PORT=tcp://10.0.0.1:4010`. */
export function isOfKubernetes(variable: string): boolean {
  return /^LINQ_MOCK_(\w+_)?PORT$/.test(variable) && /^\w+:\/\//.test(process.env[variable] ?? "");
}

export function hostFlag(): Option {
  return flag("--host <address>", "address to listen on; localhost is 127.0.0.1 and ::1, 0.0.0.0 all, as in a container")
    .default("localhost")
    .argParser(parseHost);
}

/** An address, perhaps in the brackets that it has in URLs. */
function parseHost(value: string): string {
  return parseText(value).replace(/^\[(.*)\]$/, "$1");
}

export function portFlag(): Option {
  return flag("--port <n>", "port to listen on; 0 takes any free one").default(4010).argParser(parsePort);
}

/** A flag that may be given more than once; values may also stand in one, with commas between. */
export function repeatable(flags: string, description: string, parse: (value: string) => string): Option {
  const collect = (value: string, previous: readonly string[]): string[] => [
    ...previous,
    ...value.split(",").map((item) => parse(item.trim())),
  ];
  return flag(flags, description).default([], "none named").argParser(collect);
}

/** The flag --fixtures of every command that starts a mock. Values may stand in one, with commas between, where that is not the name of a file. */
export function fixturesFlag(description: string): Option {
  const collect = (value: string, previous: readonly string[] = []): string[] => {
    const names = existsSync(value) ? [value] : value.split(",").map((name) => name.trim());
    return [...previous, ...names.map(parseText)];
  };
  return flag("--fixtures <file|folder|name>", `${description}; repeatable, later ones add to earlier ones`).argParser(collect);
}

/** Collects the values of --webhook, which may be given more than once. In the environment, several have commas between them. */
export function collectWebhooks(written: string, previous: readonly string[]): string[] {
  const webhooks = written.split(/,(?=https?:\/\/)/i);
  for (const webhook of webhooks) explained(() => readWebhook(webhook));
  return [...previous, ...webhooks];
}

function explained(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    throw new InvalidArgumentError(`${messageOf(error)}.`);
  }
}

export function parseText(value: string): string {
  if (value.trim() === "") throw new InvalidArgumentError("It is not blank.");
  return value;
}

export function parsePort(value: string): number {
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) throw new InvalidArgumentError("A port is a number from 0 to 65535.");
  return Number(value);
}

export function parseHostName(value: string): string {
  if (isHostName(value)) return value;
  throw new InvalidArgumentError("A host name has no scheme, no port and no path.");
}

export function parseSeed(value: string): number {
  if (!/^-?\d{1,15}$/.test(value)) throw new InvalidArgumentError("A seed is a whole number.");
  return Number(value);
}

export function parseSwitch(value: string): boolean {
  const isOn = switchOf(value);
  if (isOn === undefined) throw new InvalidArgumentError("It is on or off.");
  return isOn;
}

export function parseOrigin(value: string): string {
  if (isOrigin(value)) return value;
  throw new InvalidArgumentError("An origin is a scheme, a host and perhaps a port, such as https://app.example:8443.");
}

export function parseClock(value: string): string {
  try {
    readClockSetting(value);
    return value;
  } catch {
    throw new InvalidArgumentError("A clock is real, or a time such as 2025-05-21T15:30:00-05:00.");
  }
}

export function parseCount(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError("It is a whole number, 0 or more.");
  return Number(value);
}

export function parseMegabytes(value: string): number {
  if (!/^[1-9]\d{0,6}$/.test(value)) throw new InvalidArgumentError("It is a whole number of MB, 1 or more.");
  return Number(value);
}

export function parseRate(value: string): number {
  if (!/^\d{1,6}(\.\d+)?$/.test(value) || Number(value) === 0) throw new InvalidArgumentError("It is a number above 0.");
  return Number(value);
}
