import { refuse } from "../../errors";
import type { Operation } from "../../operation";
import { contactView } from "./view";

export const getContact: Operation<"getContact"> = (world, { path }) => {
  const contact = world.contacts.get(path.id);
  return contact ? { status: 200, body: { data: contactView(world, contact) } } : refuse("contactNotFound");
};
