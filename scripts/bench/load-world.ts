import { readFixtures } from "../../fixtures/load/read-files";
import { createSeed } from "../../mock-server/world/seed";
import { usedMemory } from "./measuring";

/** What loading a fixture file costs a mock, in milliseconds and bytes. */
export interface Loading {
  /** Reading and checking it, as `fixtures validate` does. */
  readonly readMs: number;
  /** The same, and all else until the mock can answer. */
  readonly loadMs: number;
  readonly bytesPerMessage: number;
}

measure(String(process.argv[2]));

/** Prints it, as JSON. Needs --expose-gc. */
function measure(file: string): void {
  const before = usedMemory();
  const start = performance.now();
  const { records } = readFixtures(file, { now: Date.now() });
  const readMs = performance.now() - start;
  const seed = createSeed(records, Date.now());
  const loadMs = performance.now() - start;
  const bytesPerMessage = (usedMemory() - before) / seed.messages.records.size;
  const measured: Loading = { readMs, loadMs, bytesPerMessage };
  process.stdout.write(JSON.stringify(measured));
}
