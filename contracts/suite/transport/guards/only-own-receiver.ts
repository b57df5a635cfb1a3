import type { Guard } from "./guard";

/** Events tell of real people: they go to the receiver of this run, and nowhere else. */
export const onlyOwnReceiver: Guard = ({ operation, body }, { webhookUrl, recipients }) => {
  if (operation !== "createWebhookSubscription" && operation !== "updateWebhookSubscription") return undefined;
  if (recipients === "anyone") return undefined;
  const text = JSON.stringify(body) ?? "";
  const addresses = text.match(/\b[a-z][a-z\d+.-]*:\/\/[^"\s]*/gi) ?? [];
  const foreign = addresses.some((address) => webhookUrl === undefined || !address.startsWith(webhookUrl));
  return foreign ? "it would send events to somebody else's address" : undefined;
};
