import { TargetError } from "./target-error";

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
