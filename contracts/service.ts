/** A channel a message can travel by. */
export type Service = "iMessage" | "RCS" | "SMS";

/** The order in which the platform falls back; a caller cannot choose. */
const FALLBACK_ORDER: readonly Service[] = ["iMessage", "RCS", "SMS"];

/** The best service that everybody can receive (A-create-service). */
export function commonService(best: Iterable<Service>): Service {
  let rank = 0;
  for (const service of best) rank = Math.max(rank, FALLBACK_ORDER.indexOf(service));
  return FALLBACK_ORDER[rank] ?? "SMS";
}
