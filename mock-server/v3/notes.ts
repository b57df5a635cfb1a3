import { type OperationId, operations } from "../../contracts/generated/v3/operations";
import type { NotedAnswer, Notes } from "../server/api-version";
import { restsOn } from "./assumptions";
import type { ReplyFacts } from "./operation";

const PLUS = "A + in a query is read as a space: percent-encode it as %2B.";

/** What an answer rests on, and what there is to tell people about it. */
export function note({ operation, asked, failure }: NotedAnswer): Notes {
  if (failure) {
    const hints = [failure.hint, hasRawPlus(asked?.raw.query) ? PLUS : undefined].filter((hint) => hint !== undefined);
    if (operation === undefined) return { hints, assumptions: ["A-v3-unknown-path"] };
    const own = failure.reason === "bodyTooLarge" ? "A-v3-body-limit" : failure.assumption;
    return { hints, assumptions: ["A-v3-code-choice", ...(own === undefined ? [] : [own])] };
  }
  if (operation === undefined || !asked?.reply) return { hints: [], assumptions: [] };
  const { hints = [] }: ReplyFacts = asked.reply.facts ?? {};
  const usual: Readonly<Record<string, readonly string[]>> = operations[operation as OperationId].assumptions;
  return { hints, assumptions: [...(usual[asked.reply.status] ?? []), ...restsOn(operation, asked.raw.body)] };
}

/** Whether a number in a query begins with a plus that was not percent-encoded. */
function hasRawPlus(query: unknown): boolean {
  const values = Object.values((query ?? {}) as Readonly<Record<string, string | string[]>>).flat();
  return values.some((value) => typeof value === "string" && /(^|,) \d/.test(value));
}
