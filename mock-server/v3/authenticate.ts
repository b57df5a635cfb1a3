import type { IncomingHttpHeaders } from "node:http";
import type { Access, Authenticated } from "../server/api-version";
import { Failure } from "../server/failure";
import { httpHints } from "../server/http-hints";
import { oddTokenHint } from "../server/token-hint";
import { DEFAULT_SANDBOX, SandboxError, sandboxNamedBy } from "../world/sandboxes";
import { refuse } from "./errors";

const BEARER = /^bearer +(\S.*)$/i;
const MISSING = "Send the token as Authorization: Bearer <token>.";
const V2_HEADER = "x-linq-integration-token";

/** Requires a bearer token, and opens the sandbox that the base URL or the token names. The tokens are those of V2, too. */
export function authenticate(
  headers: IncomingHttpHeaders,
  { tokens, sandboxes }: Access,
  sandboxName: string | undefined,
): Authenticated | Failure {
  const [, token] = BEARER.exec(headers.authorization ?? "") ?? [];
  if (token === undefined) return refuse("2004", { hint: hintOfMissing(headers, tokens) });
  const named = sandboxNamedBy(token);
  const name = sandboxName ?? named ?? DEFAULT_SANDBOX;
  const oddity = hintOf(token, named, name);
  const ownsSandbox = named === name && name !== DEFAULT_SANDBOX;
  if (tokens.size > 0 && !tokens.has(token) && !ownsSandbox) {
    const unknown = "The mock was started with --token, and this is none of those.";
    return refuse("2004", { hint: oddity === undefined ? unknown : `${oddity} ${unknown}` });
  }
  try {
    return { token, sandbox: sandboxes.open(name), hint: tokens.has(token) ? undefined : oddity };
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    if (error.reason === "limit") return new Failure(429, error.message, { hint: httpHints.sandboxLimit });
    return sandboxName === undefined ? refuse("2004", { hint: `${error.message}.` }) : new Failure(404, error.message);
  }
}

function hintOf(token: string, named: string | undefined, opened: string): string | undefined {
  if (named === opened) return undefined;
  if (named !== undefined) return `The base URL names the sandbox ${opened}, and the token another; the base URL counts.`;
  return oddTokenHint(token, "Bearer stands twice in Authorization.");
}

function hintOfMissing(headers: IncomingHttpHeaders, tokens: ReadonlySet<string>): string {
  if (headers[V2_HEADER] !== undefined) return `X-LINQ-INTEGRATION-TOKEN is the header of V2. ${MISSING}`;
  if (headers.authorization !== undefined) return `Authorization has no bearer token. ${MISSING}`;
  return tokens.size === 0 ? `${MISSING} The mock takes any.` : MISSING;
}
