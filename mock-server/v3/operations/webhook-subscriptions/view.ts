import { API_PREFIX_V3 } from "../../../../contracts/client/url-and-token";
import type { WebhookEvent } from "../../../../contracts/generated/v3/operations";
import type { components } from "../../../../contracts/generated/v3/types";
import type { Identifier } from "../../../../contracts/identifiers";
import { isPrivateHost, undeliverable } from "../../../webhooks/receiver-policy";
import { lineNumbers, linesShown } from "../../../world/lines";
import type { Subscription } from "../../../world/model";
import { subscriptionsOf } from "../../../world/subscriptions";
import type { World } from "../../../world/world";
import { refuse } from "../../errors";
import type { ReplyDetails } from "../../operation";
import { timeView } from "../../timestamps";

type Schemas = components["schemas"];

/** A subscription as the API shows it: without its secret. */
export function webhookSubscriptionView({ publicIds }: World, subscription: Subscription): Schemas["WebhookSubscription"] {
  const { id, url, events, active, lines, routing, createdAt, updatedAt } = subscription;
  return {
    id: publicIds.uuidOf("subscription", id),
    created_at: timeView(createdAt),
    is_active: active,
    subscribed_events: events as WebhookEvent[],
    target_url: url,
    updated_at: timeView(updatedAt),
    phone_numbers: lines ? [...lines] : null,
    routing_id_header: routing?.id ?? null,
    routing_key_header: routing?.key ?? null,
  };
}

/** The subscription that a UUID stands for, or its 404. One of another version of the API is none. */
export function subscriptionAt(world: World, uuid: string) {
  const id = world.publicIds.idOf("subscription", uuid);
  return subscriptionsOf(world, "v3").find((subscription) => subscription.id === id) ?? refuse("2010");
}

type Fields = Pick<Subscription, "url" | "events" | "active" | "lines" | "routing">;

/** What a body sets; what it does not say is left out. */
export function fieldsOf(body: Schemas["WebhookSubscriptionUpdateRequest"], before?: Subscription): Partial<Fields> {
  const { target_url: url, subscribed_events: events, is_active: active, phone_numbers: numbers } = body;
  const { routing_id_header: id = before?.routing?.id ?? null, routing_key_header: key = before?.routing?.key ?? null } = body;
  return {
    ...(url !== undefined && { url }),
    ...(events !== undefined && { events: [...new Set(events)] }),
    ...(active !== undefined && { active }),
    ...(numbers !== undefined && { lines: numbers?.length ? ([...new Set(numbers)] as Identifier[]) : undefined }),
    routing: id === null && key === null ? undefined : { id, key },
  };
}

/** Why nobody may subscribe with a URL, be it that another subscription has it. */
export function targetRefusal(world: World, url: string, own?: Subscription) {
  const { hostname } = new URL(url);
  if (isPrivateHost(hostname, world.settings.webhookHosts)) {
    const hint = `The vendor refuses private addresses; --allow-webhook-host ${hostname} has the mock take this one.`;
    return refuse("1005", { hint, assumption: "A-v3-target-http" });
  }
  const twin = subscriptionsOf(world, "v3").find((other) => other.url === url && other.id !== own?.id);
  if (!twin) return undefined;
  const uuid = world.publicIds.uuidOf("subscription", twin.id);
  return refuse("2015", {
    assumption: "A-v3-dup-target",
    hint: `Subscription ${uuid} has this target_url. Delete it first (DELETE ${API_PREFIX_V3}/webhook-subscriptions/${uuid}, or reset the world: POST /__mock/reset); a URL that differs in its query, such as ?line=1, is another.`,
  });
}

/** What is worth saying of a subscription that was made or changed, and what rests on assumptions there. */
export function detailsOf({ url, lines = [] }: Subscription, world: World): ReplyDetails {
  const unknown = lines.filter((line) => world.lines.count("phoneNumber", line) === 0);
  const isHttps = url.toLowerCase().startsWith("https:");
  const nothing = undeliverable(url, world.settings);
  return {
    hints: [
      ...(nothing === undefined ? [] : [nothing]),
      ...(isHttps ? [] : ["This is taken here; the real API takes target_url with https alone."]),
      ...(unknown.length > 0
        ? [`phone_numbers has ${unknown.join(", ")}, which is none of your lines: ${linesShown(lineNumbers(world))}.`]
        : []),
    ],
    assumptions: [...(isHttps ? [] : ["A-v3-target-http"]), ...(unknown.length > 0 ? ["A-v3-line-filter"] : [])],
  };
}
