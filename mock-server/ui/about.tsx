import { titleOf } from "./sentences";
import { chats } from "./store";

/** Whom a row is about, as far as that is known. */
export function About({ chat: id }: { readonly chat: number | null }) {
  if (id === null) return null;
  const chat = chats.value.get(id);
  return <bdi class="about muted">{chat ? titleOf(chat) : `chat ${id}`}</bdi>;
}
