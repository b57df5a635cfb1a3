import { parseIdentifier, parsePhoneNumber } from "../../../contracts/identifier";
import { callCompletedPayload } from "../../v2/webhooks/call-completed";
import type { Call, Recording } from "../../world/events";
import type { World } from "../../world/world";
import { type ControlCall, refusal } from "../control-call";
import type { components } from "../generated/types";
import { findLine, invalid, noIdentifier } from "./participant";

type Body = components["schemas"]["SimulatedCall"];

/** A call with a line has ended, just now. */
export const simulateCall: ControlCall<"simulateCall"> = ({ sandbox: { world } }, { body }) => {
  const line = findLine(world, body.line);
  if ("error" in line) return line;
  const other = parseIdentifier(body.with);
  if (other === undefined) return noIdentifier("/with", "with");
  if (other === line.phoneNumber) return refusal(409, "impossible", "A line cannot call itself");
  const forwardedFrom = body.forwarded_from === undefined ? null : parsePhoneNumber(body.forwarded_from);
  if (forwardedFrom === undefined) return invalid("/forwarded_from", "forwarded_from is not a valid phone number");

  const { direction = "inbound", duration_s = 60, voicemail = false } = body;
  const endedAt = world.clock.now();
  const id = world.nextCallId();
  const call: Call = {
    id,
    from: direction === "inbound" ? other : line.phoneNumber,
    to: direction === "inbound" ? line.phoneNumber : other,
    status: body.status ?? "completed",
    direction,
    startedAt: endedAt - duration_s * 1000,
    endedAt,
    type: body.call_type ?? "voice",
    forwardedFrom,
    answeredBy: body.answered_by ?? (voicemail ? "voicemail" : "human"),
    voicemail,
    recording: body.recording ? readRecording(world, body.recording, duration_s) : null,
  };
  world.announce({ kind: "call.completed", call });
  return { status: 201, body: { call: { ...callCompletedPayload(world, { call }) } } };
};

function readRecording(
  world: World,
  { url, transcription, summary }: NonNullable<Body["recording"]>,
  duration: number,
): Recording {
  return { id: world.uuids.next(), url, duration, transcription: transcription ?? "", summary: summary ?? "" };
}
