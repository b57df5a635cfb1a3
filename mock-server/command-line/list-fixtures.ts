import { SEEDS } from "../../fixtures/seeds";

/** Says which worlds are shipped. */
export function listFixtures({ json = false }: { readonly json?: boolean }): void {
  const width = Math.max(...SEEDS.map(({ name }) => name.length));
  const lines = SEEDS.map(({ name, description }) => `${name.padEnd(width)}  ${description}\n`);
  const entries = SEEDS.map(({ name, description }) => ({ name, description }));
  process.stdout.write(json ? `${JSON.stringify(entries, undefined, 2)}\n` : lines.join(""));
}
