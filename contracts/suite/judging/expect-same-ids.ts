import { Broken } from "./signals";

interface Entry {
  readonly id: number;
}

/** Compares lists in whatever order. @throws Broken when one has an entry that the other has not, or has it more often */
export function expectSameIds(received: readonly Entry[], expected: readonly Entry[], what: string): void {
  const wanted = new Set(idsOf(expected));
  const missing = new Set(wanted);
  for (const id of idsOf(received)) {
    if (missing.delete(id)) continue;
    throw new Broken({
      what,
      pointer: "",
      expected: wanted.has(id) ? `entry ${id} once` : `no entry ${id}`,
      received: `entry ${id}`,
    });
  }
  const [id] = missing;
  if (id !== undefined)
    throw new Broken({ what, pointer: "", expected: `entry ${id} among others`, received: idsOf(received) });
}

function idsOf(entries: readonly Entry[]): number[] {
  return entries.map(({ id }) => id);
}
