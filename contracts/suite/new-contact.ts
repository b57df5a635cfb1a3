import type { ContactFields } from "./api";
import type { LawContext } from "./law";

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
    last_name: "Ångström-O'Peña",
    email: `${unique()}@example.com`,
    company: "Łódź Şirket",
    title: "Straßenwärterin",
    location: "東京",
    ...(isFree && { phone_number }),
  };
}
