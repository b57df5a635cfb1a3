/** What carries the token, as Node names headers. */
export const TOKEN_HEADER = "x-linq-integration-token";
