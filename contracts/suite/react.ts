import type { Api, Reaction } from "./api";

/** Adds the line's reaction to a message, or removes it. */
export async function react(
  api: Pick<Api, "call">,
  messageId: number,
  operation: "add" | "remove",
  type: Reaction["reaction"],
): Promise<Reaction> {
  const path = `/chat_messages/${messageId}/reactions`;
  return (await api.call<{ data: Reaction }>(201, "POST", path, { type, operation })).data;
}
