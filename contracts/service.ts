/** In the order in which the platform falls back; a caller cannot choose. */
export const SERVICES = ["iMessage", "RCS", "SMS"] as const;

/** A channel a message can travel by. */
export type Service = (typeof SERVICES)[number];

/** The best service that everybody can receive (A-create-service). */
export function commonService(best: Iterable<Service>): Service {
  let rank = 0;
  for (const service of best) rank = Math.max(rank, SERVICES.indexOf(service));
  return SERVICES[rank] ?? "SMS";
}
