import { shortened } from "./printable-text";

/** A host with a dot or a port, or localhost, and perhaps a path. */
const WITHOUT_SCHEME = /^(?:\/\/)?(?:localhost|[\w-]+(?:\.[\w-]+)+|[\w-]+(?=:\d))(?::\d+)?(?:\/|$)/i;
const WITHOUT_TLS = /^[\d.]+\b|^[^./]*(?:[:/]|$)|:\d/;

/** What is told of a URL that lacks its scheme, with the one that was meant. */
export function schemeHint(url: unknown): string | undefined {
  if (typeof url !== "string" || !WITHOUT_SCHEME.test(url)) return undefined;
  const bare = url.replace(/^\/\//, "");
  return `A URL begins with its scheme: ${WITHOUT_TLS.test(bare) ? "http" : "https"}://${shortened(bare)}`;
}
