import { Failure } from "../../../server/failure";
import type { Operation } from "../../operation";
import { readContact, requireIdentity } from "./read-contact";
import { contactView } from "./view";

export const createContact: Operation<"createContact"> = (world, { body }) => {
  const fields = readContact(world, body);
  if (fields instanceof Failure) return fields;
  const refusal = requireIdentity(fields);
  if (refusal) return refusal;

  const now = world.clock.now();
  const [firstUser] = world.users.values();
  const contact = world.contacts.add((id) => ({
    id,
    firstName: null,
    lastName: null,
    email: null,
    phoneNumber: null,
    company: null,
    title: null,
    location: null,
    imageUrl: null,
    ownerId: firstUser?.id ?? null,
    createdAt: now,
    updatedAt: now,
    ...fields,
  }));
  world.announce({ kind: "contact.created", contact });
  return {
    status: 201,
    body: { data: contactView(world, contact) },
  };
};
