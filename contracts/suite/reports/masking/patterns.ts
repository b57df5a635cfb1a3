/** What people, JSON, URLs and HTML put between the digits of a number. */
const BETWEEN = [
  String.raw`[\p{Zs}\p{Pd}\p{Cf}\t().\/+·•]`,
  "%2[089bdef]",
  "%c2%a0",
  "%e2%80%[89a][0-9a-f]",
  String.raw`\\u00a0`,
  String.raw`\\u20[01][0-9a-f]`,
  "&nbsp;",
].join("|");
const YEAR_MONTH_DAY = String.raw`(?:19|20)\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const CLOCK = String.raw`(?:[01]\d|2[0-3])(?::|%3a)[0-5]\d(?:(?::|%3a)[0-5]\d(?:\.\d{1,9})?)?`;
const OFFSET = String.raw`(?:z|[ +]?(?:[+-]|%2b|%20[+-])[01]\d(?::|%3a)?[0-5]\d)`;

/** Sources of regular expressions, for flags `iu`. */
const sources = {
  number: String.raw`(?:(?:\+|%2b|\\u002b|&#43;)(?:${BETWEEN}){0,2})?(?:\(|%28)?\p{Nd}(?:(?:${BETWEEN}){0,4}\p{Nd}){6,}`,
  email: String.raw`[^\s<>"',;:()&?=/\\]{1,64}(?:@|%40)[^\s<>"',;:()&?#/\\]{1,255}`,
  url: String.raw`[a-z][a-z\d+.-]{1,15}(?::|%3a)(?:\/\/|%2f%2f|\\\/\\\/)[^\s<>"']+`,
  timestamp: String.raw`${YEAR_MONTH_DAY}(?:(?:[T +]|%20)${CLOCK}${OFFSET}?)?(?!\d)`,
  fingerprint: String.raw`(?<=\S)#[\da-f]{8}(?!\w)`,
  uuid: String.raw`[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}(?![\da-f])`,
} as const;

/** What a text can hold that is known by its look. */
export type Look = keyof typeof sources;

const sticky = Object.fromEntries(
  Object.entries(sources).map(([look, source]) => [look, new RegExp(source, "iuy")]),
) as Readonly<Record<Look, RegExp>>;
const whole = Object.fromEntries(
  Object.entries(sources).map(([look, source]) => [look, new RegExp(`^(?:${source})$`, "iu")]),
) as Readonly<Record<Look, RegExp>>;

/** What stands at a place of a text, if it looks so. */
export function lookAt(look: Look, text: string, at: number): string | undefined {
  const pattern = sticky[look];
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** Whether all of a text looks so. */
export function looksLike(look: Look, text: string): boolean {
  return whole[look].test(text);
}
