import { API_PREFIX } from "../../contracts/client/address";
import { findChatPath } from "../../contracts/operations";
import { version } from "../../package.json";
import { describeRules } from "../faults/matching";
import { amount } from "../server/logger";
import type { FaultRule, WorldRecords } from "../world/model";
import { participantsOf } from "../world/participants";

export interface Started {
  readonly url: string;
  /** One that works and is no secret. */
  readonly token: string;
  readonly records: WorldRecords;
  /** What goes wrong from the beginning. */
  readonly faults: readonly FaultRule[];
  /** Whether `/__mock` is closed for want of a control token. */
  readonly controlClosed: boolean;
}

/** What a person sees when the mock has started: where it is, what it holds, and a first command to copy. */
export function banner({ url, token, records, faults, controlClosed }: Started): string {
  const shownUrl = url.replace("//127.0.0.1:", "//localhost:");
  const { lines, contacts, chats, messages } = records;
  const [chat] = chats;
  const loaded = [
    amount(lines.length, "line"),
    amount(chats.length, "chat"),
    amount(messages.length, "message"),
    amount(contacts.length, "contact"),
  ].join(", ");
  const numbers = lines.slice(0, 5).map((line) => line.phoneNumber);
  return [
    `linq-mock ${version}: the Linq Partner API V2 at ${shownUrl}${API_PREFIX}`,
    `loaded ${loaded}; lines ${numbers.join(", ")}${lines.length > numbers.length ? ", ..." : ""}`,
    ...(faults.length > 0 ? [`armed ${amount(faults.length, "fault")}: ${describeRules(faults)}`] : []),
    ...(controlClosed ? ["/__mock is closed, because other machines can reach this server; --control-token opens it"] : []),
    ...(chat ? ["", findCommand(shownUrl, token, chat.line, participantsOf(chat)), ""] : []),
  ].join("\n");
}

function findCommand(url: string, token: string, line: string, participants: readonly string[]): string {
  return `  curl --request GET \\
    --url '${url}${API_PREFIX}${findChatPath(line, participants)}' \\
    --header 'X-LINQ-INTEGRATION-TOKEN: ${token}'`;
}
