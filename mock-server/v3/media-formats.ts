import { isEmoji } from "../../contracts/emoji";
import type { OperationId } from "../../contracts/generated/v3/operations";
import type { components } from "../../contracts/generated/v3/types";
import { wrongCardUrl, wrongLayout } from "../../contracts/message-rules";
import { linkedFile, UNKNOWN_TYPE } from "../../fixtures/resolve/attachments";
import { Failure } from "../server/failure";
import { isHttpUrl } from "../world/attachments";
import { refuse } from "./errors";
import { isE164, refuseNumber } from "./find-or-404";
import { isHttps, mayBeOwn, wrongFile, wrongMessage } from "./message-format";
import type { OperationRequest } from "./operation";
import { reservedHeader, routingRefusal } from "./routing-headers";
import { readHandle, readHandles } from "./sending";
import { webhookVersionOf } from "./webhook-version";

type Schemas = components["schemas"];
type Given<Id extends OperationId> = Pick<OperationRequest<Id>, "path" | "query" | "body" | "idempotencyKey">;
type FormatTable = { readonly [Id in OperationId]?: (given: Given<Id>) => Failure | undefined };

const LONGEST_EDIT = 10_000;
const LONGEST_KEY = 255;
const OFFSET = /^\d{1,9}$/;
/** Documented: MP3, M4A, AAC, CAF, WAV, AIFF and AMR, under all of their names. */
const AUDIO = /^audio\/(mpeg|mp3|mp4|(x-)?m4a|(x-)?aac|(x-)?caf|(x-)?wav|wave|vnd\.wave|(x-)?aiff|amr)$/;

/**
 * What is wrong with a request whatever the world is like, of what schemas cannot say. So formats come before ownership, existence and state
 * (A-v3-validation-order).
 */
export const FORMATS: FormatTable = {
  createChat: ({ body: { to, message } }) => failureOf(readHandles(to)) ?? wrongMessage(message),
  sendMessage: ({ body: { message } }) => wrongMessage(message),
  sendMessageAuto: ({ body: { to, message, exclude_from }, idempotencyKey = "" }) =>
    failureOf(readHandles(to)) ??
    malformed("1002", "exclude_from", exclude_from) ??
    (idempotencyKey.length > LONGEST_KEY
      ? refuse("1005", { hint: `An idempotency key has at most ${LONGEST_KEY} characters.` })
      : undefined) ??
    wrongMessage(message),
  listChats: ({ query: { to, cursor = "0" } }) => {
    if (!OFFSET.test(cursor)) return refuse("1005", { hint: "cursor is what next_cursor of the page before said." });
    return to === undefined || to.includes("@") || isE164(to) ? undefined : refuseNumber("to", to);
  },
  updateChat: ({ body: { group_chat_icon: icon } }) => (icon ? wrongIcon(icon) : undefined),
  addParticipant: ({ body: { handle } }) => wrongHandle("1002", "handle", handle),
  removeParticipant: ({ body: { handle } }) => wrongHandle("1002", "handle", handle),
  sendVoiceMemo: ({ body }) => wrongMemo(body),
  createPoll: ({ body: { poll } }) => noOptions(poll.options),
  addPollOptions: ({ body: { options } }) => noOptions(options),
  stopLocation: ({ body }) => wrongHandle("1005", "handle", (body as { readonly handle: string }).handle),
  editMessage: ({ body: { text, part_index: index = 0 } }) => {
    if (text.trim() === "" || text.length > LONGEST_EDIT)
      return refuse("1004", { hint: `text has 1 to ${LONGEST_EDIT} characters.` });
    return index < 0 ? refuse("1005", { hint: `part ${index} is no part.` }) : undefined;
  },
  react: ({ body: { type, custom_emoji: emoji, part_index: index = 0 } }) => {
    if (type === "sticker") return refuse("1005", { hint: "The mock sends no stickers.", assumption: "A-v3-stickers" });
    if (type === "custom" && !emoji) return refuse("1001", { hint: "A custom reaction has custom_emoji." });
    if (type === "custom" && emoji && !isEmoji(emoji))
      return refuse("1005", { hint: "custom_emoji is one emoji.", assumption: "A-v3-custom-emoji" });
    return index < 0 ? refuse("1005", { hint: "part_index is of no part." }) : undefined;
  },
  updateAppCard: ({ body: { layout, url } }) => {
    const wrong = wrongLayout(layout) ?? (url === undefined ? undefined : wrongCardUrl(url));
    return wrong === undefined ? undefined : refuse("1008", { hint: `${wrong}.` });
  },
  createAttachment: ({ body: { filename } }) =>
    filename.trim() === "" ? refuse("1005", { hint: "filename is blank." }) : undefined,
  createWebhookSubscription: ({ body }) => wrongTarget(body.target_url) ?? routingRefusal(routingOf(body)),
  updateWebhookSubscription: ({ body }) =>
    (body.target_url === undefined ? undefined : wrongTarget(body.target_url)) ?? reservedHeader(routingOf(body)),
  getAvailableNumber: ({ query: { to = [], exclude_from } }) =>
    malformed("1005", "exclude_from", exclude_from, "A-v3-available-number") ?? as1005(failureOf(readHandles(to))),
  updatePhoneNumber: ({ body: { forwarding_number: number } }) =>
    number && !isE164(number) ? refuseNumber("forwarding_number", number) : undefined,
  checkIMessage: ({ body: { address } }) => wrongHandle("1002", "address", address),
  checkRcs: ({ body: { address } }) =>
    address.includes("@")
      ? refuse("1002", { hint: "An e-mail address is checked for iMessage only." })
      : wrongHandle("1002", "address", address),
  createContactCard: ({ body }) => wrongCardFields(body),
  updateContactCard: ({ body }) => wrongCardFields(body),
  blockHandle: ({ body: { handle } }) => blank(handle),
  unblockHandle: ({ body: { handle } }) => blank(handle),
  createPayment: ({ body: { handle } }) => wrongHandle("1002", "handle", handle),
  createPaymentRequest: ({ body: { amount, currency, price_id } }) => {
    if (price_id !== undefined) return undefined;
    const missing = amount === undefined ? "amount, or price_id," : currency === undefined ? "currency" : undefined;
    return missing === undefined ? undefined : refuse("1001", { hint: `${missing} is missing.`, assumption: "A-v3-examples" });
  },
};

function failureOf(read: unknown): Failure | undefined {
  return read instanceof Failure ? read : undefined;
}

/** A failure of an operation that has no code for numbers. */
function as1005(failure: Failure | undefined) {
  return failure && refuse("1005", { hint: failure.hint ?? "" });
}

function malformed(code: "1002" | "1005", field: string, numbers: readonly string[] = [], assumption?: string) {
  const i = numbers.findIndex((number) => !isE164(number));
  if (i < 0) return undefined;
  const { hint } = refuseNumber(`${field}[${i}]`, numbers[i] ?? "");
  return refuse(code, { ...(hint !== undefined && { hint }), ...(assumption !== undefined && { assumption }) });
}

function wrongHandle(code: "1002" | "1005", field: string, written: string) {
  if (readHandle(written) !== undefined) return undefined;
  const refusal = refuseNumber(field, written, "a number in E.164 form or an e-mail address");
  return code === "1002" ? refusal : refuse(code, { hint: refusal.hint ?? "" });
}

function blank(handle: string) {
  return handle.trim() === "" ? refuse("1005", { hint: "handle is blank." }) : undefined;
}

function noOptions({ length }: readonly unknown[]) {
  return length > 0 ? undefined : refuse("1004", { hint: "options is empty." });
}

function wrongCardFields({ first_name: name, image_url }: Schemas["ContactCardUpdateRequest"]) {
  return name?.trim() === "" ? refuse("1001", { hint: "first_name is blank." }) : wrongPicture(image_url);
}

function wrongPicture(url: string | undefined) {
  return url === undefined || isHttpUrl(url) ? undefined : refuse("5007", { hint: "image_url is a URL of http or https." });
}

function routingOf({
  routing_id_header: id = null,
  routing_key_header: key = null,
}: Schemas["WebhookSubscriptionUpdateRequest"]) {
  return { id, key };
}

function wrongTarget(url: string) {
  if (webhookVersionOf(url) !== undefined) return undefined;
  const hint = "The version in target_url is 2025-01-01 or 2026-02-03; without one, it is the newest.";
  return refuse("1005", { hint, assumption: "A-v3-webhook-version" });
}

function wrongIcon(icon: string) {
  if (mayBeOwn(icon)) return undefined;
  if (!isHttps(icon)) return refuse("1005", { hint: "group_chat_icon is an https URL, or one of this mock." });
  const { mimeType } = linkedFile(icon);
  return mimeType === UNKNOWN_TYPE ? undefined : wrongImage(mimeType);
}

/** Why a file is no picture of a group, by its type. */
export function wrongImage(mimeType: string) {
  if (mimeType.startsWith("image/")) return undefined;
  return refuse("5004", { hint: `group_chat_icon is a picture, and not ${mimeType}.`, assumption: "A-v3-linked-file" });
}

function wrongMemo({ voice_memo_url: url, attachment_id: id }: Schemas["VoiceMemoRequest"]) {
  if (url === undefined && id === undefined) return refuse("1001", { hint: "voice_memo_url or attachment_id is missing." });
  const wrong = wrongFile({ ...(url !== undefined && { url }), ...(id !== undefined && { attachment_id: id }) });
  if (wrong || url === undefined || mayBeOwn(url)) return wrong;
  const { mimeType } = linkedFile(url);
  return mimeType === UNKNOWN_TYPE ? undefined : wrongAudio(mimeType); // A-v3-linked-file
}

/** Why a file is no voice memo, by its type. */
export function wrongAudio(mimeType: string) {
  if (AUDIO.test(mimeType)) return undefined;
  return refuse("5004", { hint: `A voice memo is MP3, M4A, AAC, CAF, WAV, AIFF or AMR, and not ${mimeType}.` });
}
