import type { Delivery } from "./api";

const BEST_FIRST: readonly Delivery["status"][] = ["delivered", "pending", "dropped", "failed"];

/** The last delivery to each subscriber: a redelivery takes the place of what had failed. The first first. */
export function lastToEach(sent: readonly Delivery[]): Delivery[] {
  return [...new Map(sent.map((delivery) => [delivery.subscription_id, delivery])).values()];
}

/** What became of an event: the worst of what its subscribers got, the newest of those. */
export function worstOf(sent: readonly Delivery[]): Delivery | undefined {
  const rank = ({ status }: Delivery): number => BEST_FIRST.indexOf(status);
  return lastToEach(sent)
    .sort((a, b) => rank(a) - rank(b) || a.id - b.id)
    .at(-1);
}
