import type { Fields } from "./answer";

/** Headers by their names in lower case, from an object or from something like the Headers of fetch; undefined when there are none. */
export function readHeaders(headers: unknown): Record<string, string> | undefined {
  if (typeof headers !== "object" || headers === null) return undefined;
  const { entries, toJSON } = headers as { entries?: unknown; toJSON?: unknown };
  if (typeof entries === "function") return Object.fromEntries(entries.call(headers) as Iterable<[string, string]>);
  const plain = (typeof toJSON === "function" ? toJSON.call(headers) : headers) as Fields;
  return Object.fromEntries(
    Object.entries(plain).flatMap(([name, value]) => (value === undefined ? [] : [[name.toLowerCase(), String(value)]])),
  );
}
