import type { ApiMessage } from "../../../api-types";
import { MOST_PER_PAGE } from "../../../limits";
import { LINKED_FILE } from "../../cleanup/created";
import { expectSame, expectStatus, expectThat, isRefusal } from "../../expect";
import type { Law } from "../../law";
import { inWords, Skip } from "../../law-errors";
import { chatWithRecipients, testMessage } from "./temporary-message";

export const law60: Law = {
  number: 60,
  title: "a message that was sent is listed with its files, and gone when it is deleted",
  broken: "a message that was sent is not listed with its files, or is still there when it was deleted",
  operation: "deleteMessage",
  clause: "#/paths/~1chats~1{chat_id}~1chat_messages~1{id}/delete",
  requests: 9,
  isRepeatable: true,
  async check(context) {
    const { api } = context;
    const id = await chatWithRecipients(context);
    const path = `/chats/${id}/chat_messages`;
    const plain = await api.send(id, testMessage(context));
    const newest = async (): Promise<ApiMessage[]> => (await api.messages(id, { sort: "desc", per_page: MOST_PER_PAGE })).items;
    const listed = (await newest()).find((message) => message.id === plain.id);
    const lost = "a message that was sent is not listed as it was sent";
    expectSame(listed?.text ?? null, plain.text, "the text of a new message in the list", lost);
    expectStatus(await api.request("DELETE", `${path}/${plain.id}`), 200);
    const left = (await newest()).map((message) => message.id);
    expectThat(!left.includes(plain.id), "the messages after one was deleted", {
      expected: inWords`no message ${plain.id}`,
      received: left,
      reason: "a message that was deleted is still listed",
    });
    const { status } = (await api.request("GET", `${path}/${plain.id}`)).response;
    expectThat(isRefusal(status), "the status of a deleted message", {
      pointer: "status",
      expected: 404,
      received: status,
      reason: "a message that was deleted is still found",
    });

    const message = { ...testMessage(context), attachment_urls: [LINKED_FILE] };
    const sent = await api.request("POST", path, { message });
    if (isRefusal(sent.response.status)) throw new Skip("a message with a link to a file was refused");
    expectStatus(sent, 201);
    const { data } = sent.response.body as { data: ApiMessage };
    const { attachments } = await api.message(id, data.id);
    const count = attachments?.length ?? 0;
    expectThat(count === 1, "how many files a message with one link has", {
      pointer: "/attachments",
      expected: 1,
      received: count,
      reason: "a message does not have the file that was sent with it",
    });
  },
};
