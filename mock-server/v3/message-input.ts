import type { components } from "../../contracts/generated/v3/types";
import { commonService, type Identifier } from "../../contracts/identifiers";
import { Failure } from "../server/failure";
import { fileCalled } from "../world/announced-files";
import { type KnownFile, type LinkedFile, linkedAttachment, type NewAttachment } from "../world/attachments";
import { bestService } from "../world/magic-values";
import { hasWrittenIn, type NewMessage, type NewPart } from "../world/messages";
import type { Chat, Mention, MessageEffect, TextDecoration } from "../world/model";
import { ownHandle } from "../world/participants";
import { partsOf } from "../world/parts";
import type { World } from "../world/world";
import { refuse } from "./errors";
import { experiencePart } from "./experiences";
import { messageAt } from "./find";
import { fieldMeant } from "./meant";

type Schemas = components["schemas"];
type MessageInput = Schemas["MessageInput"];
type PartInput = Schemas["MessagePartInput"];
type TextInput = Schemas["TextPartInput"];
type AppCardInput = Schemas["AppCardPartInput"];

const MOST_BY_URL = 40;
const ALONE: readonly PartInput["type"][] = ["link", "imessage_app", "app_clip"];
const LONGEST_URL = 2048;
const LONGEST_DATA_URL = 16_384;
const CARD_URL = /^(https:\/\/|data:)/i;
const LINK = /^(https?|ftp):\/\/\S+$/i;
const EFFECTS: Readonly<Record<MessageEffect["type"], readonly string[]>> = {
  screen: [
    ...["confetti", "fireworks", "lasers", "sparkles", "celebration", "hearts", "love", "balloons"],
    ...["happy_birthday", "echo", "spotlight"],
  ],
  bubble: ["slam", "loud", "gentle", "invisible"],
};

type Content = Omit<NewMessage, "idempotencyKey">;
type Refusal = ReturnType<
  typeof refuse<"1004" | "1005" | "1008" | "2002" | "2003" | "2007" | "2011" | "2018" | "2023" | "2028">
>;

/** Where a message goes. */
interface MessagePlace {
  readonly people: readonly Identifier[];
  /** Undefined when there is none yet. */
  readonly chat: Chat | undefined;
}

/** What a message is to hold, of a request whose shape is right. */
export function readMessage(world: World, input: MessageInput, place: MessagePlace): Content | Refusal {
  const { experience, preferred_service: preferredService } = input;
  if (experience !== undefined && input.parts !== undefined)
    return refuse("1004", { hint: "A message has either parts or an experience." });
  const card = experience && experiencePart(experience);
  if (card instanceof Failure) return card;
  const parts = card ? [card] : input.parts;
  if (parts === undefined) return refuse("1004", { hint: "message.parts is missing." });
  const wrong = partsRefusal(parts) ?? serviceRefusal(world, parts, preferredService, place);
  if (wrong) return wrong;
  const effect = readEffect(input.effect);
  if (effect instanceof Failure) return effect;
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
    ...(effect && { effect }),
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

/** Which parts go together. */
function partsRefusal(parts: readonly PartInput[]): Refusal | undefined {
  const alone = parts.find(({ type }) => ALONE.includes(type));
  if (alone && parts.length > 1) return refuse("1004", { hint: `A ${alone.type} part stands alone; send two messages.` });
  const i = parts.findIndex((part, at) => part.type === "text" && parts[at + 1]?.type === "text");
  if (i >= 0) return refuse("1004", { hint: `message.parts[${i}] and [${i + 1}] are both text; join them.` });
  const byUrl = parts.filter((part) => part.type === "media" && part.url !== undefined).length;
  if (byUrl > MOST_BY_URL) return refuse("1004", { hint: `${byUrl} parts are media by URL; ${MOST_BY_URL} may be.` });
  return undefined;
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
      if (!LINK.test(part.value)) return refuse("1004", { hint: "A link begins with http, https or ftp." });
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

function readAppCard(
  world: World,
  { type, interactive: _, ...content }: AppCardInput,
  { chat }: MessagePlace,
): NewPart | Refusal {
  const { app, layout, url = "", fallback_text = null } = content;
  if (!/^[A-Z0-9]{10}$/.test(app.team_id)) return refuse("1008", { hint: "app.team_id is ten capital letters and digits." });
  const { caption, image_url, image_title, image_subtitle } = layout;
  if (caption === undefined && image_url === undefined)
    return refuse("1008", { hint: "layout needs a caption or an image_url." });
  if (image_url === undefined && (image_title ?? image_subtitle) !== undefined)
    return refuse("1008", { hint: "image_title and image_subtitle need an image_url." });
  if (url !== "" && !CARD_URL.test(url)) return refuse("1008", { hint: "The url of a card is one of https or data." });
  const longest = url.startsWith("data:") ? LONGEST_DATA_URL : LONGEST_URL;
  if (url.length > longest) return refuse("1008", { hint: `The url has ${url.length} characters, and at most ${longest}.` });
  if (image_url !== undefined && !(chat && hasInbound(world, chat)))
    return refuse("1008", { hint: "layout.image_url is for chats in which the other side has written." });
  return { type, content: { ...content, fallback_text } };
}

function hasInbound(world: World, chat: Chat): boolean {
  const own = ownHandle(chat).id;
  return hasWrittenIn(world, chat, (handleId) => handleId !== own);
}

export function readFile(
  world: World,
  file: Pick<Schemas["MediaPartInput"], "url" | "attachment_id">,
): KnownFile | LinkedFile | Refusal {
  const { url, attachment_id: id } = file;
  if ((url === undefined) === (id === undefined))
    return refuse("1005", {
      hint: ["A media part has either url or attachment_id.", fieldMeant(file, ["url", "attachment_id"])]
        .filter(Boolean)
        .join(" "),
    });
  if (id !== undefined) return fileAt(world, id);
  if (!url?.startsWith("https://")) return refuse("1005", { hint: "The url of a media part begins with https." });
  return linkedAttachment(url) ?? refuse("1005");
}

/** A file that was announced and uploaded, or that a message has. */
function fileAt(world: World, id: string): KnownFile | Refusal {
  const found = fileCalled(world, id.toLowerCase());
  if (!found) return refuse("2003");
  if (!found.isUploaded) return refuse("2007", { hint: "PUT the file to its upload_url first." });
  return { kind: "known", attachment: found.file };
}

function readText({ value, ...part }: TextInput, place: MessagePlace): NewPart | Refusal {
  const decorations: TextDecoration[] = [];
  for (const [i, { range, style, animation }] of (part.text_decorations ?? []).entries()) {
    const [start = -1, end = -1] = range;
    const named = `text_decorations[${i}]`;
    if (!isRange(range, value)) return refuse("1005", { hint: `${named}.range must be [start, end) within the text.` });
    if ((style === undefined) === (animation === undefined)) {
      return refuse("1005", { hint: `${named} has either style or animation.` });
    }
    const isCrossed = decorations.some(
      (other) => other.range[0] < end && start < other.range[1] && (other.animation ?? animation),
    );
    if (isCrossed) return refuse("1005", { hint: `${named} overlaps another, and one is an animation.` });
    decorations.push({ range: [start, end], ...(style && { style }), ...(animation && { animation }) });
  }
  const mentions = readMentions(value, part, place);
  if (mentions instanceof Failure) return mentions;
  return {
    type: "text",
    value,
    ...(decorations.length > 0 && { decorations }),
    ...(mentions.length > 0 && { mentions }),
  };
}

/** Those of `mentions`, which replaces `mention` and its range; a range without anybody is ignored (A-v3-mention-range). */
function readMentions(value: string, part: Omit<TextInput, "value">, { chat, people }: MessagePlace): Mention[] | Refusal {
  const { mention, mention_range } = part;
  const single = mention === undefined ? [] : [{ handle: mention, ...(mention_range && { range: mention_range }) }];
  const mentions: Mention[] = [];
  for (const { handle, range } of part.mentions ?? single) {
    if (handle === undefined)
      return refuse("1005", { hint: "Each of mentions has a handle.", assumption: "A-v3-mentions-shape" });
    const group = chat?.handles.map(({ identifier }) => identifier) ?? people;
    const isThere = group.some((identifier) => identifier === handle.toLowerCase());
    if (people.length < 2 || !isThere) return refuse("2023");
    if (range !== undefined && !isRange(range, value))
      return refuse("1005", { hint: "The range of a mention must be [start, end) within the text." });
    const [start = 0, end = 0] = range ?? [];
    mentions.push({ handle: handle.toLowerCase() as Identifier, ...(range && { range: [start, end] }) });
  }
  return mentions;
}

/** In UTF-16 units, as JavaScript counts. */
function isRange(range: readonly number[], text: string): boolean {
  const [start = -1, end = -1] = range;
  return range.length === 2 && start >= 0 && start < end && end <= text.length;
}

function readEffect(input: MessageInput["effect"]): MessageEffect | Refusal | undefined {
  if (input === undefined) return undefined;
  const { type, name } = input;
  if (type === undefined || name === undefined || !EFFECTS[type].includes(name)) {
    const known = Object.entries(EFFECTS).map(([kind, names]) => `${kind}: ${names.join(", ")}`);
    const hint = `message.effect has a type and a name: ${known.join("; ")}.`;
    return refuse("1005", { hint, assumption: "A-v3-effect-name" });
  }
  return { type, name };
}

function readReply(world: World, input: MessageInput["reply_to"], chat: Chat | undefined): NewMessage["replyTo"] | Refusal {
  if (input === undefined) return undefined;
  if (chat === undefined) return refuse("1005", { hint: "The first message of a chat replies to none." }); // A-v3-first-message-code
  const found = messageAt(world, input.message_id);
  if (found instanceof Failure) return found;
  if (found.chat.id !== chat.id) return refuse("2002", { hint: "message.reply_to is a message of another chat." });
  const partIndex = input.part_index ?? 0;
  if (partIndex < 0 || partIndex >= partsOf(found.message).length)
    return refuse("1005", { hint: "reply_to.part_index is of no part." });
  return { messageId: found.message.id, partIndex };
}
