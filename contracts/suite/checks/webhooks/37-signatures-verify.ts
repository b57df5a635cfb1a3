import { createHmac } from "node:crypto";
import { expectSame } from "../../expect";
import type { Law } from "../../law";
import { assuming, Broken, inWords } from "../../law-errors";
import type { ReceivedDelivery } from "../../receiver";
import { type Endpoint, subscribed } from "../../webhook-endpoint";

const HEADER = "x-webhook-signature";
const events = ["contact.created" as const];
/** In the bytes that are signed, whatever can be written in several ways. */
const AMBIGUOUS = 'é漢🙂 <&> "/\\';

export const law37: Law = {
  number: 37,
  title: "a delivery is signed with the secret of its subscription, over the bytes of its body",
  broken: "the signature of a delivery is not that of its body",
  operation: "createWebhookSubscription",
  clause: "#/components/parameters/WebhookSignature",
  stepAssumptions: ["A-event-unsigned"],
  isAboutDeliveries: true,
  requests: 9,
  isRepeatable: true,
  async check(context) {
    const { api, unique } = context;
    const [one, another] = [`secret-${unique()}`, `secret-${unique()}`];
    const changed = `secret-${unique()}`;
    await subscribed(context, { events, secret: one }, (first, { id: firstId }) =>
      subscribed(context, { events, secret: another }, (second) =>
        subscribed(context, { events }, async (open) => {
          const { id } = await api.createContact({ first_name: unique(), last_name: AMBIGUOUS });
          expectSigned(await delivered(first, id), one);
          expectSigned(await delivered(second, id), another);

          const fields = { webhook_url: first.url, version: 2, events, secret: changed };
          await api.call(200, "PUT", `/webhook_subscriptions/${firstId}`, { webhook_subscription: fields });
          const later = await api.createContact({ first_name: unique() });
          const delivery = await delivered(first, later.id);
          const isOld = delivery.headers[HEADER] === signatureOf(delivery.raw, one);
          expectSigned(delivery, changed, isOld ? "a secret that was changed is not signed with" : undefined);

          const { headers } = await delivered(open, id);
          const what = "the signature where there is no secret";
          assuming(["A-event-unsigned"], () => expectSame(headers[HEADER] ?? null, null, what));
        }),
      ),
    );
  },
};

function delivered(endpoint: Endpoint, contact: number): Promise<ReceivedDelivery> {
  return endpoint.delivery("contact.created", ({ event }) => String(event?.data["id"]) === String(contact));
}

function expectSigned({ headers, raw }: ReceivedDelivery, secret: string, reason?: string): void {
  const mac = macOf(raw, secret);
  const what = "the signature of a delivery";
  const [received, expected] = [headers[HEADER] ?? null, signatureOf(raw, secret)];
  const other = writtenOtherwise(mac).find(([, written]) => written === received)?.[0];
  if (other !== undefined) {
    const sides = { expected: inWords`sha256= and the HMAC in hex`, received: inWords`the right HMAC, but ${other}` };
    throw new Broken({ what, pointer: "", ...sides }, { reason: `the signature of a delivery is right, but ${other}` });
  }
  expectSame(received, expected, what, reason);
}

function signatureOf(raw: Buffer, secret: string): string {
  return `sha256=${macOf(raw, secret).toString("hex")}`;
}

function macOf(raw: Buffer, secret: string): Buffer {
  return createHmac("sha256", secret).update(raw).digest();
}

/** The same signature in forms that whoever verifies it does not take for one. */
function writtenOtherwise(mac: Buffer): readonly (readonly [how: string, written: string])[] {
  const [hex, base64] = [mac.toString("hex"), mac.toString("base64")];
  return [
    ["in base64 and not in hex", `sha256=${base64}`],
    ["in base64 and not in hex, without sha256=", base64],
    ["without sha256=", hex],
    ["in upper case", `sha256=${hex.toUpperCase()}`],
  ];
}
