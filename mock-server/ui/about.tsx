import { chatsById } from "./chat-list";
import { titleOf } from "./sentences";

/** The chat that a row is about, as far as that is known. */
export function About({ chat: id }: { readonly chat: number | null }) {
  if (id === null) return null;
  const chat = chatsById.value.get(id);
  return <bdi class="about muted">{chat ? titleOf(chat) : `chat ${id}`}</bdi>;
}
