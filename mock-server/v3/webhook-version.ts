/** The versions of webhooks, the newest last. A subscription has one, by `?version=` in its URL. */
const WEBHOOK_VERSIONS = ["2025-01-01", "2026-02-03"] as const;
export type WebhookVersion = (typeof WEBHOOK_VERSIONS)[number];
export const NEWEST: WebhookVersion = "2026-02-03";

/** The version that a URL asks for: the newest when it says none, undefined when there is no such version. */
export function webhookVersionOf(url: string): WebhookVersion | undefined {
  const asked = new URL(url).searchParams.get("version");
  return asked === null ? NEWEST : WEBHOOK_VERSIONS.find((version) => version === asked);
}
