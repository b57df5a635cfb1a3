/** Why a server cannot be asked, in one sentence that says what to do. */
export class TargetError extends Error {
  override readonly name = "TargetError";

  constructor(message: string) {
    super(printable(message));
  }
}

/** What a server said may hold commands for a terminal: its control characters are shown escaped. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
  });
}

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

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ISSUER/;
const NOT_TLS = /WRONG_VERSION_NUMBER|EPROTO|PACKET_LENGTH/;

/**
 * Why a connection failed, as the end of a sentence.
 *
 * @throws TargetError when asking again would not help: a certificate that is not trusted, no TLS
 */
export function explainFailure({ origin }: URL, error: unknown): string {
  const cause = (error as { cause?: { code?: unknown; message?: unknown } } | undefined)?.cause;
  const code = String(cause?.code ?? "");
  if (CERTIFICATE.test(code)) {
    throw new TargetError(`The certificate of ${origin} is not trusted (${code}); name its authority in NODE_EXTRA_CA_CERTS.`);
  }
  if (NOT_TLS.test(code)) throw new TargetError(`${origin} does not speak TLS; check the address and the port.`);
  if (cause?.message === "bad port") return "no HTTP client goes to that port";
  return code ? `the connection failed with ${code}` : "the connection failed";
}
