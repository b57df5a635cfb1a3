import defaultSeed from "../../fixtures/generated/default-seed.json";
import { type FixtureLoader, importLoader } from "../../fixtures/load/load";
import type { FaultRule, WorldRecords } from "../world/model";
import type { MockOptions } from "./options";

/** What reads the world of a mock, and the faults that its options name. */
export interface WorldReader {
  readonly load: FixtureLoader;
  /** The rules of the option `faults`, for the world that was loaded. @throws FixtureError naming all that is wrong */
  readonly readFaults: (world: WorldRecords, now: number) => FaultRule[];
}

/** What faults that stand in no fixture are called in messages. */
export const FAULTS = "faults";

/** Loads no more code than the options need: a start with the shipped seed does without all that checks fixtures. */
export async function importWorldReader({ fixtures, faults = [] }: MockOptions): Promise<WorldReader> {
  const load = fixtures === undefined ? loadDefaultSeed : await importLoader(fixtures);
  if (faults.length === 0) return { load, readFaults: () => [] };
  const { readFaults } = await import("../../fixtures/resolve/faults");
  return {
    load,
    readFaults: (world, now) => readFaults(faults, FAULTS, { ...world, taken: world.faults.map(({ name }) => name), now }),
  };
}

export const loadDefaultSeed: FixtureLoader = () => ({
  records: defaultSeed as unknown as WorldRecords, // checked when it was generated
  warnings: [],
});
