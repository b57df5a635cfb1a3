import { Failure } from "../../../server/failure";
import { httpHints } from "../../../server/http-hints";
import { setContactCard } from "../../../world/contact-cards";
import type { ContactCard, Line } from "../../../world/model";
import type { World } from "../../../world/world";
import { refuse } from "../../errors";
import { lineAt } from "../../find-or-404";
import type { Operation } from "../../operation";
import { contactCardView } from "./view";

/** Sets up the card of a line, once. */
export const createContactCard: Operation<"createContactCard"> = (world, { body: { phone_number, ...fields } }) => {
  const line = lineAt(world, phone_number);
  if (line instanceof Failure) return line;
  if (line.contactCard) return refuse("2014", { hint: "PATCH /contact_card?phone_number= changes it, and DELETE removes it." });
  return change(world, line, { firstName: fields.first_name }, fields);
};

/** The cards of all lines, or of one. */
export const getContactCards: Operation<"getContactCards"> = (world, { query: { phone_number } }) => {
  const only = phone_number === undefined ? undefined : lineAt(world, phone_number);
  if (only instanceof Failure) return only;
  const lines = only ? [only] : [...world.lines.values()];
  const cards = lines.flatMap(({ phoneNumber, contactCard }) =>
    contactCard ? [contactCardView(phoneNumber, contactCard)] : [],
  );
  return only && cards.length === 0 ? noCard() : { status: 200, body: { contact_cards: cards } };
};

/** Changes the given fields of the card of a line. */
export const updateContactCard: Operation<"updateContactCard"> = (world, { query: { phone_number }, body }) => {
  const line = lineAt(world, phone_number);
  if (line instanceof Failure) return line;
  return line.contactCard ? change(world, line, line.contactCard, body) : noCard();
};

/** Removes the card of a line. Of a line that is none, only that it has no card is documented. */
export const deleteContactCard: Operation<"deleteContactCard"> = (world, { query: { phone_number } }) => {
  const line = world.lines.first("phoneNumber", phone_number);
  if (!line?.contactCard) return noCard();
  setContactCard(world, line, null);
  return { status: 204, body: undefined };
};

interface CardFields {
  readonly first_name?: string;
  readonly last_name?: string;
  readonly image_url?: string;
}

function change(world: World, line: Line, before: ContactCard, fields: CardFields) {
  const firstName = fields.first_name ?? before.firstName;
  const lastName = fields.last_name ?? before.lastName;
  const imageUrl = fields.image_url ?? before.imageUrl;
  const isSame = firstName === before.firstName && lastName === before.lastName && imageUrl === before.imageUrl;
  if (isSame && line.contactCard) return { status: 200 as const, body: contactCardView(line.phoneNumber, before) };
  const waitMs = world.cardChanges.enter(line.phoneNumber, world.clock.now());
  if (waitMs > 0)
    return refuse("1007", {
      retryAfterS: Math.ceil(waitMs / 1000),
      hint: httpHints.limitReached,
      assumption: "A-v3-card-limit",
    });
  const card = { firstName, ...(lastName !== undefined && { lastName }), ...(imageUrl !== undefined && { imageUrl }) };
  setContactCard(world, line, card);
  return { status: 200 as const, body: contactCardView(line.phoneNumber, card) };
}

function noCard() {
  return refuse("2012", { hint: "The line has no card: POST /contact_card." });
}
