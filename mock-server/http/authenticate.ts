import type { NextFunction, Request, Response } from "express";
import { operations } from "../../contracts/generated/operations";
import { failure } from "../errors";
import { hints } from "../hints";
import { DEFAULT_SANDBOX, type Sandboxes } from "../state/sandboxes";
import { exchangeOf } from "./exchange";
import { sendFailure } from "./send";

const TOKEN_HEADER = "X-LINQ-INTEGRATION-TOKEN";
const SANDBOX_TOKEN = /^sandbox-(.*)$/;

/**
 * Requires a token, and opens the sandbox that the base URL or the token names. Any token is good unless `acceptedTokens` says
 * otherwise; those of sandboxes always are.
 */
export function authenticate(sandboxes: Sandboxes, acceptedTokens: readonly string[]) {
  const accepted = new Set(acceptedTokens);
  return (req: Request, res: Response, next: NextFunction): void => {
    const token = req.headers["x-linq-integration-token"];
    if (typeof token !== "string" || token.trim() === "") {
      const hint = req.headers.authorization === undefined ? hints.tokenMissing : hints.tokenInAuthorization;
      return refuse(res, `The header ${TOKEN_HEADER} is missing`, hint);
    }
    const named = token.startsWith("sandbox-") ? SANDBOX_TOKEN.exec(token)?.[1] : undefined;
    if (named === undefined && accepted.size > 0 && !accepted.has(token)) {
      return refuse(res, `The token in ${TOKEN_HEADER} is not known`, hints.tokenUnknown);
    }
    const exchange = exchangeOf(res);
    const name = exchange.sandboxName ?? named ?? DEFAULT_SANDBOX;
    const sandbox = sandboxes.open(name);
    if (!sandbox) return refuse(res, `There is no sandbox ${name}`, hints.sandboxName);
    exchange.sandbox = sandbox;
    next();
  };
}

function refuse(res: Response, detail: string, hint: string): void {
  const { operation } = exchangeOf(res);
  const envelope = operation ? operations[operation].envelope : "Error";
  const assuming = operation === "listChats" ? [] : (["A-auth-everywhere"] as const);
  sendFailure(res, envelope, failure(401, detail, { hint, assuming }));
}
