import type { ApiChat } from "../../../api-types";
import { type Api, othersIn } from "../../api";
import { expectSame } from "../../expect";
import { Skip } from "../../law-errors";
import type { Sample } from "../../server-sample";

interface Place {
  readonly sample: Pick<Sample, "someChats" | "lines">;
  readonly line: string;
}

/**
 * The chats that find can be asked for, groups first. One with another own line in it may be that line's chat.
 *
 * @throws Skip when there are none
 */
export async function findableChats({ sample, line }: Place): Promise<[ApiChat, ...ApiChat[]]> {
  const chats = await sample.someChats(Number.POSITIVE_INFINITY);
  const own = new Set((await sample.lines()).map(({ phone_number }) => phone_number));
  const findable = chats.filter((chat) => othersIn(chat, line).every((participant) => !own.has(participant)));
  const isGroup = (chat: ApiChat): boolean => othersIn(chat, line).length > 1;
  const [first, ...others] = [...findable.filter(isGroup), ...findable.filter((chat) => !isGroup(chat))];
  if (!first) throw new Skip("the line has no chat that is not with another own line");
  return [first, ...others];
}

/** Who is in each of those chats besides the line. @throws Skip when there are none */
export async function findableParticipants({ sample, line }: Place): Promise<[string[], ...string[][]]> {
  const [first, ...others] = await findableChats({ sample, line });
  return [othersIn(first, line), ...others.map((chat) => othersIn(chat, line))];
}

/** A line and participants, in one of the ways to ask for the same chat. */
type Way = readonly [line: string, participants: readonly string[]];

/**
 * Asks find for a chat in several ways; `what` says in which others than the first.
 *
 * @throws Broken when the answers differ, Skip when it is found in no way, and law 8 fails then
 */
export async function expectFoundEachWay(
  api: Pick<Api, "find">,
  what: string,
  [first, ...others]: readonly [Way, ...Way[]],
): Promise<void> {
  const found = await api.find(...first);
  for (const way of others) expectSame(await api.find(...way), found, what);
  if (!found) throw new Skip("find did not find the chat");
}
