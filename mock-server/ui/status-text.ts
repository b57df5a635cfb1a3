import { computed, signal } from "@preact/signals";
import { call, type Schemas } from "./api";
import { secondsText } from "./clock";
import { worstOf } from "./outcome";
import { deliverySentence, sentenceOf } from "./sentences";
import type { StreamedChange } from "./stream";
import { deliveries } from "./webhook-log";

export const subscriptions = signal<readonly Schemas["Subscription"][]>([]);
/** The last thing that happened, in words, and the event for webhooks that they are about. */
export const statusText = signal<{ readonly text: string; readonly event?: number | undefined; readonly isReset?: boolean }>({
  text: "",
});

/** Whether an app has subscribed by the API, which no reset keeps. */
export const isAppSubscribed = computed(() => subscriptions.value.some(({ origin }) => origin === "api"));
export const SUBSCRIBE_AGAIN = "Your app must subscribe again.";

let resetWords: string | undefined;

/** Resets the world, or takes that back: the change that is told of is the same. */
export async function changeWorld(path: "/reset" | "/reset/undo"): Promise<void> {
  resetWords =
    path === "/reset"
      ? `The world is as it was at the start.${isAppSubscribed.peek() ? ` ${SUBSCRIBE_AGAIN}` : ""}`
      : "The reset is undone. The world is back; its requests and webhooks are not kept.";
  await call("post", path).catch((error) => {
    resetWords = undefined;
    throw error;
  });
}

export function updateStatusText(change: StreamedChange): void {
  const text = wordsOf(change);
  const { delivery, webhook_event } = change.data ?? {};
  const event = webhook_event?.id ?? delivery?.webhook_event_id;
  if (text !== undefined) statusText.value = { text, event, isReset: change.type === "reset" };
}

/** What has happened, in words; where another receiver fared worse with the same event, that. */
function wordsOf(change: StreamedChange): string | undefined {
  const { type, data } = change;
  if (type === "reset") {
    const words = resetWords ?? sentenceOf(change, secondsText);
    resetWords = undefined;
    return words;
  }
  if (type !== "delivery") return sentenceOf(change, secondsText);
  const { delivery }: { delivery: Schemas["Delivery"] } = data;
  const others = [...deliveries.value.values()].filter(
    ({ id, event_id }) => id !== delivery.id && event_id === delivery.event_id,
  );
  const worst = worstOf([...others, delivery].sort((a, b) => a.id - b.id));
  return deliverySentence(worst?.status === "failed" ? worst : delivery);
}

/** Who is told of events. */
export async function readSubscriptions(): Promise<void> {
  subscriptions.value = (await call("get", "/subscriptions")).subscriptions;
}
