import type { Identifier, Service } from "../../contracts/identifiers";
import { MAGIC_VALUES } from "./magic-values";
import type { World } from "./world";

/** The best service of magic numbers, where a fixture does not say otherwise. */
export const magicServices: ReadonlyMap<Identifier, Service> = new Map(
  MAGIC_VALUES.flatMap(({ number, service }) => (service === undefined ? [] : [[number, service] as const])),
);

/** The best service that somebody can receive: as the fixture states it, else as a magic number has it; undefined when nothing is known. */
export function bestService(world: World, identifier: Identifier): Service | undefined {
  return world.availability.get(identifier) ?? magicServices.get(identifier);
}

/** Whether a magic number alone decides which service somebody can receive. */
export function hasMagicService(world: World, identifier: Identifier): boolean {
  return magicServices.has(identifier) && !world.availability.has(identifier);
}
