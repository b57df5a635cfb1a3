import { chats } from "./store";

/** Whom a row is about, as far as that is known. */
export function About({ chat: id }: { readonly chat: number | null }) {
  if (id === null) return null;
  return <bdi class="about muted">{chats.value.get(id)?.title ?? `chat ${id}`}</bdi>;
}
