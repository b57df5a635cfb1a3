import type { IncomingHttpHeaders } from "node:http";
import { TOKEN_HEADER } from "../../contracts/client/url-and-token";
import type { Access, Authenticated } from "../server/api-version";
import { Failure } from "../server/failure";
import { httpHints } from "../server/http-hints";
import { looksOdd, oddTokenHint } from "../server/token-hint";
import { DEFAULT_SANDBOX, SandboxError, sandboxNamedBy } from "../world/sandboxes";
import { refuse } from "./errors";
import { hints } from "./hints/texts";

/**
 * Requires a token, and opens the sandbox that the base URL or the token names. Any token is good unless `tokens` says otherwise;
 * even then a sandbox's own token is good for that sandbox.
 */
export function authenticate(
  headers: IncomingHttpHeaders,
  { tokens, sandboxes }: Access,
  sandboxName: string | undefined,
): Authenticated | Failure {
  const token = headers[TOKEN_HEADER];
  if (typeof token !== "string" || token.trim() === "") return tokenMissing(headers, tokens);
  if (sandboxName === undefined && tokens.size === 0 && !looksOdd(token))
    return { token, sandbox: sandboxes.open(DEFAULT_SANDBOX), hint: undefined };
  const named = sandboxNamedBy(token);
  const name = sandboxName ?? named ?? DEFAULT_SANDBOX;
  const hint = tokens.has(token) ? undefined : tokenHint(token, named, name);
  const ownsSandbox = named === name && name !== DEFAULT_SANDBOX;
  if (tokens.size > 0 && !tokens.has(token) && !ownsSandbox) {
    return refuse("unauthorized", { hint: hint === undefined ? hints.tokenUnknown : `${hint} ${hints.tokenUnknown}` });
  }
  try {
    return { token, sandbox: sandboxes.open(name), hint };
  } catch (error) {
    return unopened(error, sandboxName, hint);
  }
}

/** Names under which other APIs take a token, and this one's misspelt. */
const LIKE_TOKEN_HEADER = /^(x[-_]?)?(linq[-_]?)?((integration|api|auth|access|partner)[-_]?)*(token|key)$/;

function tokenMissing(headers: IncomingHttpHeaders, accepted: ReadonlySet<string>): Failure {
  if (headers.authorization?.toLowerCase().startsWith("bearer "))
    return refuse("unauthorized", { hint: hints.tokenInAuthorization });
  const other = Object.keys(headers).find(
    (name) => (LIKE_TOKEN_HEADER.test(name) && name !== TOKEN_HEADER) || name === "authorization",
  );
  if (other !== undefined) return refuse("unauthorized", { hint: hints.tokenInOtherHeader(other) });
  const missing = accepted.size === 0 ? `${hints.tokenMissing} The mock takes any.` : hints.tokenMissing;
  return refuse("unauthorized", { hint: missing });
}

/** What looks wrong about a token that may be good. */
function tokenHint(token: string, named: string | undefined, opened: string): string | undefined {
  if (named !== undefined) return named === opened ? undefined : hints.sandboxTwice(opened);
  return oddTokenHint(token, hints.tokenWithBearer);
}

function unopened(error: unknown, sandboxName: string | undefined, tokenHint: string | undefined): Failure {
  if (!(error instanceof SandboxError)) throw error;
  const hint = tokenHint === undefined ? hints.sandboxName : `${tokenHint} ${hints.sandboxName}`;
  if (error.reason === "limit") return new Failure(429, error.message, { hint: httpHints.sandboxLimit });
  if (sandboxName !== undefined) return new Failure(404, error.message, { hint });
  return refuse("unauthorized", { hint: `${error.message}. ${hint}` });
}
