import type { Chat, CreatedChat } from "../api";
import type { Inbox } from "../inbox";
import { Skip } from "../judging/signals";
import { newMessage } from "../new-message";
import { type Addressee, addressee } from "./addressee";
import type { ProbeContext } from "./probe";

/** A chat with somebody who may be written to, and the message that was sent with it. */
export interface Correspondence extends Addressee {
  readonly created: CreatedChat;
  /** The same, read after the message was sent. */
  readonly chat: Chat;
  /** The key of the message. */
  readonly key: string;
}

const EVENTS = ["chat.created", "message.sent", "message.read", "reaction.sent"] as const;

/** Sends a message to one person. */
export async function correspondence(context: ProbeContext): Promise<Correspondence> {
  const { api, line, unique, once } = context;
  const { person, isNew } = await once(addressee);
  await once(mailbox).catch(() => undefined); // whoever looks at the events is told
  const key = unique();
  const created = await api.create(line, [person], { ...newMessage(context), idempotency_key: key });
  const ids = [created.id, created.chat_messages.id];
  if (!ids.every(Number.isInteger)) throw new Skip("a chat was created without ids");
  return { person, isNew, created, chat: await api.get(created.id), key };
}

/** Where the events of the correspondence go. */
export async function mailbox({ api, receiver, unique }: ProbeContext): Promise<Inbox> {
  const inbox = (await receiver()).inbox(unique());
  await api.subscribe({ webhook_url: inbox.url, events: [...EVENTS], version: 2 });
  return inbox;
}
