import { ALLOW_FLAGS, KINDS, kindsAllowed } from "../../../contracts/client/request-kinds";
import type { ContractOptions } from "../../../contracts/suite/options";
import { planOf } from "../../../contracts/suite/run";
import { CommandError } from "../input";
import type { ContractFlags } from "./command";

const WHAT = {
  read: "reads (GET)",
  write: "writes, and reaches nobody",
  visible: "is seen by a person",
  send: "sends to a person",
} as const;

/** What a run would ask, and what not. */
export function describePlan({ target, allow, recipient }: ContractFlags): string {
  const planned = planOf(new Set(target === undefined ? KINDS : ["read", ...kindsAllowed(allow)]));
  const rows = planned.map(({ kind, checks, requests, isAllowed }) => {
    const what = WHAT[kind].padEnd(27);
    return isAllowed
      ? `  ${what} ${checks} checks, at most ${requests} requests\n`
      : `  ${what} not asked (${checks} checks); --allow ${ALLOW_FLAGS[kind]} allows it\n`;
  });
  const total = planned.filter(({ isAllowed }) => isAllowed).reduce((sum, { requests }) => sum + requests, 0);
  const people = recipient.length === 1 ? "1 recipient" : `${recipient.length} recipients`;
  return `Plan for ${target ?? "a mock of its own"}, at most ${total} requests${recipient.length > 0 ? `, to ${people}` : ""}:\n${rows.join("")}Nothing was asked.\n`;
}

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
  const { target, har, facts, allow, recipient, sweep, dryRun } = flags;
  const given = OF_A_TARGET.find((name) => [flags[name] ?? []].flat().length > 0);
  if (target !== undefined && har !== undefined) throw new CommandError("--har checks a recording; leave out --target");
  if (facts !== undefined && target === undefined && har === undefined) {
    throw new CommandError("--facts is about a server; name it with --target, or a recording of it with --har");
  }
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

/** What a run is told by its flags. */
export function optionsOf(flags: ContractFlags, target: string, token: string): ContractOptions {
  const { line, spareLine, chat, contact, allow, recipient, rate, timeout, webhookUrl, webhookPort, seed, ledger } = flags;
  return {
    target,
    token,
    isOwnMock: false,
    line,
    spareLine,
    chat,
    contact,
    allow: kindsAllowed(allow),
    recipients: recipient,
    rate,
    timeoutMs: timeout === undefined ? undefined : timeout * 1000,
    webhookUrl,
    webhookPort,
    seed,
    ledgerFile: ledger,
  };
}
