import { Failure } from "../../../server/failure";
import { addContact } from "../../../world/contacts";
import type { Operation } from "../../operation";
import { readContact, requireIdentity } from "./read-contact";
import { contactView } from "./view";

export const createContact: Operation<"createContact"> = (world, { body }) => {
  const fields = readContact(world, body);
  if (fields instanceof Failure) return fields;
  const refusal = requireIdentity(fields);
  if (refusal) return refusal;

  const contact = addContact(world, fields);
  return {
    status: 201,
    body: { data: contactView(world, contact) },
  };
};
