import { CONTROL_PREFIX } from "./paths";

/* Where the page shows what hints and logs speak of. `base` is the base URL of the sandbox, or its path. */

/** A chat, at its end. */
export function chatPage(base: string, chat: number): string {
  return page(base, `chats/${chat}`);
}

/** An event of the webhook log, with its deliveries. */
export function webhookPage(base: string, event: number): string {
  return page(base, `webhooks/${event}`);
}

function page(base: string, view: string): string {
  return `${base}${CONTROL_PREFIX}/ui/#/${view}`;
}
