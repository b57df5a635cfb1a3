import type { Identifier } from "../../../../contracts/identifiers";
import { hasMagicService } from "../../../world/availability";
import { MAGIC_VALUES } from "../../../world/magic-values";
import type { World } from "../../../world/world";
import { hints } from "../../hints";

/** Names the magic number among some that decides which service they can receive. */
export function magicServiceHint(world: World, identifiers: readonly Identifier[]): string | undefined {
  const number = identifiers.find((identifier) => hasMagicService(world, identifier));
  const happens = number === undefined ? undefined : MAGIC_VALUES.find((row) => row.number === number)?.happens;
  return number === undefined || happens === undefined ? undefined : hints.magicValue(number, happens);
}
