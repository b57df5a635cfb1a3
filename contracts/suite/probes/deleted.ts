import { newMessage } from "../new-message";
import type { RecordedExchange } from "../recorded-exchange";
import { correspondence } from "./correspondence";
import { marked } from "./marked";
import type { ProbeContext } from "./probe";
import { reacted } from "./reacted";

/** What was answered when the message of the correspondence was edited and deleted. */
export interface Deleted {
  readonly deleted: RecordedExchange;
  /** The reaction to it, after that; undefined where nobody reacts. */
  readonly reaction: RecordedExchange | undefined;
  /** Its key, used again after that. */
  readonly resent: RecordedExchange;
}

/** Ends the correspondence, when everything else was done with its message. */
export async function deleted(context: ProbeContext): Promise<Deleted> {
  const { api, once } = context;
  const { chat, created, key } = await once(correspondence);
  for (const work of [reacted, marked]) await once<unknown>(work).catch(() => undefined); // whoever looks at them is told
  const messages = `/chats/${chat.id}/chat_messages`;
  const { id } = created.chat_messages;
  await api.call(200, "POST", `${messages}/${id}/edit`, newMessage(context));
  const added = await api.request("POST", `/chat_messages/${id}/reactions`, { type: "laugh", operation: "add" });
  const deletion = await api.request("DELETE", `${messages}/${id}`);
  return {
    deleted: deletion,
    reaction: added.response.status === 201 ? await api.request("GET", `/chat_message_reactions/${idIn(added)}`) : undefined,
    resent: await api.request("POST", messages, { message: { ...newMessage(context), idempotency_key: key } }),
  };
}

function idIn({ response }: RecordedExchange): number {
  return (response.body as { data: { id: number } }).data.id; // another shape is told apart
}
