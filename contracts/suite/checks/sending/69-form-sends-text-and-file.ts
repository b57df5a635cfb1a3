import type { ApiMessage } from "../../../api-types";
import { SENT_FILE } from "../../cleanup/created";
import { expectStatus, expectThat } from "../../expect";
import type { Law } from "../../law";
import { chatWithRecipients, testMessage } from "./temporary-message";

export const law69: Law = {
  number: 69,
  title: "a message that is sent as a form has its text and its file",
  broken: "a message that is sent as a form does not have its text and its file",
  operation: "sendMessage",
  clause: "#/paths/~1chats~1{chat_id}~1chat_messages/post/requestBody",
  requests: 4,
  isRepeatable: true,
  async check(context) {
    const { api } = context;
    const id = await chatWithRecipients(context);
    const message = testMessage(context);
    const sent = await api.request("POST", `/chats/${id}/chat_messages`, { message }, { files: [SENT_FILE] });
    expectStatus(sent, 201, "the status of a message that is sent as a form, with a file");
    const { data } = sent.response.body as { data: ApiMessage };
    const { text, attachments } = await api.message(id, data.id);
    expectThat(text === message.text, "a message that was sent as a form", {
      pointer: "/text",
      expected: message.text,
      received: text,
      reason: "a message that is sent as a form does not have its text",
    });
    const count = attachments?.length ?? 0;
    expectThat(count === 1, "how many files a message has that was sent with one", {
      pointer: "/attachments",
      expected: 1,
      received: count,
      reason: "a message that is sent as a form does not have its file",
    });
  },
};
