import { TargetError } from "./target-error";

const HEADER_VALUE = /^[\x20-\x7E]+$/;

/** @throws TargetError when a token is missing, or cannot stand in a header */
export function requireUsableToken(token: string): void {
  if (token === "") throw new TargetError("There is no token; give the integration token of the account.");
  if (!HEADER_VALUE.test(token)) {
    throw new TargetError(
      "The token holds what no header can carry: a line break or a character outside of ASCII; copy it again.",
    );
  }
}
