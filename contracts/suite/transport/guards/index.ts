import type { Guard } from "./guard";
import { kindAllowed } from "./kind-allowed";
import { onlyListedChats, onlyListedPeople } from "./only-listed-people";
import { onlyOwnReceiver } from "./only-own-receiver";
import { onlyOwnThings } from "./only-own-things";
import { onlyTheSpareLine } from "./only-the-spare-line";

/** What every request must pass, in this order. */
export const guards: readonly Guard[] = [
  kindAllowed,
  onlyListedPeople,
  onlyOwnThings,
  onlyTheSpareLine,
  onlyOwnReceiver,
  onlyListedChats,
];
