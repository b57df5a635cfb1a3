import { readFileSync } from "node:fs";

/**
 * Fails the running test when it looks at what rests on an assumption that its file does not name, be it in the title of a test or in a
 * comment. What is done without a look at the answer is set-up, and needs no names.
 */
export function requireNamed(what: string, ids: readonly string[]): void {
  const unnamed = ids.filter((id) => !namedHere().has(id));
  if (unnamed.length > 0) throw new Error(`${what} rests on ${unnamed.join(", ")}; name it in this file`);
}

/** What an event rests on beyond the documented. */
// biome-ignore lint/suspicious/noExplicitAny: whatever a test's receiver was sent
export function assumptionsOfEvent({ api_version, event_type: type, data }: any): string[] {
  if (api_version === "v3") {
    return [
      ...["A-v3-timestamps", "A-v3-webhook-key-order"],
      ...(type === "chat.created" ? ["A-v3-display-name", "A-v3-event-order", "A-v3-handles-order"] : []),
      ...(String(type).startsWith("call.") ? ["A-v3-event-unknown"] : []),
    ];
  }
  return [
    ...(String(type).startsWith("participant.") ? ["A-event-participant", "A-event-times"] : []),
    ...(data?.replied_to_chat_message_id === undefined ? [] : ["A-replied-to"]),
    ...(type === "call.completed" && !data.recording_data?.transcribed ? ["A-call-fields"] : []),
  ];
}

let named: ReadonlySet<string> | undefined;

/** A test file has modules of its own, so this is read once for each. */
function namedHere(): ReadonlySet<string> {
  named ??= new Set(readFileSync(expect.getState().testPath ?? "", "utf8").match(/\bA-[a-z0-9-]+/g));
  return named;
}
