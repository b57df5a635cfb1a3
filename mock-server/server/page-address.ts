/* Where the page shows what hints, logs and failing tests speak of. `base` is the base URL of the sandbox, or its path. */

/** A chat, at its end. */
export function chatPage(base: string, chat: number): string {
  return page(base, `chats/${chat}`);
}

/** An event of the webhook log, with its deliveries; without one, all. */
export function webhookPage(base: string, event?: number): string {
  return page(base, event === undefined ? "webhooks" : `webhooks/${event}`);
}

/** A request of the journal; without one, all. */
export function requestPage(base: string, id?: string): string {
  return page(base, id === undefined ? "requests" : `requests/${encodeURIComponent(id)}`);
}

/** What a call of the control API was about; undefined when nothing in the page is that. */
export function pageOfCall(base: string, path: string, body: object | undefined): string | undefined {
  const { chat } = { chat: undefined, ...body };
  if (typeof chat === "number") return chatPage(base, chat);
  if (path.startsWith("/requests")) return requestPage(base);
  return /^\/(?:deliveries|webhook_events)/.test(path) ? webhookPage(base) : undefined;
}

function page(base: string, view: string): string {
  return `${base}/__mock/ui/#/${view}`;
}
