import type { components } from "../../contracts/generated/v3/types";
import { commonService, type Identifier } from "../../contracts/identifiers";
import { Failure } from "../server/failure";
import { fileCalled } from "../world/announced-files";
import { idInUrl, type KnownFile, type LinkedFile, linkedAttachment, type NewAttachment } from "../world/attachments";
import { bestService } from "../world/magic-values";
import { partsOf } from "../world/message-parts";
import { hasWrittenIn, type NewMessage, type NewPart } from "../world/messages";
import type { Chat, Mention, MessageEffect, TextDecoration } from "../world/model";
import { ownHandle } from "../world/participants";
import type { World } from "../world/world";
import { refuse } from "./errors";
import { experiencePart } from "./experiences";
import { messageAt } from "./find-or-404";
import { isHttps, refuseUrl } from "./message-format";

type Schemas = components["schemas"];
type MessageInput = Schemas["MessageInput"];
type PartInput = Schemas["MessagePartInput"];
type TextInput = Schemas["TextPartInput"];
type AppCardInput = Schemas["AppCardPartInput"];

type Content = Omit<NewMessage, "idempotencyKey">;
type Refusal = ReturnType<
  typeof refuse<"1001" | "1004" | "1005" | "1008" | "2002" | "2003" | "2007" | "2018" | "2023" | "2028">
>;

/** Where a message goes. */
interface MessagePlace {
  readonly people: readonly Identifier[];
  /** Undefined when there is none yet. */
  readonly chat: Chat | undefined;
}

/** What a message is to hold, of a request whose format is right. */
export function readMessage(world: World, input: MessageInput, place: MessagePlace): Content | Refusal {
  const { experience, preferred_service: preferredService, effect } = input;
  const card = experience && experiencePart(experience);
  if (card instanceof Failure) return card;
  const parts = card ? [card] : (input.parts ?? []);
  const wrong = serviceRefusal(world, parts, preferredService, place);
  if (wrong) return wrong;
  const replyTo = readReply(world, input.reply_to, place.chat);
  if (replyTo instanceof Failure) return replyTo;
  const attachments: NewAttachment[] = [];
  const read: NewPart[] = [];
  for (const part of parts) {
    const one = readPart(world, part, attachments, place);
    if (one instanceof Failure) return one;
    read.push(one);
  }
  const texts = read.flatMap((part) => (part.type === "text" || part.type === "link" ? [part.value] : []));
  return {
    text: texts.join("\n"),
    attachments,
    ...(!isPlain(read) && { parts: read }),
    ...(effect && { effect: effect as MessageEffect }), // its format is right
    ...(replyTo && { replyTo }),
    ...(preferredService && { preferredService }),
  };
}

/** Whether a message has a text in it, first, and nothing else but files: then its parts need not be kept. */
function isPlain(parts: readonly NewPart[]): boolean {
  return parts.every((part, i) => {
    if (part.type === "media") return true;
    return part.type === "text" && i === 0 && part.decorations === undefined && part.mentions === undefined;
  });
}

/** An app card must not be preferred to go off iMessage, an App Clip must not go so. */
function serviceRefusal(
  world: World,
  [first]: readonly PartInput[],
  preferred: MessageInput["preferred_service"],
  { people, chat }: MessagePlace,
): Refusal | undefined {
  if (first?.type === "imessage_app") return preferred === "SMS" || preferred === "RCS" ? refuse("2018") : undefined;
  const usual = chat?.service ?? commonService(people.map((person) => bestService(world, person) ?? "iMessage"));
  return first?.type === "app_clip" && (preferred ?? usual) !== "iMessage" ? refuse("2028") : undefined;
}

function readPart(world: World, part: PartInput, attachments: NewAttachment[], place: MessagePlace): NewPart | Refusal {
  switch (part.type) {
    case "text":
      return readText(part, place);
    case "link":
      return { type: "link", value: part.value };
    case "media": {
      const attachment = readFile(world, part);
      if (attachment instanceof Failure) return attachment;
      attachments.push(attachment);
      return { type: "media", attachment: attachments.length - 1 };
    }
    case "imessage_app":
      return readAppCard(world, part, place);
    case "app_clip":
      return { type: "app_clip", content: { value: part.value } };
  }
}

/** Documented as optional, and as part of every answer. */
const NO_URL = "data:,"; // A-v3-card-without-url

function readAppCard(
  world: World,
  { type, interactive: _, ...content }: AppCardInput,
  { chat }: MessagePlace,
): NewPart | Refusal {
  if (content.layout.image_url !== undefined && !(chat && hasInbound(world, chat)))
    return refuse("1008", { hint: "layout.image_url is for chats in which the other side has written." });
  return { type, content: { url: NO_URL, ...content, fallback_text: content.fallback_text ?? null } };
}

function hasInbound(world: World, chat: Chat): boolean {
  const own = ownHandle(chat).id;
  return hasWrittenIn(world, chat, (handleId) => handleId !== own);
}

/** The file that a URL or an id names, of which one is given. */
export function readFile(
  world: World,
  { url = "", attachment_id: id }: Pick<Schemas["MediaPartInput"], "url" | "attachment_id">,
): KnownFile | LinkedFile | Refusal {
  const known = id ?? idInUrl(world, url);
  if (known !== undefined) return fileAt(world, known);
  return (isHttps(url) ? linkedAttachment(url) : undefined) ?? refuseUrl();
}

/** A file that was announced and uploaded, or that a message has. */
function fileAt(world: World, id: string): KnownFile | Refusal {
  const found = fileCalled(world, id.toLowerCase());
  if (!found) return refuse("2003");
  if (!found.isUploaded) return refuse("2007", { hint: "PUT the file to its upload_url first." });
  return { kind: "known", attachment: found.file };
}

function readText({ value, text_decorations: written, ...part }: TextInput, place: MessagePlace): NewPart | Refusal {
  const mentions = readMentions(part, place);
  if (mentions instanceof Failure) return mentions;
  const decorations = written?.map(
    ({ range: [start = 0, end = 0], ...how }): TextDecoration => ({ range: [start, end], ...how }),
  );
  return {
    type: "text",
    value,
    ...(decorations && decorations.length > 0 && { decorations }),
    ...(mentions.length > 0 && { mentions }),
  };
}

/** Those of `mentions`, which replaces `mention` and its range; a range without anybody is ignored (A-v3-mention-range). */
function readMentions(part: Omit<TextInput, "value">, { chat, people }: MessagePlace): Mention[] | Refusal {
  const { mention, mention_range } = part;
  const single = mention === undefined ? [] : [{ handle: mention, ...(mention_range && { range: mention_range }) }];
  const mentions: Mention[] = [];
  for (const { handle = "", range } of part.mentions ?? single) {
    const group = chat?.handles.map(({ identifier }) => identifier) ?? people;
    const isThere = group.some((identifier) => identifier === handle.toLowerCase());
    if (people.length < 2 || !isThere) return refuse("2023");
    const [start = 0, end = 0] = range ?? [];
    mentions.push({ handle: handle.toLowerCase() as Identifier, ...(range && { range: [start, end] }) });
  }
  return mentions;
}

function readReply(world: World, input: MessageInput["reply_to"], chat: Chat | undefined): NewMessage["replyTo"] | Refusal {
  if (input === undefined) return undefined;
  if (chat === undefined)
    return refuse("1005", { hint: "The first message of a chat replies to none.", assumption: "A-v3-first-message-code" });
  const found = messageAt(world, input.message_id);
  if (found instanceof Failure) return found;
  if (found.chat.id !== chat.id) return refuse("2002", { hint: "message.reply_to is a message of another chat." });
  const partIndex = input.part_index ?? 0;
  if (partIndex >= partsOf(found.message).length) return refuse("1005", { hint: "reply_to.part_index is of no part." });
  return { messageId: found.message.id, partIndex };
}
