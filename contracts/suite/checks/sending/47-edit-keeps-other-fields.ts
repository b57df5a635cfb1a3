import type { ApiMessage } from "../../../api-types";
import { expectSame, expectThat, momentOf } from "../../expect";
import type { Law } from "../../law";
import { inWords, Skip } from "../../law-errors";
import { sentAt } from "../../server-sample";
import { expectListed, recipientGroup, testMessage, withoutReceipts } from "./temporary-message";

export const law47: Law = {
  number: 47,
  title: "an edit changes the text and sets edited_at, and keeps the rest",
  broken: "an edit changes something else than the text and edited_at, or not those",
  operation: "editMessage",
  clause: "#/paths/~1chats~1{chat_id}~1chat_messages~1{id}~1edit/post/responses/200",
  requests: 5,
  isRepeatable: true,
  async check(context) {
    const { api, line, people } = context;
    const { id: chatId, service, chat_messages } = await api.create(line, recipientGroup(people), testMessage(context));
    if (service !== "iMessage") throw new Skip(`the chat with the recipients is on ${service}, where nothing can be edited`);
    const sent = await api.message(chatId, chat_messages.id);
    expectSame(sent.edited_at ?? null, null, "edited_at of a new message", "a message that nobody has edited has edited_at");
    const text = `${testMessage(context).text} (edited: é漢🙂)`;
    const path = `/chats/${chatId}/chat_messages/${sent.id}/edit`;
    const { data } = await api.call<{ data: Pick<ApiMessage, "id" | "text"> }>(200, "POST", path, { text });
    expectSame(data, { id: sent.id, text }, "the answer to an edit", "an edit answers with another message than was edited");
    const edited = await api.message(chatId, sent.id);
    const { edited_at } = edited;
    const what = "the message after the edit";
    expectSame({ text: edited.text }, { text }, what, "an edit is answered and changes no text");
    const reason = "an edit changes something else than the text and edited_at";
    expectSame(withoutReceipts(edited), withoutReceipts({ ...sent, text, edited_at }), what, reason);
    const shown = { pointer: "/edited_at", expected: inWords`${sent.sent_at} or later`, received: edited_at };
    expectThat(edited_at !== null, what, { ...shown, reason: "an edit does not set edited_at" });
    const isLater = momentOf(edited, "edited_at", "a message that was edited") >= sentAt(sent);
    expectThat(isLater, what, { ...shown, reason: "an edit sets edited_at before the message was sent" });
    await expectListed(api, chatId, edited, "once it is edited");
  },
};
