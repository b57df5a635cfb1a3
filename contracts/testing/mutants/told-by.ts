import type { Finding } from "./finding";

/** The check that tells of a fault as it should; else everything that was said instead. */
export function toldBy({ fault, isNamed, failed, undecided }: Finding): string {
  if (fault && isNamed) return fault.caughtBy;
  const said = [...failed, ...undecided].map(({ id, verdict, reason }) => `${id}: ${verdict}: ${reason}`);
  return said.length === 0 ? "nothing" : said.join("\n");
}
