import { createHmac } from "node:crypto";
import stringify from "safe-stable-stringify";
import type { webhooks } from "../../generated/v2/types";
import { isUrl } from "../../urls";
import type { Alteration, ApiRequest, MutantMemory, OutgoingWebhook } from "./mutant";
import type { RawRequest, Upstream } from "./upstream";

const NOT_FOUND = 404;
const BAD_GATEWAY = 502;
const SIGNATURE = "x-webhook-signature";

type AnyEvent = webhooks[keyof webhooks]["post"]["requestBody"]["content"]["application/json"];

type EventHook = (event: AnyEvent, memory: MutantMemory) => void;

interface Receiver {
  readonly url: string;
  readonly secret: string | undefined;
}

/** Stands between a server and the receivers of its webhooks, which do not know of it, and neither does the server. */
export class WebhookRelay {
  readonly #receivers: Receiver[] = [];
  readonly #address: () => string;
  readonly #upstream: Upstream;

  /** `address` is where the relay is reached. */
  constructor(address: () => string, upstream: Upstream) {
    this.#address = address;
    this.#upstream = upstream;
  }

  /** Puts an address of the relay into a subscription. */
  intercept({ body }: ApiRequest): void {
    const subscription = (body as { webhook_subscription?: { webhook_url?: unknown; secret?: unknown } })?.webhook_subscription;
    const { webhook_url: url, secret } = subscription ?? {};
    if (!subscription || typeof url !== "string" || !isUrl(url)) return;
    this.#receivers.push({ url, secret: typeof secret === "string" ? secret : this.#secretOf(url) });
    subscription.webhook_url = `${this.#address()}/${this.#receivers.length - 1}`;
  }

  /** What a server answers, with the addresses of the receivers in the place of those of the relay. */
  reveal(text: string): string {
    return text.replaceAll(
      new RegExp(`${this.#address()}/(\\d+)`, "g"),
      (_, index) => this.#receivers[Number(index)]?.url ?? "",
    );
  }

  /** Passes a webhook on, changed by each of the layers in turn; returns the status that the receiver answers with. */
  async pass(
    { url, headers: received, body }: RawRequest,
    layers: readonly Alteration[],
    memory: MutantMemory,
  ): Promise<number> {
    const receiver = this.#receivers[Number(url.split("/").at(-1))];
    if (!receiver) return NOT_FOUND;
    const event = JSON.parse(body.toString("utf8")) as AnyEvent;
    const { host: _, ...headers } = received; // the relay's
    const delivered: OutgoingWebhook = {
      type: event.event_type,
      url: receiver.url,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      body: body.toString("utf8"),
      secret: receiver.secret,
      tries: 1,
    };
    const changes = layers.flatMap(
      (layer) => [layer.event?.every, layer.event?.[event.event_type]] as (EventHook | undefined)[],
    );
    for (const change of changes) change?.(event, memory);
    if (changes.some((change) => change !== undefined)) {
      delivered.body = stringify(event); // its keys are sorted, as the server's are
      if (receiver.secret !== undefined) delivered.headers[SIGNATURE] = signatureOf(delivered.body, receiver.secret);
    }
    for (const { delivery } of layers) delivery?.(delivered, memory);
    if (delivered.body === undefined) return 200;
    const onward = { method: "POST", url: receiver.url, headers: delivered.headers, body: delivered.body };
    let status = BAD_GATEWAY;
    for (let sent = 0; sent < delivered.tries && status >= 300; sent += 1) {
      status = await this.#upstream.ask(onward).then(
        (answer) => answer.status,
        () => BAD_GATEWAY, // the run may be over, and its receiver gone
      );
    }
    return status;
  }

  #secretOf(url: string): string | undefined {
    return this.#receivers.findLast((receiver) => receiver.url === url)?.secret;
  }
}

function signatureOf(body: string, secret: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}
