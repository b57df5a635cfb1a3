import type { ApiReaction } from "../../../api-types";
import type { Api } from "../../api";
import { expectSame } from "../../expect";
import type { Law } from "../../law";
import { Refused, Skip, undefinedIf } from "../../law-errors";
import type { Sample } from "../../server-sample";
import { strayReactions } from "../messages/59-messages-match-their-chat";
import { changeReaction, expectListed, recipientGroup, testMessage, withoutReceipts } from "./temporary-message";

const TYPES = ["love", "like", "dislike", "laugh", "emphasize", "question"] as const;

export const law48: Law = {
  number: 48,
  title: "a reaction that is added and removed changes nothing",
  broken: "a reaction that is added and removed changes something",
  operation: "createReaction",
  clause: "#/paths/~1chat_messages~1{chat_message_id}~1reactions/post/responses/201",
  requests: 13,
  isRepeatable: true,
  async check(context) {
    const { api, line, people, sample, random } = context;
    const { id: chatId, service, chat_messages } = await api.create(line, recipientGroup(people), testMessage(context));
    if (service !== "iMessage") throw new Skip(`the chat with the recipients is on ${service}, where nobody reacts`);
    const isTold = (await sample.conversations(3)).some(({ messages }) =>
      messages.some((one) => strayReactions(one).length > 0),
    ); // law 59 fails then
    await expectNoTrace(api, { chatId, id: chat_messages.id, type: random.of(TYPES) }, isTold);
    const reactedTo = await placeOfOthers(sample);
    if (reactedTo) await undefinedIf(Refused, expectNoTrace(api, reactedTo, isTold)); // only a mock lets this run touch it
  },
};

interface Place {
  readonly chatId: number;
  readonly id: number;
  readonly type: ApiReaction["reaction"];
}

/** Where it `isTold` that reactions name other messages than their own, that is no matter of this law. */
async function expectNoTrace(api: Api, { chatId, id, type }: Place, isTold: boolean): Promise<void> {
  const before = await api.message(chatId, id);
  const added = await changeReaction(api, id, "add", type);
  const { chat_message_id, reaction, is_from_me } = added;
  expectSame(
    { chat_message_id, reaction, is_from_me },
    { chat_message_id: id, reaction: type, is_from_me: true },
    "the reaction",
  );
  const reacted = await api.message(chatId, id);
  const { reactions } = reacted;
  const own = (one: ApiReaction): ApiReaction => (isTold ? { ...one, chat_message_id: id } : one);
  expectSame(
    (reactions ?? []).map(own).sort(byId),
    [...(before.reactions ?? []), added].map(own).sort(byId),
    "the reactions when one was added",
  );
  if (!isTold) await expectListed(api, chatId, reacted, "once somebody has reacted");
  await changeReaction(api, id, "remove", type);
  const after = await api.message(chatId, id);
  expectSame(withoutReceipts(after), withoutReceipts(before), "the message when the reaction was removed");
}

/** A message that others have reacted to, and how, so that there is something to lose. */
async function placeOfOthers(sample: Sample): Promise<Place | undefined> {
  const { chat, messages } = await sample.conversation();
  const found = messages.find(({ reactions }) => reactions?.length > 0 && reactions.every(({ is_from_me }) => !is_from_me));
  const [theirs] = found?.reactions ?? [];
  return found && theirs && { chatId: chat.id, id: found.id, type: theirs.reaction };
}

function byId(one: ApiReaction, other: ApiReaction): number {
  return one.id - other.id;
}
