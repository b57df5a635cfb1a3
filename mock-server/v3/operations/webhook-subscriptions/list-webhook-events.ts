import { WEBHOOK_EVENTS } from "../../../../contracts/generated/v3/enumerations";
import type { Operation } from "../../operation";

/** The names of all events, those that nothing here can cause included. */
export const listWebhookEvents: Operation<"listWebhookEvents"> = () => ({
  status: 200,
  body: { doc_url: "https://docs.linqapp.com/guides/webhooks/events", events: [...WEBHOOK_EVENTS] },
});
