import type { Chat } from "./api";
import { correspondents } from "./correspondents";
import { Skip } from "./judging/signals";
import { unlessRefused } from "./judging/unless-refused";
import type { LawContext } from "./law";

/** Does what people may see in a chat, and in that with the recipients, where it is allowed. @throws Skip when it is in neither */
export async function inVisibleChats(
  context: LawContext,
  { id }: Pick<Chat, "id">,
  work: (chatId: number) => Promise<void>,
): Promise<void> {
  const theirs = await chatOfRecipients(context);
  let isDone = false;
  for (const chatId of new Set([id, theirs?.id ?? id])) {
    const done = await unlessRefused(work(chatId).then(() => true));
    isDone ||= done ?? false;
  }
  if (!isDone) throw new Skip("there is no chat for it; name one with --chat, or the people who are in it with --recipient");
}

/** The chat with all whom one would write to, or with the first of them. */
async function chatOfRecipients({ api, line, people }: LawContext): Promise<Chat | null> {
  if (people.length === 0) return null;
  const group = correspondents(people);
  const found = await api.find(line, group);
  return found || group.length === 1 ? found : api.find(line, group.slice(0, 1));
}
