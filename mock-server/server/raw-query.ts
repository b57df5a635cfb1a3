/** A query as it came. */
export type RawQuery = Readonly<Record<string, string | string[]>>;
export type QueryType = "string" | "strings" | "integer";

const NONE: readonly string[] = [];
/** Lists may be joined with commas. */
const BARE_PLUS: Readonly<Record<QueryType, RegExp | undefined>> = { string: /^ \d/, strings: /(^|,) \d/, integer: undefined };

/** The parameters whose plus was not percent-encoded, so that it has come as a space. */
export function plusNotEncoded(types: Readonly<Record<string, QueryType>>, query: RawQuery): readonly string[] {
  let found = NONE;
  for (const name in types) {
    const given = query[name];
    const pattern = BARE_PLUS[types[name] ?? "integer"];
    if (given === undefined || !pattern) continue;
    const isBare = typeof given === "string" ? pattern.test(given) : given.some((text) => pattern.test(text));
    if (isBare) found = [...found, name];
  }
  return found;
}
