import type { Api, Subscription } from "./api";
import type { Inbox } from "./inbox";
import type { LawContext } from "./law";

type Fields = Parameters<Api["subscribe"]>[0];

/** Has events sent to an address of their own, for as long as something is done with what comes there. */
export async function subscribed<T>(
  { api, receiver, unique }: Pick<LawContext, "api" | "receiver" | "unique">,
  fields: Pick<Fields, "events" | "secret">,
  work: (inbox: Inbox, subscription: Subscription) => Promise<T>,
): Promise<T> {
  const inbox = (await receiver()).inbox(unique());
  const subscription = await api.subscribe({ webhook_url: inbox.url, version: 2, ...fields });
  try {
    return await work(inbox, subscription);
  } finally {
    await api.request("DELETE", `/webhook_subscriptions/${subscription.id}`).catch(() => undefined); // it is in the ledger
  }
}
