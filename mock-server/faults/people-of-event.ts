import type { WorldEvent } from "../world/events";
import { peopleOfChat } from "./people-of-call";

/** Everybody whom an event has to do with, lines included. */
export function peopleOfEvent(event: WorldEvent): ReadonlySet<string> {
  if ("chat" in event) return new Set([...peopleOfChat(event.chat), ...("participant" in event ? [event.participant] : [])]);
  if ("contact" in event)
    return new Set([event.contact.phoneNumber, event.contact.email?.toLowerCase()].filter((one) => one != null));
  if ("call" in event) return new Set([event.call.from, event.call.to]);
  return new Set("line" in event ? [event.line.phoneNumber] : []);
}
