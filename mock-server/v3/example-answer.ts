import type { OperationId } from "../../contracts/generated/v3/operations";
import { rareAnswers } from "../../contracts/generated/v3/rare-answers";
import type { Reply } from "../server/api-operation";
import { Failure } from "../server/failure";
import { partsOf } from "../world/message-parts";
import type { Chat, Message } from "../world/model";
import type { World } from "../world/world";
import { refuse } from "./errors";
import { unknownExperience } from "./experiences";
import { chatAt, lineAt, messageAt } from "./find-or-404";
import type { ReplyDetails } from "./operation";
import { chatServiceOf } from "./operations/chats/view";
import { isFromMe } from "./operations/messages/view";
import { readHandle } from "./sending";

const NOTHING_BEHIND_IT = "This is the documented example: the mock has nothing behind this operation.";

interface Asked {
  /** What stands in the path. */
  readonly names: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly traceId: string;
}

/** The documented example of an operation behind which there is nothing, with the ids that were asked for. What its path names must be there (A-v3-examples). */
export function exampleAnswer(id: OperationId, world: World, asked: Asked): Reply | Failure {
  const answer = rareAnswers[id];
  if (!answer) throw new Error(`${id} has neither a row nor an example`);
  const { names, body, traceId } = asked;
  const { chatId, messageId, phoneNumber, handle, provider, auditId, paymentId, paymentRequestId } = names;
  const found = messageId === undefined ? undefined : messageAt(world, messageId);
  if (found instanceof Failure) return found;
  const chat = chatId === undefined ? found?.chat : chatAt(world, chatId);
  if (chat instanceof Failure) return chat;
  const line = phoneNumber === undefined ? undefined : lineAt(world, phoneNumber);
  if (line instanceof Failure) return line;
  const refusal = unknownId(names) ?? CHECKS[id]?.({ world, names, body, chat, message: found?.message });
  if (refusal) return refusal;
  const asking: Readonly<Record<string, unknown>> = {
    chat_id: chat && world.publicIds.uuidOf("chat", chat.id),
    message_id: messageId?.toLowerCase(),
    id: paymentId ?? paymentRequestId,
    audit_id: auditId,
    phone: phoneNumber,
    trace_id: traceId,
    ...{ handle, provider },
  };
  const said = answer.body && Object.entries(answer.body).map(([name, value]) => [name, asking[name] ?? value]);
  const details: ReplyDetails = { hints: [NOTHING_BEHIND_IT], assumptions: ["A-v3-examples"] };
  return { status: answer.status, body: said && Object.fromEntries(said), details };
}

/** What a made-up payment or audit is known by: what the example of making it says. */
const MADE = [
  { name: "paymentRequestId", known: rareAnswers.createPaymentRequest, field: "id", code: "2021" },
  { name: "paymentId", known: rareAnswers.createPayment, field: "id", code: "2021" },
  { name: "auditId", known: rareAnswers.startReputationAudit, field: "audit_id", code: "2019" },
] as const;

function unknownId(names: Asked["names"]): Failure | undefined {
  const unknown = MADE.find(({ name, known, field }) => {
    const given = names[name]?.toLowerCase();
    return given !== undefined && given !== Object(known?.body)[field];
  });
  return unknown && refuse(unknown.code, { hint: "What answers by an example has made only the one that its example names." });
}

interface Checked extends Omit<Asked, "traceId"> {
  readonly world: World;
  readonly chat: Chat | undefined;
  readonly message: Message | undefined;
}

/** What an operation behind which there is nothing asks of the world all the same. */
const CHECKS: { readonly [Id in OperationId]?: (asked: Checked) => Failure | undefined } = {
  createPoll: ({ world, chat }) => (chat && chatServiceOf(world, chat) === "iMessage" ? undefined : refuse("2017")),
  updateAppCard({ chat, message }) {
    const isCard = chat && message && isFromMe(chat, message) && partsOf(message).some(({ type }) => type === "imessage_app");
    if (!isCard) return refuse("1008", { hint: "The message is no app card of the line's own." });
    return message.deliveryStatus === "delivered" ? undefined : refuse("2015", { hint: "The card is not delivered." });
  },
  getExperience: ({ names }) => unknownExperience(names),
  getHandleConnection: unknownHandle,
  revokeHandleConnection: unknownHandle,
};

function unknownHandle({ names: { handle = "" } }: Checked): Failure | undefined {
  return readHandle(handle) === undefined ? refuse("2021", { hint: "That is no number and no address." }) : undefined;
}
