import { CommandError } from "../command-error";
import type { ContractFlags } from "./contract-flags";

const OF_A_TARGET = [
  "line",
  "chat",
  "contact",
  "allow",
  "recipient",
  "spareLine",
  "rate",
  "timeout",
  "webhookUrl",
  "webhookPort",
  "against",
  "sweep",
] as const;

/** @throws CommandError for flags that say nothing together */
export function requireSensible(flags: ContractFlags): void {
  const { target, har, allow, recipient, sweep, dryRun } = flags;
  const given = OF_A_TARGET.find((name) => [flags[name] ?? []].flat().length > 0);
  if (target !== undefined && har !== undefined) throw new CommandError("--har checks a recording; leave out --target");
  if (target === undefined && given !== undefined) {
    throw new CommandError(`${flagOf(given)} is about a server; name it with --target`);
  }
  if (allow.includes("send") && recipient.length === 0) {
    throw new CommandError("--allow send needs somebody to send to; name each with --recipient");
  }
  if (recipient.length > 0 && !allow.includes("send") && !allow.includes("visible") && !allow.includes("writes")) {
    throw new CommandError("--recipient names somebody to send to, which needs --allow send");
  }
  if (sweep && dryRun) throw new CommandError("--sweep and --dry-run do not go together");
}

function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
