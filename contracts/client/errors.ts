import { isUrl } from "../urls";

/** Why a server cannot be asked, in one sentence that says what to do. */
export class TargetError extends Error {
  override readonly name = "TargetError";

  constructor(message: string) {
    super(printableText(message));
  }
}

/** A server has answered that it is in trouble, however often it was asked. */
export class ServerTrouble extends TargetError {}

/** A server does not accept the token that was given. */
export class TokenRefused extends TargetError {
  /** Where it was asked. */
  readonly url: URL;
  /** The body of its answer, as it came. */
  readonly body: unknown;

  constructor(url: URL, body: unknown) {
    super(`${url.origin} refuses the token (401); give the integration token of the account.`);
    this.url = url;
    this.body = body;
  }
}

/**
 * Why there was no answer: it took too long, or has too many bytes, or cannot be decoded; the client was stopped; asking again would not
 * help; or else the connection failed.
 */
export type NoAnswerKind = "timeout" | "too-large" | "encoding" | "stopped" | "hopeless" | "failed";

/** A server that was asked has not answered. The message is the end of a sentence. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
  readonly kind: NoAnswerKind;
  /** The machine's word for it, such as `ECONNREFUSED`; empty when there is none. */
  readonly code: string;

  constructor(kind: NoAnswerKind, reason: string, code = "") {
    super(reason);
    this.kind = kind;
    this.code = code;
  }
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ISSUER/;
const NOT_TLS = /WRONG_VERSION_NUMBER|EPROTO|PACKET_LENGTH/;

/** Why a connection failed, before an answer had begun or in the middle of it. */
export function explainFailure({ origin }: URL, error: unknown, { isAnswering }: { isAnswering: boolean }): NoAnswer {
  const code = String((error as { code?: unknown } | undefined)?.code ?? "");
  if (code.startsWith("HPE_")) return new NoAnswer("failed", `${origin} does not speak HTTP as it should (${code})`);
  if (isAnswering) return new NoAnswer("failed", "the connection ended in the middle of the answer");
  if (CERTIFICATE.test(code)) {
    const advice = "name its authority in NODE_EXTRA_CA_CERTS.";
    return new NoAnswer("hopeless", `The certificate of ${origin} is not trusted (${code}); ${advice}`);
  }
  if (NOT_TLS.test(code)) {
    return new NoAnswer("hopeless", `${origin} does not speak TLS; check the address and the port.`);
  }
  return new NoAnswer("failed", code === "" ? "the connection failed" : `the connection failed with ${code}`, code);
}

/** Why an answer is none of the API's, in one sentence that says what to do. */
export function explainRefusal(
  { origin, pathname }: URL,
  { status, contentType, location }: { status: number; contentType: string | undefined; location: string | undefined },
): string {
  if (status === 401) return `${origin} refuses the token (401); give the integration token of the account.`;
  if (status === 403) return `${origin} does not let this token read ${pathname} (403); use a token that may.`;
  if (status >= 300 && status < 400) return explainRedirect(origin, location);
  const isPage = /\bhtml\b/i.test(contentType ?? "");
  if (status >= 500) {
    const how = isPage ? `${status}, a web page; it, or a proxy before it,` : `${status}; it`;
    return `${origin} answers ${pathname} with ${how} is in trouble, so try again later.`;
  }
  if (isPage) {
    return `${origin} answers ${pathname} with a web page (${status}), as a login page or a proxy does; give the address of the API itself.`;
  }
  if (status === 200)
    return `${origin} answers ${pathname} with something that is no JSON; give the address of the API itself.`;
  return `${origin} refuses GET ${pathname} (${status}); check that it is the Linq Partner API V2.`;
}

/** What a redirect means, which is not followed. Only the origin of the location is shown: the rest may carry secrets. */
export function explainRedirect(origin: string, location: string | undefined): string {
  const isKnown = location !== undefined && isUrl(location, origin);
  const elsewhere = isKnown ? new URL(location, origin).origin : "another address";
  return `${origin} redirects to ${elsewhere}, and the token goes to no other address; give the address of the API itself.`;
}

/** Whether a content type is that of JSON. */
export function isJsonType(contentType: string | undefined): boolean {
  return /^application\/(?:[\w.+-]+\+)?json\b/i.test(contentType ?? "");
}

/** What a server said may hold commands for a terminal: its control characters are shown escaped. */
export function printableText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
  });
}
