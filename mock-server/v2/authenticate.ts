import type { NextFunction, Request, Response } from "express";
import { TOKEN_HEADER } from "../../contracts/client/address";
import { operations } from "../../contracts/generated/v2/operations";
import { exchangeOf } from "../server/exchange";
import { sendFailure } from "../server/send";
import { DEFAULT_SANDBOX, SandboxError, type Sandboxes, sandboxNamedBy } from "../world/sandboxes";
import { type Failure, failure } from "./errors";
import { hints } from "./hints";

const SHOWN_HEADER = TOKEN_HEADER.toUpperCase();
const LIKE_SANDBOX_OR_BEARER = /^(bearer\s|sandbox[-_])/i;

/**
 * Requires a token, and opens the sandbox that the base URL or the token names. Any token is good unless `acceptedTokens` says
 * otherwise; even then a sandbox's own token is good for that sandbox.
 */
export function authenticate(sandboxes: Sandboxes, acceptedTokens: readonly string[]) {
  const accepted = new Set(acceptedTokens);
  return (req: Request, res: Response, next: NextFunction): void => {
    const exchange = exchangeOf(res);
    const token = req.headers[TOKEN_HEADER];
    if (typeof token !== "string" || token.trim() === "") return refuse(res, tokenMissing(req, res), next);
    const named = sandboxNamedBy(token);
    const name = exchange.sandboxName ?? named ?? DEFAULT_SANDBOX;
    const hint = accepted.has(token) ? undefined : tokenHint(token, named, name);
    if (hint !== undefined) exchange.hints.push(hint);
    const ownsSandbox = named === name && name !== DEFAULT_SANDBOX;
    if (accepted.size > 0 && !accepted.has(token) && !ownsSandbox) {
      return refuse(res, unauthorized(res, `The token in ${SHOWN_HEADER} is not known`, hints.tokenUnknown), next);
    }
    try {
      exchange.sandbox = sandboxes.open(name);
    } catch (error) {
      return refuse(res, unopened(res, error), next);
    }
    next();
  };

  function tokenMissing(req: Request, res: Response): Failure {
    const bearer = req.headers.authorization?.toLowerCase().startsWith("bearer ");
    const anyIsGood = accepted.size === 0 ? `${hints.tokenMissing} The mock takes any.` : hints.tokenMissing;
    return unauthorized(res, `The header ${SHOWN_HEADER} is missing`, bearer ? hints.tokenInAuthorization : anyIsGood);
  }
}

/** What looks wrong about a token that may be good. */
function tokenHint(token: string, named: string | undefined, opened: string): string | undefined {
  if (named !== undefined) return named === opened ? undefined : hints.sandboxTwice(opened);
  if (!LIKE_SANDBOX_OR_BEARER.test(token)) return undefined;
  return token.toLowerCase().startsWith("bearer") ? hints.tokenWithBearer : hints.tokenLikeSandbox;
}

function unauthorized(res: Response, detail: string, hint: string): Failure {
  const assuming = exchangeOf(res).operation === "listChats" ? [] : (["A-auth-everywhere"] as const);
  return failure(401, detail, { hint, assuming });
}

function unopened(res: Response, error: unknown): Failure {
  if (!(error instanceof SandboxError)) throw error;
  if (error.reason === "limit") return { status: 429, detail: error.message, hint: hints.sandboxName };
  if (exchangeOf(res).sandboxName !== undefined) return { status: 404, detail: error.message, hint: hints.sandboxName };
  return unauthorized(res, error.message, hints.sandboxName);
}

function refuse(res: Response, refusal: Failure, next: NextFunction): void {
  const { operation, is401Wished } = exchangeOf(res);
  if (is401Wished) return next();
  sendFailure(res, operation ? operations[operation].envelope : "Error", refusal);
}
