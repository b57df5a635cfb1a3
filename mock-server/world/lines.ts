import type { Identifier } from "../../contracts/identifiers";
import type { Call } from "./events";
import type { Chat, Line } from "./model";
import type { World } from "./world";

/** The organization's own numbers, by ascending id. */
export function* lineNumbers(world: World): Generator<Identifier> {
  for (const { phoneNumber } of world.lines.values()) yield phoneNumber;
}

const SHOWN_LINES = 5;

/** The first of them, as a hint names them. */
export function linesShown(numbers: Iterable<string>): string {
  const shown: string[] = [];
  for (const number of numbers) {
    if (shown.length === SHOWN_LINES) return `${shown.join(", ")}, ...`;
    shown.push(number);
  }
  return shown.length === 0 ? "there are none" : shown.join(", ");
}

/** Sets the number that calls to a line are forwarded to, or none. */
export function forwardCalls(world: World, before: Line, forwardingNumber: Identifier | null): Line {
  if (before.forwardingNumber === forwardingNumber) return before;
  const line = world.lines.replace({ ...before, forwardingNumber });
  world.announce({ kind: "line.updated", line });
  return line;
}

/** Shares the contact card of a chat's line with the chat, if the organization may, and the line has one. */
export function shareCard(world: World, chat: Chat): "shared" | "disabled" | "no-card" {
  if (!world.seed.contactSharing) return "disabled";
  if (!world.lines.first("phoneNumber", chat.line)?.contactCard) return "no-card";
  world.announce({ kind: "contact_card.shared", chat });
  return "shared";
}

/** What is known of a call; the rest is as usual. */
export interface CallFields {
  readonly direction?: "inbound" | "outbound" | undefined;
  readonly durationMs?: number | undefined;
  readonly status?: string | undefined;
  readonly type?: string | undefined;
  readonly forwardedFrom?: Identifier | null;
  readonly answeredBy?: string | undefined;
  readonly voicemail?: boolean | undefined;
  readonly recording?: { readonly url: string; readonly transcription?: string; readonly summary?: string } | undefined;
}

const USUAL_DURATION_MS = 60_000;
/** A call has one recording at most; its id is not to be taken for the call's. */
const RECORDING_IDS = 50_000;

/** A call between a line and somebody has ended, just now. */
export function endCall(world: World, { phoneNumber }: Line, other: Identifier, fields: CallFields): Call {
  const { direction = "inbound", status = "completed", voicemail = false, recording } = fields;
  const isTaken = status === "completed";
  const { durationMs = isTaken ? USUAL_DURATION_MS : 0 } = fields;
  const endedAt = world.clock.now();
  const [from, to] = direction === "inbound" ? [other, phoneNumber] : [phoneNumber, other];
  const id = world.nextCallId();
  const call: Call = {
    id,
    from,
    to,
    status,
    direction,
    startedAt: endedAt - durationMs,
    endedAt,
    type: fields.type ?? "normal",
    forwardedFrom: fields.forwardedFrom ?? null,
    answeredBy: fields.answeredBy ?? (isTaken ? to : null),
    voicemail,
    recording: recording
      ? { id: id + RECORDING_IDS, duration: durationMs / 1000, transcription: "", summary: "", ...recording }
      : null,
  };
  world.announce({ kind: "call.completed", call });
  return call;
}
