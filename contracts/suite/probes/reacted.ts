import { Skip } from "../judging/signals";
import type { RecordedExchange } from "../recorded-exchange";
import { correspondence } from "./correspondence";
import type { ProbeContext } from "./probe";

/** What was answered when the line reacted to its own message in several ways, one after the other. */
export interface Reacted {
  readonly added: RecordedExchange;
  readonly addedAgain: RecordedExchange;
  /** Another type. */
  readonly replaced: RecordedExchange;
  /** The message after that. */
  readonly shown: RecordedExchange;
  /** Removing the type that is not there any more. */
  readonly removedGone: RecordedExchange;
  readonly removed: RecordedExchange;
}

/** Reacts to the message of the correspondence. @throws Skip where nobody reacts */
export async function reacted({ api, once }: ProbeContext): Promise<Reacted> {
  const { chat, created } = await once(correspondence);
  if (chat.service !== "iMessage") throw new Skip("the chat with the addressee is not on iMessage, where alone people react");
  const { id } = created.chat_messages;
  const react = (operation: "add" | "remove", type: string): Promise<RecordedExchange> =>
    api.request("POST", `/chat_messages/${id}/reactions`, { type, operation });
  return {
    added: await react("add", "love"),
    addedAgain: await react("add", "love"),
    replaced: await react("add", "like"),
    shown: await api.request("GET", `/chats/${chat.id}/chat_messages/${id}`),
    removedGone: await react("remove", "love"),
    removed: await react("remove", "like"),
  };
}
