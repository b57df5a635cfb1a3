import type { Subscription } from "../world/model";
import { refuse } from "./errors";

export const USUAL_ROUTING_HEADER = "Linq-Chat-Id";

type Routing = NonNullable<Subscription["routing"]>;

/** What a delivery says in headers of its own, or what carries it. */
const RESERVED: ReadonlySet<string> = new Set([
  ...["content-type", "content-length", "content-encoding", "user-agent", "host", "connection", "keep-alive"],
  ...["transfer-encoding", "te", "trailer", "upgrade", "expect", "proxy-connection"],
  ...["webhook-id", "webhook-timestamp", "webhook-signature", "x-webhook-signature"],
  ...["x-webhook-event", "x-webhook-subscription-id", "x-webhook-timestamp"],
]);

/** Why a subscription has no such headers: they are the same, or one is not to be had (A-v3-routing-names). */
export function routingRefusal(routing: Routing | undefined) {
  const { id, key } = routing ?? { id: null, key: null };
  if ((id ?? USUAL_ROUTING_HEADER).toLowerCase() !== key?.toLowerCase()) return reservedHeader({ id, key });
  return refusal(`routing_id_header and routing_key_header are both ${key}.`);
}

/** Why one of these names is none of a header that is free. */
export function reservedHeader({ id, key }: Routing) {
  for (const [field, name] of [
    ["routing_id_header", id],
    ["routing_key_header", key],
  ]) {
    if (name != null && RESERVED.has(name.toLowerCase()))
      return refusal(`${field} is ${name}, which a delivery has for itself.`);
  }
  return undefined;
}

function refusal(hint: string) {
  return refuse("1005", { hint, assumption: "A-v3-routing-names" });
}
