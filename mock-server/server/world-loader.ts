import defaultSeed from "../../fixtures/generated/default-seed.json";
import { type FixtureLoader, withLoader } from "../../fixtures/load/load";
import type { FaultRule, WorldRecords } from "../world/model";
import type { MockOptions } from "./options";

/** What reads the world of a mock, and the faults that its options name. */
export interface WorldLoader {
  readonly load: FixtureLoader;
  /** The rules of the option `faults`, for the world that was loaded. @throws FixtureError naming all that is wrong */
  readonly readFaults: (world: WorldRecords, now: number) => FaultRule[];
}

/** What faults that stand in no fixture are called in messages. */
export const FAULTS = "faults";

/** Does something with the reader that options need, and loads no more code for it: the shipped seed does without all that checks fixtures. */
export async function withWorldLoader<T>({ fixtures, faults = [] }: MockOptions, use: (reader: WorldLoader) => T): Promise<T> {
  const readFaults = await importFaultReader(faults);
  if (fixtures === undefined) return use({ load: loadDefaultSeed, readFaults });
  return withLoader(fixtures, (load) => use({ load, readFaults }));
}

async function importFaultReader(faults: NonNullable<MockOptions["faults"]>): Promise<WorldLoader["readFaults"]> {
  if (faults.length === 0) return () => [];
  const { readFaults } = await import("../../fixtures/resolve/faults");
  return (world, now) => readFaults(faults, FAULTS, { ...world, taken: world.faults.map(({ name }) => name), now });
}

export const loadDefaultSeed: FixtureLoader = () => ({
  records: defaultSeed as unknown as WorldRecords, // checked when it was generated
  warnings: [],
});
