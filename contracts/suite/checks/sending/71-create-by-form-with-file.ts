import type { CreatedChat } from "../../api";
import { SENT_FILE } from "../../cleanup/created";
import { expectStatus, expectThat, isRefusal } from "../../expect";
import type { Law } from "../../law";
import { assuming } from "../../law-errors";
import { recipientGroup, testMessage } from "./temporary-message";

export const law71: Law = {
  number: 71,
  title: "a chat that is created with a form gets the message with its text and its file",
  broken: "a chat that is created with a form does not get the message with its text and its file",
  operation: "createChat",
  clause: "#/paths/~1chats/post/requestBody",
  stepAssumptions: ["A-create-form"],
  isRepeatable: true,
  requests: 2,
  async check(context) {
    const { api, line, people } = context;
    const message = testMessage(context);
    const body = { send_from: line, chat: { phone_numbers: recipientGroup(people) }, message };
    const created = await api.request("POST", "/chats", body, { files: [SENT_FILE] });
    const { status } = created.response;
    const refused = `a create with a form is refused with ${status}`;
    const what = "the status of a create with a form, with a file";
    if (isRefusal(status)) assuming(["A-create-form"], () => expectThat(false, what, shownStatus(status, refused)));
    expectStatus(created, 200, what);
    const { data } = created.response.body as { data: CreatedChat };
    const { text, attachments } = await api.message(data.id, data.chat_messages.id);
    const lost = (part: string): string => `a chat that is created with a form does not get the ${part} of its message`;
    const kept = "a message that was sent with a form, by creating a chat";
    expectThat(text === message.text, kept, { pointer: "/text", expected: message.text, received: text, reason: lost("text") });
    const count = attachments?.length ?? 0;
    expectThat(count === 1, kept, { pointer: "/attachments", expected: 1, received: count, reason: lost("file") });
  },
};

function shownStatus(received: number, reason: string) {
  return { pointer: "status", expected: 200, received, reason };
}
