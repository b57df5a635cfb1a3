import { TOKEN_HEADER } from "../../../contracts/client/address";
import type { OperationId } from "../../../contracts/generated/v2/operations";
import type { Call } from "../call";
import type { Finding } from "./finding";

/** A server that does what is asked without a token has forgotten to ask for it. */
export function answeredWithoutToken(
  operation: OperationId,
  { headers }: Pick<Call, "headers">,
  status: number,
): readonly Finding[] {
  if (headers[TOKEN_HEADER] || status < 200 || status >= 300) return [];
  const text = "the status must be 401, because the request has no token in X-LINQ-INTEGRATION-TOKEN";
  return [{ kind: "answer", counts: true, operation, status, text, clause: "#/components/securitySchemes/apiKey" }];
}
