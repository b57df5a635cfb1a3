import type { Contact } from "../api";
import type { ProbeContext } from "./probe";

/** A contact of this run that has a first name and nothing else. */
export function bareContact({ api, unique }: ProbeContext): Promise<Contact> {
  return api.createContact({ first_name: unique() });
}
