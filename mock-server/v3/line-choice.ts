import type { Identifier } from "../../contracts/identifiers";
import { activityPlaceOf, isOlder } from "../world/chat-order";
import { chatOfParticipants } from "../world/chats";
import type { Chat, Line } from "../world/model";
import type { World } from "../world/world";
import { refuse } from "./errors";
import { mayReuse } from "./sending";

interface Choice {
  readonly line: Line;
  readonly chat: Chat | undefined;
  /** The one that was active last of those with exactly these people, where all are on lines that may not send. */
  readonly previous: Chat | undefined;
}

/** Chooses the line for a message: of those that may send, that of the chat with exactly these people that was active last, else the first that is not excluded. */
export function chooseLine(
  world: World,
  people: readonly Identifier[],
  excluded: readonly string[],
): Choice | ReturnType<typeof refuse<"1005" | "2015">> {
  const all = [...world.lines.values()];
  const lines = all.filter(({ isFlagged }) => !isFlagged);
  if (lines.length === 0)
    return refuse("2015", { hint: all.length === 0 ? "There is no line." : "Every line has the status FLAGGED." });
  const chat = lastActive(world, lines, people);
  const line = chat
    ? lines.find(({ phoneNumber }) => phoneNumber === chat.line)
    : lines.find(({ phoneNumber }) => !excluded.includes(phoneNumber));
  if (!line && all.every(({ phoneNumber }) => excluded.includes(phoneNumber)))
    return refuse("1005", { hint: "exclude_from names every line, and one must be picked." });
  if (!line) return refuse("2015", { hint: "Every line that exclude_from does not name has the status FLAGGED." });
  return { line, chat, previous: chat ? undefined : lastActive(world, all, people) };
}

function lastActive(world: World, lines: readonly Line[], people: readonly Identifier[]): Chat | undefined {
  const chats = lines.flatMap(({ phoneNumber }) => chatOfParticipants(world, phoneNumber, people, mayReuse) ?? []);
  return chats.reduce<Chat | undefined>(
    (best, one) => (best && isOlder(activityPlaceOf(world, one), activityPlaceOf(world, best)) ? best : one),
    undefined,
  );
}
