import { isHttpUrl } from "../world/attachments";
import type { PermanentWebhook } from "../world/subscriptions";

/** A receiver of everything, as the option names it: `<url>`, `<url>=<secret>`, a version in front as in `v3:<url>`, or all by name. */
export type WebhookOption = string | { readonly url: string; readonly secret?: string; readonly version?: string };

/** What is wrong with one that is named: its user's mistake. */
export class WebhookOptionError extends RangeError {}

interface ReadWebhook extends Pick<PermanentWebhook, "url" | "secret"> {
  /** The version of the API whose payloads it gets; undefined when the option does not say. */
  readonly version: string | undefined;
}

/** Where it is and what it signs with. In a URL with a query, `=` belongs to that. @throws WebhookOptionError when it is none */
export function readWebhook(option: WebhookOption): ReadWebhook {
  const { url, secret, version } = typeof option === "string" ? readText(option) : option;
  if (!isHttpUrl(url))
    throw new WebhookOptionError(`A webhook is an http or https URL, such as http://localhost:3000/hook, not ${url}`);
  if (secret?.trim() === "")
    throw new WebhookOptionError(`The secret of the webhook ${url} is blank; leave out the = to sign nothing`);
  return { url, secret: secret ?? null, version };
}

function readText(written: string): Exclude<WebhookOption, string> {
  const [, version, rest = ""] = /^(?:(v\d+):)?(.*)$/s.exec(written) ?? [];
  const [, url, secret] = /^([^=?]*)=(.*)$/s.exec(rest) ?? [];
  const known = version === undefined ? {} : { version };
  return url === undefined || secret === undefined ? { url: rest, ...known } : { url, secret, ...known };
}
