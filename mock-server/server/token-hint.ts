import { shortened } from "./printable-text";

/** What stands in the place of a token that was not read, or not filled in. */
const PLACEHOLDER =
  /^\s*(undefined|null|none|nil|nan|\[object \w+\]|(your|insert|enter|replace)[-_ ]?([\w ]*[-_ ])?(integration[-_ ]?)?(api[-_ ]?)?(token|key)([-_ ]?here)?|<.*>|\{\{?.*\}?\}|\$\{?\w+\}?|%\w+%|x{3,}|change[-_ ]?me|todo|process\.env\..*)\s*$/i;
const LIKE_SANDBOX_OR_BEARER = /^(bearer\s|sandbox[-_])/i;
const LOOKS_ODD = new RegExp(`${LIKE_SANDBOX_OR_BEARER.source}|${PLACEHOLDER.source}`, "i");

/** Whether there may be something to tell of a token that names no sandbox. */
export function looksOdd(token: string): boolean {
  return LOOKS_ODD.test(token);
}

/** What looks wrong about a token that names no sandbox, and may be good; `ofBearer` is told of one with that word in it. */
export function oddTokenHint(token: string, ofBearer: string): string | undefined {
  if (PLACEHOLDER.test(token))
    return `The token is ${JSON.stringify(shortened(token))}: it looks as if it was never filled in.`;
  if (!LIKE_SANDBOX_OR_BEARER.test(token)) return undefined;
  if (token.toLowerCase().startsWith("bearer")) return ofBearer;
  return "A sandbox is chosen by the token sandbox-<name>, so spelt; this token opened another.";
}
