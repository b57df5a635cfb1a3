import type { RecordedExchange } from "./report";

/** What stays as it was read when something at a place is changed; it may show elsewhere, as a contact's name does in chats. */
const KEPT: readonly (readonly [changed: string, kept: readonly string[]])[] = [
  ["/webhook_subscriptions", ["/phone_numbers", "/contacts", "/chat"]],
  ["/phone_numbers", ["/webhook_subscriptions", "/contacts", "/chat"]],
  ["/i_message_availability", ["/"]],
  ["/contacts", ["/phone_numbers"]],
  ["/chat", ["/phone_numbers", "/contacts"]],
];

/** What was read since something was changed, by its path. */
export class ReadCache {
  readonly #exchanges = new Map<string, RecordedExchange>();

  get(path: string): RecordedExchange | undefined {
    return this.#exchanges.get(path);
  }

  keep(path: string, exchange: RecordedExchange): void {
    this.#exchanges.set(path, exchange);
  }

  /** Forgets what a change of something can have changed. */
  forgetFor(changed: string): void {
    const kept = KEPT.find(([place]) => changed.startsWith(place))?.[1] ?? [];
    for (const path of this.#exchanges.keys()) if (!kept.some((place) => path.startsWith(place))) this.#exchanges.delete(path);
  }

  forget(): void {
    this.#exchanges.clear();
  }
}
