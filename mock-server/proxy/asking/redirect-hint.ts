import { explainRedirect } from "../../../contracts/client/errors";
import type { HttpAnswer } from "../../../contracts/client/http-client";

/** What there is to say about a redirect, which is passed on and not followed. */
export function redirectHint(baseUrl: string, { status, headers }: HttpAnswer): string | undefined {
  const location = headers["location"];
  if (status < 300 || status >= 400 || location === undefined) return undefined;
  const base = new URL(baseUrl);
  if (isWithin(base.origin, String(location))) {
    return `${base.origin} redirects to another address of its own, which Location names; the API has no redirects: ask for that address itself, and if every path is redirected, mend --target.`;
  }
  return explainRedirect(base.origin, String(location));
}

function isWithin(origin: string, location: string): boolean {
  return URL.canParse(location, origin) && new URL(location, origin).origin === origin;
}
