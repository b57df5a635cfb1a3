import type { Message } from "../api";
import { Skip } from "../judging/signals";
import { mailbox } from "./correspondence";
import { deleted } from "./deleted";
import type { ProbeContext } from "./probe";

/** An event, whatever it is. */
export interface Told {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The events of the correspondence in the order of their arrival, each once, when the one of its last message is there. */
export async function told({ once }: ProbeContext): Promise<readonly Told[]> {
  const inbox = await once(mailbox);
  const { resent } = await once(deleted);
  if (resent.response.status !== 201) throw new Skip("no last message marks the end of the events");
  const last = (resent.response.body as { data: Message }).data; // another shape is told apart
  await inbox.event("message.sent", ({ id }) => id === String(last.id));
  const events = new Map(inbox.deliveries.map(({ raw, event }) => [raw.toString("utf8"), event])); // it may be delivered twice
  return [...events.values()].flatMap((event) => (event ? [{ type: event.event_type, data: event.data }] : []));
}
