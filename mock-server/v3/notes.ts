import { type OperationId, operations } from "../../contracts/generated/v3/operations";
import type { NotedAnswer, Notes } from "../server/api-version";
import type { ReplyFacts } from "./operation";

/** What an answer rests on, and what there is to tell people about it. */
export function note({ operation, asked, failure }: NotedAnswer): Notes {
  const hints = failure?.hint === undefined ? [] : [failure.hint];
  if (failure && failure.reason === undefined) return { hints, assumptions: [] }; // the vendor would not refuse it
  if (failure) return { hints, assumptions: operation === undefined ? ["A-v3-unknown-path"] : ["A-v3-code-choice"] };
  if (operation === undefined || !asked?.reply) return { hints, assumptions: [] };
  const { hints: told = [] }: ReplyFacts = asked.reply.facts ?? {};
  const usual: Readonly<Record<string, readonly string[]>> = operations[operation as OperationId].assumptions;
  return { hints: told, assumptions: usual[asked.reply.status] ?? [] };
}
