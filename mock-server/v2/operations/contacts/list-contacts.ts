import { EVERY } from "../../../world/seed";
import type { Operation } from "../../operation";
import { pageOf } from "../list-page";
import { contactView } from "./view";

/** The address book; its pages are counted in words of their own. */
export const listContacts: Operation<"listContacts"> = (world, { query }) => {
  const { start, end, meta } = pageOf(world.contacts.size, query);
  const contacts = world.contacts.slice("all", EVERY, start, end);
  const { page: current_page, per_page, total_pages, total_count } = meta;
  return {
    status: 200,
    body: {
      contacts: contacts.map((contact) => contactView(world, contact)),
      pagination: { current_page, per_page, total_pages, total_count },
    },
    details: { list: { name: "contacts", page: current_page, pages: total_pages } },
  };
};
