import type { Change } from "./stream";
import { durationText } from "./wording";

/** What has happened, as one sentence for the status line; undefined for what nobody needs to be told. */
export function sentenceOf({ type, data }: Change): string | undefined {
  switch (type) {
    case "request":
      return `${data.request.method} ${data.request.path} was answered ${data.request.status} in ${Math.round(data.request.ms)} ms.`;
    case "webhook_event":
      return data.webhook_event.unreached
        ? `${data.webhook_event.type} reached nobody: ${data.webhook_event.unreached.message}`
        : undefined;
    case "clock":
      return clockSentence(data);
    case "faults":
      return "Other faults are armed than before.";
    case "reset":
      return "Another world is in place: reset, restored or loaded.";
    case "message.received":
      return `${data.message.from} wrote.`;
    case "message.failed":
      return `A message failed${data.message.failure ? `: ${data.message.failure}` : ""}.`;
    case "subscription.created":
      return "A webhook subscription was made.";
    case "subscription.deleted":
      return "A webhook subscription was deleted.";
    default:
      return undefined;
  }
}

interface Sent {
  readonly event: string;
  readonly url: string;
  readonly status: string;
  readonly attempts: readonly { readonly status: number | null; readonly error: string | null; readonly ms: number }[];
}

/** What became of a delivery; undefined while nothing has. */
export function deliverySentence({ event, url, status, attempts }: Sent): string | undefined {
  const last = attempts.at(-1);
  if (status === "dropped") return `${event} to ${url} was dropped.`;
  if (!last) return undefined;
  if (status === "delivered") return `${event} was delivered to ${url}: ${last.status} in ${Math.round(last.ms)} ms.`;
  return `${event} to ${url} ${status === "failed" ? "failed" : "will be tried again"}: ${last.error ?? `answered ${last.status}`}.`;
}

function clockSentence({ clock, jumped_ms }: { clock: { mode: string }; jumped_ms: number }): string {
  if (Math.abs(jumped_ms) >= 1000)
    return `The clock moved by ${jumped_ms < 0 ? "minus " : ""}${durationText(Math.abs(jumped_ms))}.`;
  return clock.mode === "frozen" ? "The clock stands still." : "The clock runs.";
}
