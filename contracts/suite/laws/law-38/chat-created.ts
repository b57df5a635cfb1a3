import type { Chat } from "../../api";
import type { Inbox } from "../../inbox";
import { expectSame } from "../../judging/expect";

type Fields = Readonly<Record<string, unknown>>;

/** The data of chat.created is only assumed (A-event-chat): those parts are compared that it has in common with a chat. */
export async function expectChatCreated(inbox: Inbox, chat: Chat): Promise<void> {
  const isIt = ({ id, chat_id }: Fields): boolean => [id, chat_id].map(String).includes(String(chat.id));
  const { data } = await inbox.event("chat.created", isIt);
  const { chat_handles: handles, ...told }: Fields = data;
  for (const name of ["display_name", "service", "group"] as const) {
    if (name in told) expectSame(told[name], chat[name], `${name} of chat.created`);
  }
  if (!Array.isArray(handles)) return;
  const members = handles.map((handle: Fields) => handle["identifier"]).sort();
  expectSame(members, chat.chat_handles.map(({ phone_number }) => phone_number).sort(), "who is in it, in chat.created");
}
