import { expectSame, expectThat } from "../../expect";
import type { Law } from "../../law";
import { assuming, inWords, Skip } from "../../law-errors";
import { type Endpoint, subscribed } from "../../webhook-endpoint";
import { changeReaction, recipientGroup, testMessage } from "../sending/temporary-message";

const RAW_NUMBER = /^\+1\d{10}$/;

export const law54: Law = {
  number: 54,
  title: "an event tells which handle is the line's own, shows no bare numbers as names, and is of no reaction's removal",
  broken: "an event does not tell which handle is the line's own, shows a bare number as a name, or is of a reaction's removal",
  operation: "sendMessage",
  clause: "#/components/schemas/EventHandle",
  stepAssumptions: ["A-event-own-handle"],
  isAboutDeliveries: true,
  requests: 9,
  async check(context) {
    const { api, line, people } = context;
    await subscribed(context, { events: ["message.sent", "reaction.sent"] }, async (endpoint) => {
      const { chat_messages, service } = await api.create(line, recipientGroup(people), testMessage(context));
      const { data } = await endpoint.event("message.sent", ({ id }) => String(id) === String(chat_messages.id));
      const { chat_handles: handles } = data;
      if (handles.length === 0) throw new Skip("the event names nobody");
      for (const { identifier, is_me, display_name } of handles) {
        const what = "a handle in message.sent";
        expectThat(is_me === (identifier === line), what, {
          pointer: "/is_me",
          expected: identifier === line,
          received: is_me,
          reason: `message.sent takes ${is_me ? "somebody else for the line" : "the line for somebody else"}`,
        });
        const isRaw = RAW_NUMBER.test(String(display_name));
        const expected = inWords`a name, or a number as +1 (917) 555-0100`;
        const reason = "message.sent shows a bare number as a name";
        expectThat(!isRaw, what, { pointer: "/display_name", expected, received: display_name, reason });
      }
      if (service === "iMessage") {
        await changeReaction(api, chat_messages.id, "add", "like");
        const reacted = await endpoint.event(
          "reaction.sent",
          (one) => String(one.chat_message_id) === String(chat_messages.id),
        );
        const reason = "reaction.sent says that the line's reaction is somebody else's";
        expectSame(reacted.data.is_from_me, true, "is_from_me of a reaction of the line", reason);
        await changeReaction(api, chat_messages.id, "remove", "like");
        context.later(async () => expectToldOnce(endpoint, chat_messages.id));
      }
      assuming(["A-event-own-handle"], () => {
        expectSame(handles[0]?.is_me, true, "is_me of the first handle", "message.sent does not begin with the line's handle");
        expectSame(handles[0]?.display_name, "You", "the name of the own handle", 'message.sent does not call the line "You"');
      });
    });
  },
};

/** The same event may come twice; another one tells of the removal. @throws Broken */
function expectToldOnce({ deliveries }: Endpoint, messageId: number): void {
  const told = deliveries.flatMap(({ event }) =>
    event?.event_type === "reaction.sent" && String(event.data["chat_message_id"]) === String(messageId) ? [event] : [],
  );
  const different = new Set(told.map((event) => String((event as { event_id?: unknown }).event_id))).size;
  expectThat(different < 2, "how many reaction.sent came of a reaction that was added and removed", {
    expected: 1,
    received: different,
    reason: "removing a reaction sends another reaction.sent",
  });
}
