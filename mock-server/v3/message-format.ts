import type { components } from "../../contracts/generated/v3/types";
import { isRange, wrongCard, wrongClip, wrongDecoration, wrongEffect, wrongLink } from "../../contracts/message-rules";
import { isUrl } from "../../contracts/urls";
import { linkedFile, UNKNOWN_TYPE } from "../../fixtures/resolve/attachments";
import { ATTACHMENTS_PATH } from "../world/attachments";
import { contentTypeOf } from "./content-type";
import { fieldMeant, PARTS_FORM } from "./did-you-mean";
import { refuse } from "./errors";
import { readHandle } from "./sending";

type Schemas = components["schemas"];
type MessageInput = Schemas["MessageInput"];
type PartInput = Schemas["MessagePartInput"];

const MOST_BY_URL = 40;
const ALONE: readonly PartInput["type"][] = ["link", "imessage_app", "app_clip"];

/** What is wrong with a message whatever the world is like: of what schemas cannot say (A-v3-code-choice). */
export function wrongMessage({ parts, experience, effect, reply_to: reply, ...others }: MessageInput) {
  if (experience !== undefined && parts !== undefined)
    return refuse("1004", { hint: "A message has either parts or an experience." });
  if (experience === undefined && parts === undefined)
    return refuse("1004", { hint: `message.parts is missing.${"text" in others ? "" : ` ${PARTS_FORM}`}` });
  const wrong = effect === undefined ? undefined : wrongEffect(effect);
  const wrongParts = partsRefusal(parts ?? []) ?? firstWrong(parts ?? []);
  if (wrongParts) return wrongParts;
  if (wrong !== undefined) return refuse("1005", { hint: `message.effect: ${wrong}.`, assumption: "A-v3-effect-name" });
  return (reply?.part_index ?? 0) < 0 ? refuse("1005", { hint: "reply_to.part_index is of no part." }) : undefined;
}

/** Which parts go together. */
function partsRefusal(parts: readonly PartInput[]) {
  const alone = parts.find(({ type }) => ALONE.includes(type));
  if (alone && parts.length > 1) return refuse("1004", { hint: `A ${alone.type} part stands alone; send two messages.` });
  const i = parts.findIndex((part, at) => part.type === "text" && parts[at + 1]?.type === "text");
  if (i >= 0) return refuse("1004", { hint: `message.parts[${i}] and [${i + 1}] are both text; join them.` });
  const byUrl = parts.filter((part) => part.type === "media" && part.url !== undefined).length;
  return byUrl > MOST_BY_URL ? refuse("1004", { hint: `${byUrl} parts are media by URL; ${MOST_BY_URL} may be.` }) : undefined;
}

function firstWrong(parts: readonly PartInput[]) {
  for (const part of parts) {
    const refusal = wrongPart(part);
    if (refusal) return refusal;
  }
  return undefined;
}

function wrongPart(part: PartInput) {
  switch (part.type) {
    case "text":
      return wrongText(part);
    case "media":
      return wrongMedia(part);
    case "link":
      return refusedFor("1004", wrongLink(part.value));
    case "imessage_app":
      return refusedFor("1008", wrongCard(part));
    case "app_clip":
      return refusedFor("1005", wrongClip(part));
  }
}

function refusedFor<Code extends "1004" | "1005" | "1008">(code: Code, reason: string | undefined) {
  return reason === undefined ? undefined : refuse(code, { hint: `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.` });
}

function wrongText({ value, text_decorations: decorations = [], mention, mentions, mention_range }: Schemas["TextPartInput"]) {
  const wrong = wrongDecoration(value, decorations);
  if (wrong) return refuse("1005", { hint: `text_decorations[${wrong.place}]: ${wrong.reason}.` });
  if (mentions?.some(({ handle }) => handle === undefined))
    return refuse("1005", { hint: "Each of mentions has a handle.", assumption: "A-v3-mentions-shape" });
  const named = mentions ? mentions.map(({ handle = "" }) => handle) : mention === undefined ? [] : [mention];
  const unreadable = named.find((handle) => readHandle(handle) === undefined);
  if (unreadable !== undefined)
    return refuse("1005", { hint: `A mention is of a number in E.164 form or an e-mail address, and not of "${unreadable}".` });
  const ranges = mentions ? mentions.map(({ range }) => range) : [mention_range];
  return ranges.some((range) => range !== undefined && !isRange(range, value))
    ? refuse("1005", { hint: "The range of a mention must be [start, end) within the text." })
    : undefined;
}

/** What is wrong with a file that is named by its URL or its id. */
export function wrongFile(file: Pick<Schemas["MediaPartInput"], "url" | "attachment_id">) {
  const { url, attachment_id: id } = file;
  if ((url === undefined) === (id === undefined)) {
    const said = ["A media part has either url or attachment_id.", fieldMeant(file, ["url", "attachment_id"])];
    return refuse("1005", { hint: said.filter(Boolean).join(" ") });
  }
  return url === undefined || isHttps(url) || mayBeOwn(url) ? undefined : refuseUrl();
}

export function isHttps(url: string): boolean {
  return /^https:\/\//i.test(url) && isUrl(url);
}

/** The vendor's files are at https, the mock's at http. Whether it has the file is asked where the world is known (A-v3-linked-file). */
export function mayBeOwn(url: string): boolean {
  return /^http:\/\//i.test(url) && isUrl(url) && new URL(url).pathname.includes(`${ATTACHMENTS_PATH}/`);
}

export function refuseUrl() {
  return refuse("1005", { hint: "The URL of a file begins with https, or is one of this mock." });
}

function wrongMedia(part: Schemas["MediaPartInput"]) {
  const wrong = wrongFile(part);
  if (wrong || part.url === undefined || mayBeOwn(part.url)) return wrong;
  const { mimeType } = linkedFile(part.url);
  if (mimeType === UNKNOWN_TYPE || contentTypeOf(mimeType)) return undefined;
  return refuse("1005", { hint: `V3 sends no files of the type ${mimeType}.`, assumption: "A-v3-linked-file" });
}
