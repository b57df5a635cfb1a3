import { TargetError } from "../../client/errors";
import { baseUrlOf, requireUsableToken } from "../../client/url-and-token";
import { apiOf } from "../api";
import type { ContractOptions } from "../options";
import { readLines } from "../session";
import { Transport } from "../transport";
import { type Created, MARK } from "./created";
import { Ledger, readLedger } from "./ledger";
import { cleanUp, findMarked } from "./undo";

/** What a sweep has done. */
export interface Swept {
  readonly removed: number;
  /** What could not be removed, or looked through. */
  readonly left: readonly Created[];
}

type SweepOptions = Pick<ContractOptions, "target" | "token" | "rate" | "timeoutMs" | "ledgerFile" | "signal" | "time">;

/**
 * Removes what earlier runs have left: what the ledger lists, and the contacts, subscriptions and messages that carry the mark of a run.
 * It changes nothing else.
 *
 * @throws TargetError when the server cannot be asked, or the ledger is about another one
 */
export async function sweep(options: SweepOptions): Promise<Swept> {
  const { target, token, ledgerFile } = options;
  requireUsableToken(token);
  const baseUrl = baseUrlOf(target);
  const open = ledgerFile === undefined ? undefined : readLedger(ledgerFile);
  if (open && open.target !== baseUrl) {
    throw new TargetError(
      `${ledgerFile} is the ledger of a run against ${open.target}; sweep there, or name another with --ledger.`,
    );
  }
  const ledger = new Ledger({ file: ledgerFile, target: baseUrl, mark: open?.mark ?? MARK });
  const transport = new Transport({ ...options, isOwnMock: false, baseUrl, wrongToken: "", permissions: "undo", ledger });
  await readLines(transport);
  for (const made of open?.made ?? []) ledger.keep(made);
  const { found, unread } = await findMarked(apiOf(transport), { mark: MARK, chats: open?.intended ?? [] });
  for (const made of found) ledger.keep(made);
  const isInLedger = ({ operation }: Created): boolean => operation === "sendMessage"; // contacts and subscriptions are found without it
  for (const { path } of unread.filter(isInLedger)) ledger.keepPlace(path);
  const left = await cleanUp(ledger, transport);
  const removed = ledger.undone().filter((made) => !left.includes(made)).length;
  return { removed, left: [...left, ...unread.filter((place) => !isInLedger(place))] };
}
