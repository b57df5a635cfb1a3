import { explainRefusal } from "../../../contracts/client/explain-refusal";
import type { Answer } from "./server-client";

/** What there is to say about a redirect, which is passed on and not followed. */
export function redirectHint(baseUrl: string, { status, headers }: Answer): string | undefined {
  if (status < 300 || status >= 400 || headers["location"] === undefined) return undefined;
  return explainRefusal(new URL(baseUrl), { status, headers: new Headers({ location: String(headers["location"]) }) });
}
