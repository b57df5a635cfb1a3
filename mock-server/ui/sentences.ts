import type { Schemas } from "./api";
import type { StreamedChange } from "./stream";
import { durationText, inPageWords, isolated } from "./wording";

/** What has happened, as one sentence for the status line, with times as `timeOf` writes them; undefined for what nobody needs to be told. */
export function sentenceOf({ type, data, at }: StreamedChange, timeOf: (at: string) => string): string | undefined {
  switch (type) {
    case "request":
      return `${data.request.method} ${data.request.path} was answered ${data.request.status} in ${Math.round(data.request.ms)} ms.`;
    case "webhook_event":
      return data.webhook_event.unreached
        ? unreachedSentence(data.webhook_event.type, data.webhook_event.unreached.message, { at, timeOf })
        : undefined;
    case "clock":
      return clockSentence(data);
    case "faults":
      return faultsSentence(data.faults);
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

/** What is tried again may arrive yet. */
function unreachedSentence(
  type: string,
  message: string,
  { at, timeOf }: { readonly at: string; readonly timeOf: (at: string) => string },
): string {
  const why = inPageWords(message, timeOf);
  const tries = [...message.matchAll(/ It is tried again at (\S+)\.(?= |$)/g)].map(([, next = ""]) => Date.parse(next));
  if (tries.length === 0) return `${type} reached nobody: ${why}`;
  return `${type} has not arrived yet; tried again in ${durationText(Math.min(...tries) - Date.parse(at))}: ${why}`;
}

const FAULTS_NAMED = 3;

function faultsSentence(rules: readonly { readonly name: string; readonly spent?: boolean }[]): string {
  const armed = rules.filter(({ spent }) => !spent);
  if (armed.length === 0) return "No fault is armed.";
  if (armed.length > FAULTS_NAMED) return `${armed.length} faults are armed.`;
  return `${armed.map(({ name }) => isolated(name)).join(", ")} ${armed.length === 1 ? "is" : "are"} armed.`;
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

type Titled = Pick<Schemas["Chat"], "title" | "name" | "participants">;

/** What people call a chat: where that is the names of several, none of them reaches the next by the way it is written. */
export function titleOf({ title, name, participants }: Titled): string {
  const others = participants.filter(({ own }) => !own);
  if (name !== null || others.length < 2) return title;
  let rest = title;
  const names = others.map((one) => {
    const shown = one.name ?? rest.split(", ", 1)[0] ?? "";
    rest = rest.slice(shown.length + ", ".length);
    return isolated(shown);
  });
  return names.join(", ");
}

/** Who came to a chat after it had begun, and who left it, the first first. */
export function membershipOf({ participants, former_participants }: Schemas["Chat"]): { at: number; text: string }[] {
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

/** What happened between the messages of a chat. */
export interface Mark {
  /** Where it stands. */
  readonly at: number;
  /** Its time, where it stands elsewhere: the clock went back. */
  readonly shownAt?: number;
  readonly text: string;
  /** The newest message then, of several of one time. */
  readonly after?: number;
  /** Whom it is about; everybody, where nobody is named. */
  readonly between?: readonly [line: string, person: string];
}

/** Who came and left, where the clock was moved, and who called, by its time, as the messages stand. */
export function marksOf(chat: Schemas["Chat"], jumps: readonly Mark[]): Mark[] {
  const { group, line, participants } = chat;
  const isOf = ({ between }: Mark): boolean => {
    if (between === undefined) return true;
    const [ofLine, person] = between;
    return !group && line === ofLine && participants.some(({ identifier }) => identifier === person);
  };
  return [...membershipOf(chat), ...jumps.filter(isOf)].sort((a, b) => a.at - b.at);
}

/** Whether a mark stands above a message. */
export function isMarkBefore({ at, after }: Mark, message: Pick<Schemas["Message"], "id" | "sent_at">): boolean {
  const sentAt = Date.parse(message.sent_at ?? "");
  return at < sentAt || (at === sentAt && after !== undefined && after < message.id);
}

interface Call {
  readonly from: string;
  readonly to: string;
  readonly direction: string;
  readonly status: string;
  readonly started_at: string;
  readonly ended_at: string;
}

/** A call that has ended, as a conversation shows it. */
export function callMark({ from, to, direction, status, started_at, ended_at }: Call, at: string): Mark {
  const [line, person] = direction === "inbound" ? ([to, from] as const) : ([from, to] as const);
  const ms = Date.parse(ended_at) - Date.parse(started_at);
  const how = status === "completed" ? durationText(ms) : status.replaceAll("_", " ");
  return {
    at: Date.parse(at),
    text: `${direction === "inbound" ? "They called" : "Your line called"}: ${how}`,
    between: [line, person],
  };
}

/** Whether it must be said who has written: somebody beside one of the other side may have. */
export function hasSeveralAuthors({ group, former_participants }: Schemas["Chat"]): boolean {
  return group || former_participants.length > 0;
}
