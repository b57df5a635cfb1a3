import type { Law } from "../../law";
import { inTurn } from "../../law-errors";
import { subscribed, subscribedToTheEnd } from "../../webhook-endpoint";
import { expectContactEvents, expectGroupsToldAsGroups, expectMessageEvents } from "./event-comparison";

const OF_CONTACTS = ["contact.created", "contact.updated"] as const;
const OF_CHATS = ["chat.created", "message.sent", "message.read", "reaction.sent"] as const;

export const law38: Law = {
  number: 38,
  title: "an event tells what reading the same thing tells",
  broken: "an event tells something else than reading the same thing",
  operation: "createWebhookSubscription",
  clause: "#/webhooks",
  stepAssumptions: ["A-always-present"],
  isAboutDeliveries: true,
  requests: 25,
  async check(context) {
    const untilTheEnd = ["chat.created", "call.completed"] as const; // should somebody call, the shape of that is checked
    await subscribedToTheEnd(context, { events: [...untilTheEnd] });
    const sends = context.kinds.has("send") && context.people.length > 0;
    const events = sends ? [...OF_CONTACTS, ...OF_CHATS] : [...OF_CONTACTS];
    const compared = new Set<number>();
    context.later(() => expectGroupsToldAsGroups(context, compared));
    await subscribed(context, { events }, async (endpoint) => {
      await inTurn(
        () => expectContactEvents(context, endpoint),
        async () => {
          if (sends) await expectMessageEvents(context, endpoint, compared);
        },
      );
    });
  },
};
