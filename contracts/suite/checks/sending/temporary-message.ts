import type { ApiChat, ApiMessage, ApiReaction } from "../../../api-types";
import { MOST_PER_PAGE } from "../../../limits";
import type { Api } from "../../api";
import { expectSame } from "../../expect";
import type { LawContext } from "../../law";
import { Refused, Skip, undefinedIf } from "../../law-errors";

/** A message that says what it is, and is like no other. */
export function testMessage({ unique }: Pick<LawContext, "unique">): { readonly text: string } {
  return { text: `Contract check ${unique()}` };
}

/** Documented is 201 alone, and not for removing. */
const REMOVED = [201, 200];

/** Few, because each of them gets each message. */
const MOST = 3;

/** The people whom a law writes to: a group, when there are several people to choose from. @throws Skip when there is nobody */
export function recipientGroup(people: readonly string[]): string[] {
  if (people.length === 0) throw new Skip("there is nobody to write to; name somebody with --recipient");
  return people.slice(0, MOST);
}

/** The id of the chat that the line has with some people. A message opens it when they have none. */
export async function chatWith(
  { api, line, sample, unique }: Pick<LawContext, "api" | "line" | "sample" | "unique">,
  participants: readonly string[],
): Promise<number> {
  return sample.chatWith(line, participants, () => api.create(line, participants, testMessage({ unique })));
}

/** The id of the chat that the line has with the recipients. */
export function chatWithRecipients(context: LawContext): Promise<number> {
  return chatWith(context, recipientGroup(context.people));
}

/** Does what people may see in a chat, and in that with the recipients, where it is allowed. @throws Skip when it is in neither */
export async function eachVisibleChat(
  context: LawContext,
  { id }: Pick<ApiChat, "id">,
  work: (chatId: number) => Promise<void>,
): Promise<void> {
  const theirs = await chatOfRecipients(context);
  const done: (true | undefined)[] = [];
  for (const chatId of new Set([id, theirs?.id ?? id]))
    done.push(
      await undefinedIf(
        Refused,
        work(chatId).then(() => true),
      ),
    );
  if (!done.includes(true))
    throw new Skip("there is no chat for it; name one with --chat, or the people who are in it with --recipient");
}

/** The chat with all whom one would write to, or with the first of them. */
async function chatOfRecipients({ api, line, people }: LawContext): Promise<ApiChat | null> {
  if (people.length === 0) return null;
  const group = recipientGroup(people);
  const found = await api.find(line, group);
  return found || group.length === 1 ? found : api.find(line, group.slice(0, 1));
}

/** How many messages there are in a chat. What a chat itself says of that is only assumed to be the same. */
export async function countMessages(api: Pick<Api, "messages">, chatId: number): Promise<number> {
  return (await api.messages(chatId, { per_page: 1 })).meta.total_count;
}

/** Reads a message of late in the list of its chat, which has to show it as reading it alone does. @throws Broken */
export async function expectListed(
  api: Pick<Api, "messages">,
  chatId: number,
  message: ApiMessage,
  when: string,
): Promise<void> {
  const { items } = await api.messages(chatId, { sort: "desc", per_page: MOST_PER_PAGE });
  const listed = items.find(({ id }) => id === message.id);
  if (!listed) return; // others may have written more than a page since
  const what = `message ${message.id} of chat ${chatId} in the list, ${when}`;
  const reason = `List Messages shows a message otherwise than Get Message ${when}`;
  expectSame(withoutReceipts(listed), withoutReceipts(message), what, reason);
}

/** Adds the line's reaction to a message, or removes it. */
export async function changeReaction(
  api: Pick<Api, "call">,
  messageId: number,
  operation: "add" | "remove",
  type: ApiReaction["reaction"],
): Promise<ApiReaction> {
  const path = `/chat_messages/${messageId}/reactions`;
  const { data } = await api.call<{ data: ApiReaction }>(operation === "add" ? 201 : REMOVED, "POST", path, {
    type,
    operation,
  });
  return data;
}

/** A message apart from whether it has arrived and been read, which may change at any time. */
export function withoutReceipts(message: ApiMessage): object {
  const { delivered_at: _, delivery_status: __, is_read: ___, ...rest } = message;
  return rest;
}
