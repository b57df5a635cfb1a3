import type { ApiSubscription } from "../../api-types";
import { Contradiction, type Group, type ProbeContext, requireBody, statusProbe } from "./probe";

const PATH = "/webhook_subscriptions";
const EVENTS = ["contact.created" as const];

/** What is asked of subscriptions. */
export const webhookTests = {
  "A-event-own-handle": { kind: "laws", laws: [54], inSteps: true },
  "A-event-unsigned": { kind: "laws", laws: [37], inSteps: true },
  "A-webhook-events": statusProbe("write", 201, {
    "a subscription to no events": async ({ receiver, unique }) => [
      "POST",
      PATH,
      { webhook_subscription: { webhook_url: (await receiver()).endpoint(unique()).url, events: [], version: 2 } },
    ],
  }),
  "A-patch": { kind: "write", requests: 2, probe: patched },
  "A-webhook-update": { kind: "write", requests: 3, probe: partialUpdates },
  "A-webhook-paused": { kind: "write", requests: 4, probe: pause },
} satisfies Group;

/** A subscription that is not active. */
async function pausedSubscription({ api, receiver, unique }: ProbeContext) {
  const endpoint = (await receiver()).endpoint(unique());
  const fields = { webhook_url: endpoint.url, events: EVENTS, version: 2 } as const;
  const { id } = (await api.subscribe({ ...fields, active: false })).subscription;
  return { endpoint, fields, id };
}

async function patched({ api, once }: ProbeContext): Promise<string> {
  const { fields, id } = await once(pausedSubscription);
  const subject = "a PATCH of a subscription";
  const exchange = await api.request("PATCH", `${PATH}/${id}`, { webhook_subscription: { ...fields, active: false } });
  requireBody(exchange, 200, subject);
  return `${subject} is taken as a PUT`;
}

async function partialUpdates({ api, receiver, unique }: ProbeContext): Promise<string> {
  const required = { webhook_url: (await receiver()).endpoint(unique()).url, events: EVENTS, version: 2 } as const;
  const { id } = (await api.subscribe({ ...required, secret: unique(), active: false })).subscription;
  const update = async (fields: object, subject: string): Promise<ApiSubscription> => {
    const exchange = await api.request("PUT", `${PATH}/${id}`, { webhook_subscription: { ...required, ...fields } });
    return requireBody<{ webhook_subscription: ApiSubscription }>(exchange, 200, subject).webhook_subscription;
  };
  const kept = await update({}, "an update without a secret");
  if (kept.secret_configured === false) throw new Contradiction("an update without a secret removes it");
  if (kept.active === true) throw new Contradiction("an update that does not say active makes a subscription active");
  const cleared = await update({ secret: "" }, "an update with an empty secret");
  if (cleared.secret_configured === true) throw new Contradiction("an update with an empty secret keeps the secret");
  return "an update keeps the secret and active when they are not given, and an empty secret clears it";
}

async function pause({ api, once, unique }: ProbeContext): Promise<string> {
  const { endpoint, fields, id } = await once(pausedSubscription);
  const missed = await api.createContact({ first_name: unique() });
  await api.call(200, "PUT", `${PATH}/${id}`, { webhook_subscription: { ...fields, active: true } });
  const delivered = await api.createContact({ first_name: unique() });
  await endpoint.event("contact.created", (data) => data["id"] === delivered.id);
  if (endpoint.deliveries.some(({ event }) => event?.data["id"] === missed.id)) {
    throw new Contradiction("what happens while a subscription is inactive is delivered all the same");
  }
  return "what happens while a subscription is inactive is not delivered once it is active again";
}
