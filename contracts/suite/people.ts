import fc from "fast-check";
import type { Chat, ContactFields } from "./api";

const number = fc.integer({ min: 1000, max: 8999 }).map((n) => `+1907555${n}`);
const word = fc.string({ unit: fc.constantFrom(..."abcXYZ0'éßñ漢🙂"), minLength: 1, maxLength: 12 });

/** One to five participants whom nobody knows. */
export const strangers = fc.uniqueArray(number, { minLength: 1, maxLength: 5 });

const IDENTITY = ["first_name", "last_name", "email", "phone_number"] as const;

/** What a contact can be created with: any of the fields, one at least that says who it is. */
export const contactFields: fc.Arbitrary<ContactFields> = fc
  .record(
    {
      first_name: word,
      last_name: word,
      email: fc.nat().map((n) => `suite-${n}@example.com`),
      phone_number: number,
      company: word,
      title: word,
      location: word,
    },
    { requiredKeys: [] },
  )
  .filter((fields) => IDENTITY.some((name) => name in fields));

/** Who is in a chat besides the line. */
export function participantsOf(chat: Pick<Chat, "chat_handles">, line: string): string[] {
  return chat.chat_handles.map((handle) => handle.phone_number).filter((identifier) => identifier !== line);
}

/** A US number without its country code. */
export function tenDigits(phoneNumber: string): string {
  return phoneNumber.replace(/^\+1(\d{10})$/, "$1");
}
