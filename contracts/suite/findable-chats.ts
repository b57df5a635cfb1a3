import type { Chat } from "./api";
import { Skip } from "./judging/signals";
import { participantsOf } from "./people";
import type { Survey } from "./survey";

interface Place {
  readonly survey: Pick<Survey, "someChats" | "lines">;
  readonly line: string;
}

/**
 * The chats that find can be asked for, groups first. One with another own line in it may be that line's chat.
 *
 * @throws Skip when there are none
 */
export async function findableChats({ survey, line }: Place): Promise<[Chat, ...Chat[]]> {
  const chats = await survey.someChats(Number.POSITIVE_INFINITY);
  const own = new Set((await survey.lines()).map(({ phone_number }) => phone_number));
  const findable = chats.filter((chat) => participantsOf(chat, line).every((participant) => !own.has(participant)));
  const isGroup = (chat: Chat): boolean => participantsOf(chat, line).length > 1;
  const [first, ...others] = [...findable.filter(isGroup), ...findable.filter((chat) => !isGroup(chat))];
  if (!first) throw new Skip("the line has no chat that is not with another own line");
  return [first, ...others];
}
