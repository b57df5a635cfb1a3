import { SENDING } from "../../contracts/client/kinds";
import { isRecord } from "../../contracts/exchange";
import type { RawRequest, Reply } from "../server/api-version";
import { Failure } from "../server/failure";
import type { Chat, Message } from "../world/model";
import type { World } from "../world/world";
import type { ReplyFacts } from "./operation";
import { keyOf, sentBefore } from "./sending";
import { autoAnswer, createdAnswer, sentAnswer } from "./sent-answers";

type Answer = (world: World, chat: Chat, message: Message) => Pick<Reply, "status" | "body">;

const ANSWERS: Readonly<Record<(typeof SENDING)[number], Answer>> = {
  createChat: createdAnswer,
  sendMessage: sentAnswer,
  sendMessageAuto: autoAnswer,
};
const FACTS: ReplyFacts = { assumptions: ["A-v3-idem-scope"], isRepeat: true };

/** What was answered to a message that comes again by its key, whatever else is in the request; undefined when it has not come before. */
export function repeatOf(id: string, world: World, { body, headers }: RawRequest): Reply | Failure | undefined {
  const operation = SENDING.find((one) => one === id);
  if (operation === undefined || !isRecord(body)) return undefined;
  const field = isRecord(body["message"]) ? body["message"]["idempotency_key"] : undefined;
  const header = operation === "sendMessageAuto" ? headers["idempotency-key"] : undefined;
  const key = keyOf(typeof field === "string" ? field : undefined, typeof header === "string" ? header : undefined);
  const earlier = sentBefore(world, key);
  if (earlier === undefined || earlier instanceof Failure) return earlier;
  return { ...ANSWERS[operation](world, earlier.chat, earlier.message), facts: FACTS };
}
