import type { Chat } from "../../suite/api";
import type { Answer, Scene } from "./fault";

/** Changes every chat in an answer, wherever it stands. */
export function everyChat(into: (chat: Chat, scene: Scene) => void): (answer: Answer, scene: Scene) => void {
  return ({ body }, scene) => {
    for (const chat of chatsIn(body)) into(chat, scene);
  };
}

function chatsIn(body: unknown): Chat[] {
  if (typeof body !== "object" || body === null) return [];
  return "chat_handles" in body ? [body as Chat] : Object.values(body).flatMap(chatsIn);
}
