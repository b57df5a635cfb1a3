import { EVERY } from "../../../world/seed";
import type { Operation } from "../../operation";
import { pageOf } from "../page";
import { pollingHint } from "../polling-hint";
import { contactView } from "./view";

/** The address book; its pages are counted in words of their own. */
export const listContacts: Operation<"listContacts"> = (world, { query }) => {
  const { start, end, meta, assuming } = pageOf(world.contacts.size, query);
  const contacts = world.contacts.slice("all", EVERY, start, end);
  const { page: current_page, per_page, total_pages, total_count } = meta;
  return {
    status: 200,
    body: {
      contacts: contacts.map((contact) => contactView(world, contact)),
      pagination: { current_page, per_page, total_pages, total_count },
    },
    assuming: ["A-list-order", ...(contacts.length > 0 ? (["A-contact-empty"] as const) : []), ...assuming],
    hint: pollingHint(world, "contacts", { number: current_page, of: total_pages }),
  };
};
