const PREFIX = "sandbox-";

/** The sandbox that a token names; undefined for any other token. */
export function sandboxNamedBy(token: string): string | undefined {
  return token.startsWith(PREFIX) ? token.slice(PREFIX.length) : undefined;
}
