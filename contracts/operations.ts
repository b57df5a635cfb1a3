import { API_PREFIX } from "./client/url-and-token";
import { type OperationId, operations } from "./generated/v2/operations";
import { jsonPointer } from "./json-pointer";
import { isUrl } from "./urls";

/** Makes the finder of the operation that a method and a path below a version's prefix name: of several the first. HEAD is GET. */
export function operationFinder<Id extends string>(
  table: Readonly<Record<Id, { readonly method: string; readonly path: string }>>,
) {
  const compiled = () =>
    (Object.keys(table) as Id[]).map((id) => {
      const { method, path } = table[id];
      return { id, method, pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}/?$`) };
    });
  let patterns: ReturnType<typeof compiled> | undefined; // a start does not wait for them
  return (method: string, path: string): Id | undefined => {
    const asked = method === "HEAD" ? "GET" : method;
    patterns ??= compiled();
    return patterns.find((candidate) => candidate.method === asked && candidate.pattern.test(path))?.id;
  };
}

const find = operationFinder<OperationId>(operations);

/**
 * The operation that a method and a path below the API's prefix name; of several the first in the vendor's order, so `find` is no id.
 * PATCH is taken wherever PUT is (A-patch).
 */
export function matchOperation(method: string, path: string): OperationId | undefined {
  const found = find(method, path);
  return found === undefined && method === "PATCH" ? find("PUT", path) : found;
}

const ANY_HOST = "http://localhost";
/** A path, with a query or without, that a URL would hold as it is. */
const PLAIN = /^(\/[\w-][\w.-]*)+(\?[\w.=&%+[\]-]*)?$/;

/** The path and query below V2's prefix, whatever stands in front of it, be it a host or a sandbox; undefined when it is not there. */
export function apiPathOf(url: string): string | undefined {
  return pathBelow(API_PREFIX, url);
}

/** As {@link apiPathOf}, below the prefix of any version. */
export function pathBelow(prefix: string, url: string): string | undefined {
  if (PLAIN.test(url) && url.startsWith(`${prefix}/`)) return url.slice(prefix.length);
  if (!isUrl(url, ANY_HOST)) return undefined;
  const { pathname, search } = new URL(url, ANY_HOST);
  const start = pathname.indexOf(`${prefix}/`);
  return start < 0 ? undefined : `${pathname.slice(start + prefix.length)}${search}`;
}

/** The path and query of a Find Chat below the API's prefix, properly encoded. */
export function findChatPath(line: string, participants: readonly string[]): string {
  const list = participants.map((participant) => `&phone_numbers%5B%5D=${encode(participant)}`).join("");
  return `/chats/find?phone_number=${encode(line)}${list}`;
}

/** As encodeURIComponent, and safe between single quotes in a shell. */
function encode(value: string): string {
  return encodeURIComponent(value).replaceAll("'", "%27");
}

/** Where an operation stands in the contract: `#/paths/~1chats~1find/get`. */
export function operationClause({ method, path }: { readonly method: string; readonly path: string }): string {
  return `#${jsonPointer(["paths", path, method.toLowerCase()])}`;
}

/** Which answers are JSON by another type than `application/json`. */
export const JSON_TYPES: Readonly<Record<string, string>> = { "getChatLocation 200": "application/geo+json" };
