import type { ApiContact } from "../../api-types";
import { CONTACT_FIELDS } from "../../contacts";
import { displayIdentifier, parseIdentifier } from "../../identifiers";
import { othersIn } from "../api";
import { Skip } from "../law-errors";
import {
  type Confirmation,
  Contradiction,
  type Group,
  type ProbeContext,
  requireBody,
  requireData,
  statusProbe,
} from "./probe";

/** What contacts hold, how they are found, and how a chat with one participant is called. */
export const contactTests = {
  "A-contact-empty": [
    { kind: "read", requests: 0, probe: unsetIsNull },
    { kind: "write", requests: 1, probe: newIsOwned },
  ],
  "A-contact-find": { kind: "read", requests: 2, probe: lowestId },
  "A-email-case": { kind: "read", requests: 1, probe: inCapitals },
  "A-contact-status": statusProbe("write", 422, {
    "creating a contact that is a word": ({ unique }) => ["POST", "/contacts", { contact: unique() }],
    "creating a contact whose name is a list": ({ unique }) => ["POST", "/contacts", { contact: { first_name: [unique()] } }],
  }),
  "A-update-invalid": statusProbe("write", 422, {
    "giving a contact to nobody": async ({ once, unique }) => [
      "PATCH",
      `/contacts/${(await once(bareContact)).id}`,
      { contact: { company: unique() }, user_email: `${unique()}@example.com` },
    ],
  }),
  "A-contact-values": [
    statusProbe("write", 422, {
      "creating a contact whose e-mail address is a word": ({ unique }) => [
        "POST",
        "/contacts",
        { contact: { first_name: unique(), email: "nowhere" } },
      ],
      "taking a contact its only name": async ({ once }) => [
        "PATCH",
        `/contacts/${(await once(bareContact)).id}`,
        { contact: { first_name: "" } },
      ],
    }),
    { kind: "write", requests: 1, probe: blankAndPunctuated },
  ],
  "A-update-owner": { kind: "write", requests: 1, probe: sameOwner },
  "A-contact-match": { kind: "read", requests: 0, probe: namedByContact },
  "A-number-display": { kind: "read", requests: 1, probe: byItself },
} satisfies Group;

async function unsetIsNull({ sample }: ProbeContext): Promise<string> {
  const values = (await sample.contacts()).items.flatMap((contact) => CONTACT_FIELDS.map((field) => contact[field]));
  const [hasNull, hasEmpty] = [values.includes(null), values.includes("")];
  if (hasNull && hasEmpty) throw new Skip("some fields of contacts are null and some are empty strings");
  if (hasEmpty) throw new Contradiction("the unset fields of contacts are empty strings");
  if (!hasNull) throw new Skip("no contact with an unset field was seen");
  return "the unset fields of contacts are null";
}

async function newIsOwned({ once }: ProbeContext): Promise<Confirmation> {
  const contact = await once(bareContact);
  for (const field of CONTACT_FIELDS.slice(1)) {
    if (contact[field] === "") throw new Contradiction("the unset fields of a new contact are empty strings");
    if (contact[field] !== null) throw new Skip(`a new contact has another ${field} than text or null`);
  }
  if (contact.contact_owner === null) throw new Contradiction("a new contact has no owner");
  return {
    inPart: "the unset fields of a new contact are null, and it has an owner; whether that is the first admin is not shown",
  };
}

/** Each of two contacts is asked for by its number while the other is by its e-mail address. */
async function lowestId({ api, sample }: ProbeContext): Promise<string> {
  const known = (await sample.contacts()).items;
  const isKnownBy = (key: "email" | "phone_number") => (contact: ApiContact) =>
    contact[key] !== null && known.filter((other) => other[key] === contact[key]).length === 1;
  const [one, other] = known.filter((contact) => isKnownBy("email")(contact) && isKnownBy("phone_number")(contact));
  if (!one || !other) throw new Skip("no two contacts with an e-mail address and a number were seen");
  const lowest = Math.min(one.id, other.id);
  for (const [{ email }, { phone_number }] of [[one, other] as const, [other, one] as const]) {
    const found = await api.findContact({ email: email ?? "", phone_number: phone_number ?? "" });
    if (!found) throw new Skip("find did not find a contact that is listed");
    if (found.id > lowest) throw new Contradiction("find returns one of several contacts whose id is not the lowest");
  }
  return "of several contacts find returns the one with the lowest id";
}

async function inCapitals({ api, sample }: ProbeContext): Promise<string> {
  const { email } = await sample.contact();
  const capitals = email.toUpperCase();
  if (capitals === email) throw new Skip("no contact with an e-mail address in small letters was seen");
  const subject = "an e-mail address in capitals";
  const exchange = await api.request("GET", `/contacts/find?email=${encodeURIComponent(capitals)}`);
  const found = requireBody<ApiContact | { contact: null }>(exchange, 200, subject);
  if ("contact" in found) throw new Contradiction(`${subject} is not found`);
  if (found.email?.toLowerCase() !== email.toLowerCase()) throw new Skip(`${subject} leads to another contact`);
  return `${subject} is found`;
}

async function blankAndPunctuated({ api, line, once }: ProbeContext): Promise<string> {
  const subject = "a blank field and a number with punctuation";
  const punctuated = line.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "($1) $2-$3");
  const contact = { company: "", phone_number: punctuated };
  const exchange = await api.request("PATCH", `/contacts/${(await once(bareContact)).id}`, { contact });
  const { company, phone_number } = requireData<ApiContact>(exchange, 200, subject);

  if (company === "") throw new Contradiction("a blank field of a contact stays an empty string");
  if (phone_number !== line) throw new Contradiction("the number of a contact is not shown in E.164 form");
  return `${subject} are accepted, as null and in E.164 form`;
}

async function sameOwner({ api, once, unique }: ProbeContext): Promise<Confirmation> {
  const { id, contact_owner: before } = await once(bareContact);
  const subject = "an update without user_email";
  const exchange = await api.request("PATCH", `/contacts/${id}`, { contact: { first_name: unique() } });
  const { contact_owner: after } = requireData<ApiContact>(exchange, 200, subject);
  if (before === null) throw new Skip("a new contact has no owner");
  if (after?.id !== before.id) throw new Contradiction(`${subject} changes the owner`);
  return { inPart: `${subject} keeps the owner; whether it would keep one who is not the first admin is not shown` };
}

/** A contact of this run that has a first name and nothing else. */
function bareContact({ api, unique }: ProbeContext): Promise<ApiContact> {
  return api.createContact({ first_name: unique() });
}

async function namedByContact(context: ProbeContext): Promise<Confirmation> {
  const named = (await oneToOne(context)).filter(({ contacts }) => contacts[0]?.full_name);
  if (named.length === 0) throw new Skip("no chat with one participant who has a contact was seen");
  for (const { name, contacts } of named) {
    const [first, ...others] = contacts.map(({ full_name }) => full_name);
    if (name !== first && others.includes(name)) {
      throw new Contradiction("of several contacts a chat is named after one whose id is not the lowest");
    }
  }
  if (named.some(({ name, contacts }) => name === contacts[0]?.full_name)) {
    const several = named.some(({ contacts }) => contacts.length > 1);
    const said = "a contact's name names the participant";
    return several ? said : { inPart: `${said}; nobody with several contacts was seen` };
  }
  if (named.some(({ name, person }) => isWritten(name, person))) {
    throw new Contradiction("a chat is named by the number of a participant who has a contact");
  }
  throw new Skip("the chats that were seen have names of their own");
}

async function byItself(context: ProbeContext): Promise<string> {
  const strangers = (await oneToOne(context)).filter(({ person, name, contacts }) => {
    return !person.startsWith("+1") && contacts.length === 0 && isWritten(name, person);
  });
  for (const { person, name } of strangers.slice(0, 1)) {
    const isAddress = person.includes("@");
    const key = isAddress ? "email" : "phone_number";
    if (await context.api.findContact({ [key]: person })) break;
    const identifier = parseIdentifier(person);
    const what = isAddress ? "an e-mail address" : "a number outside North America";
    if (identifier && name !== displayIdentifier(identifier)) throw new Contradiction(`${what} is shown in another form`);
    return `${what} is shown as it is assumed`;
  }
  throw new Skip("no participant outside North America, or with an e-mail address, who has no contact was seen");
}

/** Who is alone with the line in a chat, what the chat is called, and their contacts by id. */
async function oneToOne({ sample, line }: ProbeContext) {
  const known = (await sample.contacts()).items.toSorted((a, b) => a.id - b.id);
  return (await sample.chats()).items.flatMap((chat) => {
    const [person, ...others] = othersIn(chat, line);
    if (person === undefined || others.length > 0) return [];
    const contacts = known.filter(({ email, phone_number }) => phone_number === person || email?.toLowerCase() === person);
    return [{ person, name: chat.display_name, contacts }];
  });
}

/** Whether a name is a number or an address, in whatever form. */
function isWritten(name: string, person: string): boolean {
  if (person.includes("@")) return name.toLowerCase() === person.toLowerCase();
  return !/[a-z]/i.test(name) && person.endsWith(name.replaceAll(/\D/g, "")) && /\d/.test(name);
}
