import { expectSame } from "../judging/expect";
import { ifAny } from "../judging/if-any";
import type { Law } from "../law";
import { readPage } from "../paging";
import { type Reading, readingsOf } from "../readings";

export const law23: Law = {
  number: 23,
  title: "reading twice gives the same",
  broken: "reading twice gives different answers",
  kind: "read",
  operation: "getChat",
  clause: "#/paths/~1chats~1{chat_id}/get/responses/200",
  requests: 21,
  async check(context) {
    const conversation = await ifAny(context.survey.conversation());
    const readings = await readingsOf(context, conversation);
    const first = new Map<Reading, unknown>();
    for (const reading of readings) first.set(reading, await reading.read());
    for (const reading of readings.toReversed()) {
      expectSame(await reading.read(), first.get(reading), `${reading.what}, read again`);
    }
    if (!conversation) return;
    const { chat, messages } = conversation; // the first reading of all: were they marked as read by it, only it could tell
    const { items } = await readPage(context.api, `/chats/${chat.id}/chat_messages`, { per_page: 100 });
    expectSame(items, messages, "the messages of a chat, read again");
  },
};
