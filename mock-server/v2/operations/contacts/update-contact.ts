import { Failure } from "../../../server/failure";
import { changeContact } from "../../../world/contacts";
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
  const refusal = requireIdentity({ ...contact, ...fields });
  if (refusal) return refusal;

  return {
    status: 200,
    body: { data: contactView(world, changeContact(world, contact, fields)) },
  };
};
