import type { ContactFields } from "./api";
import type { LawContext } from "./law";

/** Two changes of a contact that have no field in common: what one of them wipes out, the other shows. */
export function contactChanges({ chance, unique }: LawContext): [ContactFields, ContactFields] {
  const identity = chance.shuffled<ContactFields>([
    { first_name: unique() },
    { last_name: unique() },
    { email: `${unique()}@example.com` },
  ]);
  const more = chance.shuffled<ContactFields>([{ company: unique() }, { title: unique() }, { location: unique() }]);
  return [
    { ...identity[0], ...more[0] },
    { ...identity[1], ...more[1] },
  ];
}
