import { Skip } from "./judging/signals";

/** Few, because each of them gets each message. */
const MOST = 3;

/** Whom to write to: a group, when there are several people to choose from. @throws Skip when there is nobody */
export function correspondents(people: readonly string[]): string[] {
  if (people.length === 0) throw new Skip("there is nobody to write to; name somebody with --recipient");
  return people.slice(0, MOST);
}
