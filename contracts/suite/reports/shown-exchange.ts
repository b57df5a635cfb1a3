import type { RecordedExchange } from "../report";
import type { Mask } from "./mask";

/** A call, as it may be shown. */
export interface ShownExchange {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly token: RecordedExchange["token"];
  readonly ms: number;
}

export function shownExchange({ request, response, token, ms }: RecordedExchange, mask: Mask): ShownExchange {
  return { method: request.method, path: mask.path(request.path), status: response.status, token, ms };
}
