import { operations } from "./generated/v2/operations";

const { bodyFields } = operations.createContact;
type BodyFields = typeof bodyFields;
type ContactField = { [name in keyof BodyFields]: BodyFields[name] extends "contact" ? name : never }[keyof BodyFields];

/** What is written of a contact, as the API names it. */
export const CONTACT_FIELDS = (Object.keys(bodyFields) as (keyof BodyFields)[]).filter(
  (name): name is ContactField => bodyFields[name] === "contact",
);

interface Named {
  readonly firstName: string | null;
  readonly lastName: string | null;
}

/** First and last name, of those that are there; empty when there is neither. */
export function fullName({ firstName, lastName }: Named): string {
  const [first, last] = [firstName?.trim() ? firstName : "", lastName?.trim() ? lastName : ""];
  return first && last ? `${first} ${last}` : first || last;
}

/** A name as names are compared. */
export function asCompared(name: string): string {
  return name.trim().replace(/\s+/g, " ").toLowerCase();
}
