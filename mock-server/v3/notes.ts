import { type OperationId, operations } from "../../contracts/generated/v3/operations";
import type { NotedAnswer, Notes } from "../server/api-version";
import type { ReplyFacts } from "./operation";

/** What an answer rests on, and what there is to tell people about it. */
export function note({ operation, asked, failure }: NotedAnswer): Notes {
  const hints = failure?.hint === undefined ? [] : [failure.hint];
  if (failure) return { hints, assumptions: refusalAssumptions(operation, failure.reason) };
  if (operation === undefined || !asked?.reply) return { hints, assumptions: [] };
  const { hints: told = [] }: ReplyFacts = asked.reply.facts ?? {};
  const usual: Readonly<Record<string, readonly string[]>> = operations[operation as OperationId].assumptions;
  return { hints: told, assumptions: usual[asked.reply.status] ?? [] };
}

/** What only the mock, the proxy or a replay refuses rests on nothing. */
function refusalAssumptions(operation: string | undefined, reason: string | undefined): readonly string[] {
  if (operation === undefined) return reason === undefined || reason === "worded" ? [] : ["A-v3-unknown-path"];
  return reason === undefined ? [] : ["A-v3-code-choice"];
}
