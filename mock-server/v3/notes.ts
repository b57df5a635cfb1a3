import { type OperationId, operations } from "../../contracts/generated/v3/operations";
import type { NotedAnswer, Notes } from "../server/api-version";
import { habitsOf } from "./habits";
import type { ReplyFacts } from "./operation";

/** What an answer rests on, and what there is to tell people about it. */
export function note({ operation, asked, failure }: NotedAnswer): Notes {
  const habits = operation === undefined || !asked ? [] : habitsOf(operation, asked.raw);
  const hints = failure?.hint === undefined ? habits : [...habits, failure.hint];
  if (failure) return { hints, assumptions: operation === undefined ? ["A-v3-unknown-path"] : ["A-v3-code-choice"] };
  if (operation === undefined || !asked?.reply) return { hints, assumptions: [] };
  const { hints: told = [] }: ReplyFacts = asked.reply.facts ?? {};
  const usual: Readonly<Record<string, readonly string[]>> = operations[operation as OperationId].assumptions;
  return { hints: [...habits, ...told], assumptions: usual[asked.reply.status] ?? [] };
}
