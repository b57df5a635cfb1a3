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
  phone: String.raw`(?:(?:\+|%2b|\\u002b|&#43;)(?:${BETWEEN}){0,2})?(?:\(|%28)?\p{Nd}(?:(?:${BETWEEN}){0,4}\p{Nd}){6,}`,
  email: String.raw`[^\s<>"',;:()&?=/\\]{1,64}(?:@|%40)[^\s<>"',;:()&?#/\\]{1,255}`,
  url: String.raw`[a-z][a-z\d+.-]{1,15}(?::|%3a)(?:\/\/|%2f%2f|\\\/\\\/)[^\s<>"']+`,
  timestamp: String.raw`${YEAR_MONTH_DAY}(?:(?:[T +]|%20)${CLOCK}${OFFSET}?)?(?!\d)`,
  fingerprint: String.raw`(?<=\S)#[\da-f]{8}(?!\w)`,
  uuid: String.raw`[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}(?![\da-f])`,
} as const;

/** What is known by its look. */
export type Look = keyof typeof sources;

/** What stands at a place of a text, and what comes in its place. */
export interface Replacement {
  readonly length: number;
  readonly shown: string;
}

/** Undefined where a step has nothing to say. */
export type Step = (text: string, at: number) => Replacement | undefined;

const sticky = compiled((source) => new RegExp(source, "iuy"));
const whole = compiled((source) => new RegExp(`^(?:${source})$`, "iu"));

function compiled(compile: (source: string) => RegExp): Readonly<Record<Look, RegExp>> {
  return Object.fromEntries(Object.entries(sources).map(([look, source]) => [look, compile(source)])) as Record<Look, RegExp>;
}

/** Whether all of a text looks so. */
export function looksLike(look: Look, text: string): boolean {
  return whole[look].test(text);
}

/** Replaces what looks so. */
export function looked(look: Look, replace: (found: string) => string): Step {
  return matched(sticky[look], replace);
}

/** Replaces what a sticky pattern matches. */
export function matched(pattern: RegExp, replace: (...found: string[]) => string): Step {
  return (text, at) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    return found ? { length: found[0].length, shown: replace(...found) } : undefined;
  };
}

/** Goes along a text once, so that nothing is replaced that has replaced something. The first step that fits does. */
export function replaceAlong(text: string, steps: readonly Step[]): string {
  let shown = "";
  for (let at = 0; at < text.length; ) {
    const found = firstOf(steps, text, at);
    shown += found ? found.shown : text.charAt(at);
    at += found ? found.length : 1;
  }
  return shown;
}

function firstOf(steps: readonly Step[], text: string, at: number): Replacement | undefined {
  for (const step of steps) {
    const found = step(text, at);
    if (found && found.length > 0) return found;
  }
  return undefined;
}

/** A sticky pattern of a text; a pattern as it is. */
export function asPattern(text: string | RegExp): RegExp {
  return typeof text === "string" ? new RegExp(text.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&"), "y") : text;
}
