import type { ContactFields } from "./api";
import type { LawContext } from "./law";
import { MADE_UP_CONTACT } from "./made-up-contact";

/**
 * What a contact can be created with that nobody has: every field, with letters of several alphabets. Its number is that of one of the
 * people, if they have one and are in no contact.
 */
export async function newContact({ api, chance, people, unique }: LawContext): Promise<ContactFields> {
  const numbers = people.filter((person) => person.startsWith("+"));
  const phone_number = numbers.length > 0 ? chance.of(numbers) : undefined;
  const isFree = phone_number !== undefined && (await api.findContact({ phone_number })) === null;
  return {
    first_name: unique(),
    email: `${unique()}@example.com`,
    ...MADE_UP_CONTACT,
    ...(isFree && { phone_number }),
  };
}
