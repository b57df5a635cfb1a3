import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { loadNow } from "../../fixtures/load/load-now";
import { documentParts } from "../../fixtures/write/format-document";
import { toFixtureDocument } from "../../fixtures/write/to-document";
import { writeDocument } from "../../mock-server/command-line/write-document";
import type { WorldRecords } from "../../mock-server/world/model";

/** Milliseconds of each step. */
export interface RoundTrip {
  readonly exportMs: number;
  readonly loadMs: number;
  readonly exportAgainMs: number;
}

void measure("large", String(process.argv[2]));

/** Exports a world, loads that and exports it again; prints the times, as JSON. */
async function measure(world: string, folder: string): Promise<void> {
  const [first, second] = [join(folder, "export.json"), join(folder, "export-again.json")];
  const exportMs = await exportAs(first, load(world).records);
  const loaded = load(first);
  const exportAgainMs = await exportAs(second, loaded.records);
  if ((await hashOf(first)) !== (await hashOf(second))) throw new Error(`${world} is not the same after a round trip`);
  const measured: RoundTrip = { exportMs, loadMs: loaded.ms, exportAgainMs };
  process.stdout.write(JSON.stringify(measured));
}

function load(nameOrPath: string): { records: WorldRecords; ms: number } {
  const start = performance.now();
  const { records } = loadNow(nameOrPath, { now: Date.now() });
  return { records, ms: performance.now() - start };
}

async function exportAs(file: string, records: WorldRecords): Promise<number> {
  const start = performance.now();
  await writeDocument(documentParts(toFixtureDocument(records)), file);
  return performance.now() - start;
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
