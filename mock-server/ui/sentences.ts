import type { Chat } from "./api";
import type { Change } from "./stream";
import { durationText, isolated } from "./wording";

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
      return `${isolated(data.message.from)} wrote.`;
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
export function deliverySentence({ event, url: written, status, attempts }: Sent): string | undefined {
  const url = isolated(written);
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

/** Who came to a chat after it had begun, and who left it, the first first. */
export function membershipOf({ participants, former_participants }: Chat): { at: number; text: string }[] {
  const everybody = [...participants, ...former_participants];
  const begun = Math.min(...everybody.map(({ joined_at }) => Date.parse(joined_at)));
  return everybody
    .flatMap(({ name, identifier, own, joined_at, left_at }) => {
      const who = own ? "Your line" : isolated(name ?? identifier);
      const [joined, left] = [Date.parse(joined_at), Date.parse(left_at ?? "")];
      return [
        ...(joined > begun ? [{ at: joined, text: `${who} joined` }] : []), // the others have been in it from the start
        ...(Number.isNaN(left) ? [] : [{ at: left, text: `${who} left` }]),
      ];
    })
    .sort((a, b) => a.at - b.at);
}

/** Whether it must be said who has written: somebody beside one of the other side may have. */
export function hasSeveralAuthors({ group, former_participants }: Chat): boolean {
  return group || former_participants.length > 0;
}
