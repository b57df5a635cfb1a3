import { isHttpUrl } from "../world/attachments";
import type { StandingWebhook } from "../world/subscriptions";

/** A receiver of everything, as the option names it: `<url>`, `<url>=<secret>`, or both by name. */
export type WebhookOption = string | { readonly url: string; readonly secret?: string };

/** Where it is and what it signs with. In a URL with a query, `=` belongs to that. @throws RangeError when it is none */
export function readWebhook(option: WebhookOption): Pick<StandingWebhook, "url" | "secret"> {
  const { url, secret } = typeof option === "string" ? readText(option) : option;
  if (!isHttpUrl(url))
    throw new RangeError(`A webhook is an http or https URL, such as http://localhost:3000/hook, not ${url}`);
  if (secret?.trim() === "") throw new RangeError(`The secret of the webhook ${url} is blank; leave out the = to sign nothing`);
  return { url, secret: secret ?? null };
}

function readText(written: string): { readonly url: string; readonly secret?: string } {
  const [, url, secret] = /^([^=?]*)=(.*)$/s.exec(written) ?? [];
  return url === undefined || secret === undefined ? { url: written } : { url, secret };
}
