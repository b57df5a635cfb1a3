import type { LawContext } from "./law";
import { newMessage } from "./new-message";

/** The id of the chat that the line has with some people. A message opens it when they have none. */
export async function chatWith(
  { api, line, unique }: Pick<LawContext, "api" | "line" | "unique">,
  participants: readonly string[],
): Promise<number> {
  const found = await api.find(line, participants);
  return (found ?? (await api.create(line, participants, newMessage({ unique })))).id;
}
