/** What is written of a contact, as the API names it. */
export const CONTACT_FIELDS = ["first_name", "last_name", "email", "phone_number", "company", "title", "location"] as const;

interface Named {
  readonly firstName: string | null;
  readonly lastName: string | null;
}

/** First and last name, of those that are there; empty when there is neither. */
export function fullName({ firstName, lastName }: Named): string {
  const [first, last] = [firstName?.trim() ? firstName : "", lastName?.trim() ? lastName : ""];
  return first && last ? `${first} ${last}` : first || last;
}
