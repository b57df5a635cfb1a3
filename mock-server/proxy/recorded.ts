import type { ExchangeRequest } from "../../contracts/exchange";
import type { OperationId } from "../../contracts/generated/v2/operations";
import type { RecordedExchange } from "../../contracts/suite/report";

/** An exchange as the parts of the contract kit take it that learn from it. */
export function recorded(
  operation: OperationId,
  request: ExchangeRequest,
  { status, body }: { readonly status: number; readonly body: unknown },
): RecordedExchange {
  return { operation, request, response: { status, body, headers: {}, text: "" }, token: "own", ms: 0 };
}
