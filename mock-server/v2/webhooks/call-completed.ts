import type { components } from "../../../contracts/generated/v2/types";
import { formatSpacedTimestamp } from "../../../contracts/timestamp";
import type { Call } from "../../world/events";
import type { World } from "../../world/world";

/** The data of call.completed; `recording_data` is there even when there is no recording (A-call-fields). */
export function callCompletedPayload(_world: World, { call }: { call: Call }): components["schemas"]["CallEventData"] {
  const { recording } = call;
  return {
    id: String(call.id),
    to: call.to,
    from: call.from,
    status: call.status,
    direction: call.direction,
    start_time: formatSpacedTimestamp(call.startedAt),
    end_time: formatSpacedTimestamp(call.endedAt),
    duration: Math.round((call.endedAt - call.startedAt) / 1000),
    call_type: call.type,
    forwarded_from: call.forwardedFrom,
    answered_by: call.answeredBy,
    voicemail: call.voicemail,
    has_recording: recording !== null,
    recording_data: {
      id: recording?.id ?? "",
      url: recording?.url ?? "about:blank",
      duration: recording?.duration ?? 0,
      transcribed: recording !== null && recording.transcription !== "",
      transcript_available: recording !== null && recording.transcription !== "",
      transcription: recording?.transcription ?? "",
      summary: recording?.summary ?? "",
    },
  };
}
