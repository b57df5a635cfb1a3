import type { Identifier } from "../../contracts/identifier";
import type { World } from "./world";

/** The organization's own numbers, by ascending id. */
export function* lineNumbers(world: World): Generator<Identifier> {
  for (const { phoneNumber } of world.lines.values()) yield phoneNumber;
}
