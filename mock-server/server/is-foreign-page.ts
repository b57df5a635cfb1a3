import type { Request } from "express";
import type { OriginPolicy } from "./allow-origins";
import { sameHost } from "./same-host";

/** Whether a request comes from a web page of another site that nobody has allowed. Programs are no pages. */
export function isForeignPage({ headers }: Request, allows: OriginPolicy): boolean {
  const { origin } = headers;
  if (origin === undefined) return headers["sec-fetch-site"] === "cross-site";
  return !allows(origin) && !sameHost(origin, headers.host);
}
