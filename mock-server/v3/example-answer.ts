import type { OperationId } from "../../contracts/generated/v3/operations";
import { rareAnswers } from "../../contracts/generated/v3/rare-answers";
import type { Reply } from "../server/api-version";
import { Failure } from "../server/failure";
import type { World } from "../world/world";
import { chatAt, lineAt, messageAt } from "./find";
import type { ReplyFacts } from "./operation";

const NOTHING_BEHIND_IT = "This is the documented example: the mock has nothing behind this operation.";

/** The documented example of an operation behind which there is nothing. The chat, the message and the line that its path names must be there. */
export function exampleAnswer(
  id: OperationId,
  world: World,
  { chatId, messageId, phoneNumber }: Readonly<Record<string, string>> = {},
  traceId: string,
): Reply | Failure {
  const missing = [
    chatId !== undefined && chatAt(world, chatId),
    messageId !== undefined && messageAt(world, messageId),
    phoneNumber !== undefined && lineAt(world, phoneNumber),
  ].find((found) => found instanceof Failure);
  if (missing instanceof Failure) return missing;
  const answer = rareAnswers[id];
  if (!answer) throw new Error(`${id} has neither a row nor an example`);
  const { status, body } = answer;
  const facts: ReplyFacts = { hints: [NOTHING_BEHIND_IT] };
  return { status, body: body && "trace_id" in body ? { ...body, trace_id: traceId } : body, facts };
}
