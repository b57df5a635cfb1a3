import { kindsAllowed } from "../../../contracts/client/kinds";
import type { ContractOptions } from "../../../contracts/suite/options";
import type { ContractFlags } from "./contract-flags";

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
