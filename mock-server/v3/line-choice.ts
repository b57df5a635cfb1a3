import type { Identifier } from "../../contracts/identifiers";
import { activityPlaceOf } from "../world/chat-order";
import { chatOfParticipants } from "../world/chats";
import type { Chat, Line } from "../world/model";
import type { World } from "../world/world";
import { refuse } from "./errors";
import { mayReuse } from "./sending";

/** The chat with exactly these people that was active last and its line, else the first line that is not excluded. */
export function chooseLine(
  world: World,
  people: readonly Identifier[],
  excluded: readonly string[],
): { readonly line: Line; readonly chat: Chat | undefined } | ReturnType<typeof refuse<"1005" | "2015">> {
  const lines = [...world.lines.values()];
  const chats = lines.flatMap(({ phoneNumber }) => chatOfParticipants(world, phoneNumber, people, mayReuse) ?? []);
  const chat = chats.reduce<Chat | undefined>(
    (best, one) => (best && activityPlaceOf(world, best).at >= activityPlaceOf(world, one).at ? best : one),
    undefined,
  );
  const line = chat
    ? lines.find(({ phoneNumber }) => phoneNumber === chat.line)
    : lines.find(({ phoneNumber }) => !excluded.includes(phoneNumber));
  if (line) return { line, chat };
  if (lines.length === 0) return refuse("2015", { hint: "There is no line." });
  return refuse("1005", { hint: "exclude_from names every line, and one must be picked." });
}
