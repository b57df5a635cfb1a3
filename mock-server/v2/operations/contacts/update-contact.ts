import { Failure } from "../../../server/failure";
import { refuse } from "../../errors";
import type { Operation } from "../../operation";
import { readContact, requireIdentity } from "./read-contact";
import { contactView } from "./view";

/** Changes the given fields and keeps the rest; PUT and PATCH are the same. */
export const updateContact: Operation<"updateContact"> & Operation<"patchContact"> = (world, { path, body }) => {
  const contact = world.contacts.get(path.id);
  if (!contact) return refuse("contactNotFound");
  const fields = readContact(world, body);
  if (fields instanceof Failure) return fields;
  const changed = { ...contact, ...fields, updatedAt: world.clock.now() };
  const refusal = requireIdentity(changed);
  if (refusal) return refusal;

  world.contacts.replace(changed);
  world.announce({ kind: "contact.updated", contact: changed });
  return {
    status: 200,
    body: { data: contactView(world, changed) },
  };
};
