import type { ContractOptions } from "../../../contracts/suite/options";
import type { ContractFlags } from "./contract-flags";

const KINDS = { writes: "write", visible: "visible", send: "send" } as const;

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

/** What the values of --allow mean. */
export function kindsAllowed(allow: readonly string[]): NonNullable<ContractOptions["allow"]> {
  return allow.map((kind) => KINDS[kind as keyof typeof KINDS]);
}
