import { expectSame, expectThat } from "../../expect";
import type { Law } from "../../law";
import { inWords } from "../../law-errors";
import { subscribedToTheEnd } from "../../webhook-endpoint";

const PATH = "/webhook_subscriptions";
const EVENTS = ["contact.created" as const];

export const law36: Law = {
  number: 36,
  title: "the secret of a subscription is never shown",
  broken: "the secret of a subscription is shown",
  operation: "createWebhookSubscription",
  clause: "#/components/schemas/WebhookSubscription/properties/secret_configured",
  harm: 2,
  requests: 12,
  isRepeatable: true,
  async check(context) {
    const { api, unique } = context;
    const secret = `secret-${unique()}`;
    const { endpoint, subscription: created, answer: answered } = await subscribedToTheEnd(context, { events: EVENTS, secret });
    expectHidden({ headers: answered.headers, body: answered.body }, secret, `the answer to POST ${PATH}`);
    expectSame(created.secret_configured, true, "secret_configured of a subscription with a secret");

    const contact = await api.createContact({ first_name: unique() });
    const { headers, raw } = await endpoint.delivery(
      "contact.created",
      ({ event }) => String(event?.data["id"]) === String(contact.id),
    );
    expectHidden({ headers, body: raw.toString("utf8") }, secret, "the delivery");

    const own = `${PATH}/${created.id}`;
    const fields = { webhook_url: endpoint.url, events: EVENTS, version: 2, secret };
    const requests: readonly [method: string, path: string, body?: unknown][] = [
      ["PUT", own, { webhook_subscription: fields }],
      ["PUT", own, { webhook_subscription: { ...fields, events: EVENTS[0] } }],
      ["PUT", own, fields],
      ["POST", PATH, { webhook_subscription: { ...fields, webhook_url: "none" } }],
      ["POST", PATH, { webhook_subscription: { ...fields, secret: [secret] } }],
      ["POST", PATH, fields],
      ["GET", PATH],
      ["DELETE", own],
    ];
    for (const [method, path, body] of requests) {
      const { headers: names, body: answer, text } = (await api.request(method, path, body)).response;
      expectHidden({ headers: names, body: answer ?? text }, secret, `the answer to ${method} ${path}`);
    }
  },
};

function expectHidden(answer: unknown, secret: string, what: string): void {
  const pointer = placeOf(answer, secret);
  expectThat(pointer === undefined, what, { pointer: pointer ?? "", expected: inWords`no secret`, received: secret });
}

/** Where a text stands in a value, as a JSON pointer; undefined when it stands nowhere. */
function placeOf(value: unknown, text: string): string | undefined {
  if (typeof value === "string") return value.includes(text) ? "" : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (key.includes(text)) return `/${key}`;
    const place = placeOf(inner, text);
    if (place !== undefined) return `/${key}${place}`;
  }
  return undefined;
}
