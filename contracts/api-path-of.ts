import { API_PREFIX } from "./client/address";

const ANY_HOST = "http://localhost";

/** The path and query below the API's prefix, whatever stands in front of it, be it a host or a sandbox; undefined when it is not there. */
export function apiPathOf(url: string): string | undefined {
  if (!URL.canParse(url, ANY_HOST)) return undefined;
  const { pathname, search } = new URL(url, ANY_HOST);
  const start = pathname.indexOf(`${API_PREFIX}/`);
  return start < 0 ? undefined : `${pathname.slice(start + API_PREFIX.length)}${search}`;
}
