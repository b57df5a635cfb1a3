import type * as LoadNow from "../../fixtures/load/load-now";
import { readFixtureDocument } from "../../fixtures/load/read-document";
import { readFaults } from "../../fixtures/resolve/faults";
import type { MockOptions } from "./mock";
import { FAULTS, loadDefaultSeed, type WorldReader } from "./world-reader";

/** As importWorldReader, for `createApp`, which is synchronous. */
export function worldReader({ fixtures, faults = [] }: MockOptions): WorldReader {
  return {
    load: (options) => {
      if (fixtures === undefined) return loadDefaultSeed(options);
      if (typeof fixtures !== "string") return readFixtureDocument(fixtures, options);
      const { loadFixtures } = require("../../fixtures/load/load-now") as typeof LoadNow; // large, and import() cannot be waited for
      return loadFixtures(fixtures, options);
    },
    readFaults: (world) => readFaults(faults, FAULTS, { ...world, taken: world.faults.map(({ name }) => name) }),
  };
}
