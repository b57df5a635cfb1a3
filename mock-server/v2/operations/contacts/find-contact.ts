import { type Identifier, parseEmail, parsePhoneNumberLoosely } from "../../../../contracts/identifiers";
import type { Contact } from "../../../world/model";
import type { World } from "../../../world/world";
import { refuse } from "../../errors";
import type { Operation } from "../../operation";
import { contactView } from "./view";

/** A contact by e-mail address or number: either is enough. Not found is a 200, too. */
export const findContact: Operation<"findContact"> = (world, { query }) => {
  const address = query.email?.trim();
  const written = query.phone_number?.trim();
  if (!address && !written) return refuse("nothingToFindBy");
  const email = address ? parseEmail(address) : undefined;
  if (address && !email) return refuse("emailInvalidInQuery", { given: address });
  const number = written ? parsePhoneNumberLoosely(written) : undefined;
  if (written && !number) return refuse("contactNumberInvalidInQuery", { given: written });

  const found = [email, number].flatMap((identifier) => (identifier ? matching(world, identifier) : []));
  const [contact] = found.sort((a, b) => a.id - b.id);
  if (!contact) return { status: 200, body: { contact: null } };
  const matchCount = new Set(found.map(({ id }) => id)).size;
  return { status: 200, body: contactView(world, contact), details: { matchCount } };
};

function matching(world: World, identifier: Identifier): Contact[] {
  return world.contacts.slice("identifier", identifier, 0, 2);
}
