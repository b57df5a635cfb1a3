import { asObject } from "./as-object";

/** Headers by their names in lower case, as HTTP/1.1 and HTTP/2 write them; what HTTP/2 puts among them is left out. */
export function readHeaders(headers: unknown): Record<string, string> {
  const read = new Map<string, string>();
  for (const header of Array.isArray(headers) ? headers : []) {
    const { name, value } = asObject<{ name: unknown; value: unknown }>(header);
    if (typeof name !== "string" || typeof value !== "string" || name.startsWith(":")) continue;
    const before = read.get(name.toLowerCase());
    read.set(name.toLowerCase(), before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(read);
}
