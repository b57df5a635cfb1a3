import { removeContact } from "../../../world/contacts";
import { refuse } from "../../errors";
import type { Operation } from "../../operation";

export const deleteContact: Operation<"deleteContact"> = (world, { path }) => {
  const contact = world.contacts.get(path.id);
  if (!contact) return refuse("contactNotFound");
  removeContact(world, contact);
  return { status: 204, body: undefined };
};
