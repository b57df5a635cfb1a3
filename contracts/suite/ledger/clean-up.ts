import { TargetError } from "../../client/target-error";
import { apiOf } from "../api";
import type { Transport } from "../transport/transport";
import { findMarked } from "./find-marked";
import type { Ledger } from "./ledger";
import type { Made } from "./made";

const GONE = 404;

/** Undoes everything in the ledger, the last first; returns what is left, which a sweep can remove later. */
export async function cleanUp(ledger: Ledger, transport: Transport): Promise<Made[]> {
  await findUnsettled(ledger, transport);
  for (const made of ledger.left()) {
    try {
      const { response } = await transport.ask(made.undo);
      if (response.status === GONE) ledger.strike(made);
    } catch (error) {
      if (error instanceof TargetError) break; // the server has gone
    }
  }
  ledger.close();
  return [...ledger.left(), ...ledger.unsettled().map(({ ask, place }) => lost(ask.operation, place))];
}

/** What was made by requests whose answer never came is found by its mark. */
async function findUnsettled(ledger: Ledger, transport: Transport): Promise<void> {
  const unsettled = ledger.unsettled();
  if (unsettled.length === 0) return;
  const chats = unsettled.map(({ place }) => place).filter((place) => /^\/chats\/(?:find\?|\d+\/chat_messages$)/.test(place));
  try {
    for (const made of await findMarked(apiOf(transport), { mark: ledger.mark, chats })) ledger.keep(made);
    ledger.settleAll();
  } catch {
    // they stay unsettled, and are told as left
  }
}

/** Nobody knows whether it is there; this is where to look. */
function lost(operation: Made["operation"], path: string): Made {
  return { operation, path, undo: { method: "GET", path } };
}
