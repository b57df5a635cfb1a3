import type { AssumptionId } from "../../../../contracts/generated/v2/operations";
import { type Identifier, parsePhoneNumberLoosely } from "../../../../contracts/identifiers";
import type { Contact } from "../../../world/model";
import type { World } from "../../../world/world";
import { failure, invalidNumber } from "../../errors";
import { hints } from "../../hints";
import type { Operation } from "../../operation";
import { contactView } from "./view";

/** A contact by e-mail address or number: either is enough. Not found is a 200, too. */
export const findContact: Operation<"findContact"> = (world, { query }) => {
  const writtenEmail = query.email?.trim();
  const email = writtenEmail?.toLowerCase() as Identifier | undefined; // A-email-case
  const written = query.phone_number?.trim();
  if (!email && !written) return failure(400, "email or phone_number is required", { assuming: ["A-query-missing"] });
  const number = written ? parsePhoneNumberLoosely(written) : undefined;
  if (written && !number) return invalidNumber(400, "phone_number", written);

  const found = [email, number].flatMap((identifier) => (identifier ? matching(world, identifier) : []));
  const [contact] = found.sort((a, b) => a.id - b.id);
  if (!contact)
    return { status: 200, body: { contact: null }, hint: email?.includes(" ") ? hints.plusInEmail : hints.contactNotFound };
  const several = found.some(({ id }) => id !== contact.id);
  const assuming: AssumptionId[] = ["A-contact-empty"];
  if (several) assuming.push("A-contact-find");
  if (writtenEmail !== email) assuming.push("A-email-case");
  return { status: 200, body: contactView(world, contact), assuming };
};

function matching(world: World, identifier: Identifier): Contact[] {
  return world.contacts.slice("identifier", identifier, 0, 2);
}
