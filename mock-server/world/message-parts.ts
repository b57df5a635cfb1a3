import type { Chat, Message, MessagePart } from "./model";
import { moveReactions } from "./reactions";
import type { World } from "./world";

/** The parts of a message: as they were sent or, where it says nothing of them, its text followed by its attachments. */
export function partsOf({ parts, text, attachments }: Message): readonly MessagePart[] {
  if (parts) return parts;
  const files = attachments.map(({ id }) => ({ type: "media" as const, attachmentId: id }));
  return text === "" ? files : [{ type: "text", value: text }, ...files];
}

/** Changes the text of a message; reactions stay with their parts. Its id and the time it was sent stay. */
export function changeText(world: World, chat: Chat, message: Message, text: string): Message {
  const { parts: given, ...others } = message;
  const before = partsOf(message);
  const parts = withText(before, text);
  const changed = { text, ...(given && { parts }), editedAt: world.clock.now() };
  const edited = world.messages.replace({ ...others, ...withOriginal(message), ...changed });
  moveReactions(world, message, (index) => {
    const part = before[index];
    return Math.max(
      parts.findIndex((one) => one === part || (isWords(one) && (!part || isWords(part)))),
      0,
    );
  });
  world.announce({ kind: "message.edited", chat, message: edited });
  return edited;
}

/** The parts with one text, unless it is empty, in the place of all texts and links. */
function withText(parts: readonly MessagePart[], text: string): readonly MessagePart[] {
  const first = Math.max(parts.findIndex(isWords), 0);
  const others = parts.filter((part) => !isWords(part));
  const value: readonly MessagePart[] = text === "" ? [] : [{ type: "text", value: text }];
  return [...others.slice(0, first), ...value, ...others.slice(first)];
}

/** Changes the text of one part of a message. */
export function changePart(
  world: World,
  chat: Chat,
  message: Message,
  { index, text: value }: { readonly index: number; readonly text: string },
): Message {
  const changed = partsOf(message).map((part, i): MessagePart => (i === index ? { type: "text", value } : part));
  const edited = world.messages.replace({
    ...message,
    ...withOriginal(message),
    text: changed.flatMap((part) => (isWords(part) ? [part.value] : [])).join("\n"),
    ...(message.parts && { parts: changed }),
    edits: (message.edits ?? 0) + 1,
    editedAt: world.clock.now(),
  });
  world.announce({ kind: "message.edited", chat, message: edited, partIndex: index });
  return edited;
}

/** What a message said before it was edited, where somebody may ask for that. */
function withOriginal({ asSent, text, parts }: Message): Pick<Message, "asSent"> {
  if (!asSent) return {};
  return { asSent: asSent.text === undefined ? { ...asSent, text, ...(parts && { parts }) } : asSent };
}

export function isWords(part: MessagePart): part is Extract<MessagePart, { type: "text" | "link" }> {
  return part.type === "text" || part.type === "link";
}

/** Shorter texts do not count. */
const LONG_TEXT = 1000;

/** What the long texts of a message take. */
export function textBytes({ text = "", parts, asSent }: Partial<Message>): number {
  let bytes = longBytes(text) + (asSent ? textBytes(asSent) : 0);
  for (const part of parts ?? []) {
    if ("value" in part) bytes += longBytes(part.value);
    if ("content" in part) bytes += longBytes(JSON.stringify(part.content));
  }
  return bytes;
}

function longBytes(text: string): number {
  return text.length < LONG_TEXT ? 0 : Buffer.byteLength(text);
}
