import { type OperationId, operations } from "../../contracts/generated/v3/operations";
import type { NotedAnswer, Notes } from "../server/api-version";
import type { ExampleFacts } from "./example-answer";

const NOTHING_BEHIND_IT = "This is the documented example: the mock has nothing behind this operation.";

/** What an answer rests on, and what there is to tell people about it. */
export function note({ operation, asked, failure }: NotedAnswer): Notes {
  const hints = failure?.hint === undefined ? [] : [failure.hint];
  if (failure) return { hints, assumptions: operation === undefined ? ["A-v3-unknown-path"] : ["A-v3-code-choice"] };
  if (operation === undefined || !asked?.reply) return { hints, assumptions: [] };
  if ((asked.reply.facts as ExampleFacts | undefined)?.isExample) hints.push(NOTHING_BEHIND_IT);
  const usual: Readonly<Record<string, readonly string[]>> = operations[operation as OperationId].assumptions;
  return { hints, assumptions: usual[asked.reply.status] ?? [] };
}
