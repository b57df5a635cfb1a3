import type { Reaction } from "../../api";
import { correspondents } from "../../correspondents";
import type { Inbox } from "../../inbox";
import type { LawContext } from "../../law";
import { newMessage } from "../../new-message";
import { react } from "../../react";
import { expectChatCreated } from "./chat-created";
import { expectMessageRead } from "./message-read";
import { expectMessageSent } from "./message-sent";
import { expectReactionSent } from "./reaction-sent";

/** What the events tell of a message, of the chat that it opens, of reading it and of a reaction to it. */
export async function expectMessageEvents(context: LawContext, inbox: Inbox): Promise<void> {
  const { api, line, people, kinds } = context;
  const participants = correspondents(people.toReversed()); // on a mock, a chat that no other law has opened
  const isNew = (await api.find(line, participants)) === null;
  const created = await api.create(line, participants, { text: `${newMessage(context).text} é漢🙂` });
  const chat = await api.get(created.id);
  const message = await api.message(chat.id, created.chat_messages.id);

  expectMessageSent(await inbox.event("message.sent", ({ id }) => String(id) === String(message.id)), message, chat);
  if (isNew) await expectChatCreated(inbox, chat);

  if (kinds.has("visible")) await api.call(204, "PUT", `/chats/${chat.id}/mark_as_read`);
  if (chat.service !== "iMessage") return; // others have no reactions
  const { id } = await react(api, message.id, "add", "love");
  const { data: reaction } = await api.call<{ data: Reaction }>(200, "GET", `/chat_message_reactions/${id}`);
  expectReactionSent(await inbox.event("reaction.sent", (told) => String(told.id) === String(id)), reaction, message, chat);
  expectMessageRead(inbox, await api.message(chat.id, message.id), chat);
}
