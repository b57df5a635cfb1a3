import type { ApiMessage } from "../../../api-types";
import { expectSame, expectStatus } from "../../expect";
import type { Law } from "../../law";
import { SENT_AGAIN } from "../../report";
import { chatWithRecipients, testMessage } from "./temporary-message";

export const law44: Law = {
  number: 44,
  title: "a new message answers 201, and a key that was used before 200 with the existing message",
  broken: "the statuses do not tell a new message from one that was sent before",
  operation: "sendMessage",
  clause: "#/paths/~1chats~1{chat_id}~1chat_messages/post/responses/200",
  requests: 4,
  isRepeatable: true,
  async check(context) {
    const { api, unique } = context;
    const id = await chatWithRecipients(context);
    const path = `/chats/${id}/chat_messages`;
    const message = { ...testMessage(context), idempotency_key: unique() };
    const first = await api.request("POST", path, { message });
    expectStatus(first, 201, "the status of a new message");
    const second = await api.request("POST", path, { message });
    const [sent, replayed] = [first, second].map(({ response }) => messageIn(response.body));
    const isOther = replayed !== undefined && replayed.id !== sent?.id;
    expectStatus(second, 200, "the status of the same message again", isOther ? SENT_AGAIN : undefined);
    expectSame(replayed, sent, "the existing message");
  },
};

function messageIn(body: unknown): Pick<ApiMessage, "id" | "text" | "sent_at" | "sent_from"> | undefined {
  const { data } = body as { data?: ApiMessage };
  return data && { id: data.id, text: data.text, sent_at: data.sent_at, sent_from: data.sent_from };
}
