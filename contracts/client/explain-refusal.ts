/** Why an answer is none of the API's, in one sentence that says what to do. */
export function explainRefusal({ origin, pathname }: URL, { status, headers }: Pick<Response, "status" | "headers">): string {
  if (status === 401) return `${origin} refuses the token (401); give the integration token of the account.`;
  if (status === 403) return `${origin} does not let this token read ${pathname} (403); use a token that may.`;
  if (status >= 300 && status < 400) {
    const elsewhere = originOf(headers.get("location"), origin);
    return `${origin} redirects to ${elsewhere}, and the token goes to no other address; give the address of the API itself.`;
  }
  if (/\bhtml\b/i.test(headers.get("content-type") ?? "")) {
    return `${origin} answers ${pathname} with a web page (${status}), as a login page or a proxy does; give the address of the API itself.`;
  }
  if (status === 200)
    return `${origin} answers ${pathname} with something that is no JSON; give the address of the API itself.`;
  if (status >= 500) return `${origin} answers ${pathname} with ${status}; it is in trouble, so try again later.`;
  return `${origin} refuses GET ${pathname} (${status}); check that it is the Linq Partner API V2.`;
}

/** Whether a content type is that of JSON. */
export function isJsonType(contentType: string | null): boolean {
  return /^application\/(?:[\w.+-]+\+)?json\b/i.test(contentType ?? "");
}

/** Only the origin: the rest of an address may carry secrets. */
function originOf(location: string | null, base: string): string {
  return location !== null && URL.canParse(location, base) ? new URL(location, base).origin : "another address";
}
