import { displayIdentifier, parseIdentifier } from "../../identifier";
import type { Contact } from "../api";
import { Skip } from "../judging/signals";
import { participantsOf } from "../people";
import { Otherwise } from "./otherwise";
import type { Group, ProbeContext } from "./probe";

/** How a chat with one participant is called. */
export const displayNames = {
  "A-contact-match": { kind: "read", requests: 0, probe: byContact },
  "A-number-display": { kind: "read", requests: 1, probe: byItself },
} satisfies Group;

interface Named {
  readonly person: string;
  readonly name: string;
  /** By their ids. */
  readonly contacts: readonly Contact[];
}

async function byContact(context: ProbeContext): Promise<string> {
  const named = (await oneToOne(context)).filter(({ contacts }) => contacts[0]?.full_name);
  if (named.length === 0) throw new Skip("no chat with one participant who has a contact was seen");
  for (const { name, contacts } of named) {
    const [first, ...others] = contacts.map(({ full_name }) => full_name);
    if (name !== first && others.includes(name)) {
      throw new Otherwise("of several contacts a chat is named after one whose id is not the lowest");
    }
  }
  if (named.some(({ name, contacts }) => name === contacts[0]?.full_name)) {
    const several = named.some(({ contacts }) => contacts.length > 1);
    return `a contact's name names the participant${several ? "" : "; nobody with several contacts was seen"}`;
  }
  if (named.some(({ name, person }) => isWritten(name, person))) {
    throw new Otherwise("a chat is named by the number of a participant who has a contact");
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
    if (identifier && name !== displayIdentifier(identifier)) throw new Otherwise(`${what} is shown in another form`);
    return `${what} is shown as it is assumed`;
  }
  throw new Skip("no participant outside North America, or with an e-mail address, who has no contact was seen");
}

async function oneToOne({ survey, line }: ProbeContext): Promise<Named[]> {
  const known = (await survey.contacts()).items.toSorted((a, b) => a.id - b.id);
  return (await survey.chats()).items.flatMap((chat) => {
    const [person, ...others] = participantsOf(chat, line);
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
