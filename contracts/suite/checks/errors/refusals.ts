import type { Api } from "../../api";
import { expectDocumentedCode, expectDocumentedWords } from "../../documented-errors";
import { expectStatus } from "../../expect";
import type { RecordedExchange } from "../../report";

/** A request that is refused with a body that is documented to the letter. */
export interface DocumentedRefusal {
  /** For people: `a chat that does not exist`. */
  readonly what: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly status: number;
  readonly documented: unknown;
}

/** What programs read of each comes before the words of any. @throws Broken */
export async function expectRefusals(api: Pick<Api, "request">, refusals: readonly DocumentedRefusal[]): Promise<void> {
  const refused: (readonly [RecordedExchange, DocumentedRefusal])[] = [];
  for (const refusal of refusals) {
    const exchange = await api.request(refusal.method, refusal.path, refusal.body);
    expectStatus(exchange, refusal.status, `the status of ${refusal.what}`, `${refusal.what} is not refused`);
    expectDocumentedCode(exchange, refusal.documented, refusal.what);
    refused.push([exchange, refusal]);
  }
  for (const [exchange, { documented, what }] of refused) expectDocumentedWords(exchange, documented, what);
}
