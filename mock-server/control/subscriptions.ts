import { type ApiVersions, secretOf, versionOf } from "../server/api-version";
import { isHttpUrl } from "../world/attachments";
import type { Subscription } from "../world/model";
import { activate, addSubscription, allSubscriptions, removeSubscription, subscriptionById } from "../world/subscriptions";
import type { World } from "../world/world";
import { type ControlCall, ControlRefusal, refusal } from "./control-call";
import { invalid } from "./find-by-name";
import { webhookOf } from "./receiver";
import { viewOfSubscription } from "./views";

export const listSubscriptions: ControlCall<"listSubscriptions"> = ({ sandbox: { world }, versions }) => ({
  status: 200,
  body: {
    subscriptions: allSubscriptions(world).map((one) =>
      withMadeSecret(viewOfSubscription(world, versions, one), one, versions),
    ),
  },
});

/** Nobody else would tell the secret of one that was given none. */
function withMadeSecret(view: ReturnType<typeof viewOfSubscription>, subscription: Subscription, versions: ApiVersions) {
  const made = subscription.secret === null ? secretOf(versionOf(versions, subscription), subscription) : null;
  return made === null ? view : { ...view, signing_secret: made };
}

export const createSubscription: ControlCall<"createSubscription"> = ({ sandbox: { world }, versions }, { body }) => {
  const { url, secret: given, events, version } = body;
  if (!isHttpUrl(url)) return invalid("/url", "url is not an http or https URL");
  const webhook = webhookOf(versions, { url, secret: given ?? null, version, events });
  if (webhook instanceof ControlRefusal) return webhook;
  const made = given === undefined ? versionOf(versions, webhook).newSecret?.(world.uuids.next()) : undefined;
  const subscription = addSubscription(world, made === undefined ? webhook : { ...webhook, secret: made });
  const view = viewOfSubscription(world, versions, subscription);
  return { status: 201, body: { subscription: view, ...(made !== undefined && { signing_secret: made }) } };
};

export const changeSubscription: ControlCall<"changeSubscription"> = (
  { sandbox: { world }, versions },
  { path, body: { active } },
) => {
  const known = subscriptionCalled(world, path.id);
  if (known instanceof ControlRefusal) return known;
  return { status: 200, body: { subscription: viewOfSubscription(world, versions, activate(world, known, active)) } };
};

export const deleteSubscription: ControlCall<"deleteSubscription"> = ({ sandbox: { world } }, { path: { id } }) => {
  const known = subscriptionCalled(world, id);
  if (known instanceof ControlRefusal) return known;
  if (known.origin === undefined) {
    removeSubscription(world, known);
    return { status: 204, body: undefined };
  }
  const hint = known.origin === "receiver" ? "DELETE /__mock/receiver closes it." : "Pause it, or start the mock without it.";
  return refusal(409, "impossible", `Subscription ${id} is that of the ${known.origin}`, { pointer: "/id", hint });
};

function subscriptionCalled(world: World, id: string): Subscription | ControlRefusal {
  const found = subscriptionById(world, Number(id));
  return found ?? refusal(404, "subscription_unknown", `There is no subscription ${id}`, { pointer: "/id" });
}
