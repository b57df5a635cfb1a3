import { UNKNOWN_TYPE } from "../../../../fixtures/resolve/attachments";
import { Failure } from "../../../server/failure";
import { attachmentUrl } from "../../../world/attachments";
import { sendToChat } from "../../../world/messages";
import { isGroup } from "../../../world/participants";
import { refuse } from "../../errors";
import { chatAt, lineAt } from "../../find";
import { readFile } from "../../message-input";
import type { Operation } from "../../operation";
import { peopleOf, sendingRefusal } from "../../sending";
import { chatServiceOf, handleViews, timeView } from "../../views";

const MAX_BYTES = 10 * 1024 * 1024;
/** Documented: MP3, M4A, AAC, CAF, WAV, AIFF and AMR, under all of their names. */
const AUDIO = /^audio\/(mpeg|mp3|mp4|(x-)?m4a|(x-)?aac|(x-)?caf|(x-)?wav|wave|vnd\.wave|(x-)?aiff|amr)$/;

/** Sends an audio file as a voice memo: an uploaded one, or one by its URL. */
export const sendVoiceMemo: Operation<"sendVoiceMemo"> = (world, { path: { chatId }, body }) => {
  const chat = chatAt(world, chatId);
  if (chat instanceof Failure) return chat;
  const { voice_memo_url: url, attachment_id, override_optout } = body;
  if (url === undefined && attachment_id === undefined)
    return refuse("1001", { hint: "voice_memo_url or attachment_id is missing." });
  const file = readFile(world, { ...(url !== undefined && { url }), ...(attachment_id !== undefined && { attachment_id }) });
  if (file instanceof Failure) return file;
  const { mimeType, fileSize } = file.kind === "known" ? file.attachment : file;
  const isUnknown = file.kind === "link" && mimeType === UNKNOWN_TYPE; // A-v3-linked-file
  if (!isUnknown && !AUDIO.test(mimeType))
    return refuse("5004", { hint: `A voice memo is MP3, M4A, AAC, CAF, WAV, AIFF or AMR, and not ${mimeType}.` });
  if (fileSize > MAX_BYTES) return refuse("5001");
  const line = lineAt(world, chat.line);
  if (line instanceof Failure) return line as Failure<403>;
  const people = peopleOf(chat);
  const refusal = sendingRefusal(world, line, people, override_optout);
  if (refusal) return refusal;
  const sent = sendToChat(world, chat, { text: "", attachments: [file] });
  if (sent.kind === "refused") return refuse("1005", { hint: `${sent.magic.value} stands for this: ${sent.magic.happens}.` });
  const { message } = sent;
  const [memo] = message.attachments;
  if (!memo) throw new Error(`the voice memo ${message.id} has no file`);
  return {
    status: 202,
    body: {
      voice_memo: {
        id: world.publicIds.uuidOf("message", message.id),
        chat: {
          id: world.publicIds.uuidOf("chat", chat.id),
          handles: handleViews(world, chat),
          is_active: true,
          is_group: isGroup(chat),
          service: chatServiceOf(world, chat),
        },
        created_at: timeView(message.sentAt),
        from: chat.line,
        status: "queued",
        to: people,
        voice_memo: {
          id: memo.id,
          filename: memo.filename,
          mime_type: memo.mimeType,
          size_bytes: memo.fileSize,
          url: attachmentUrl(world, memo),
          duration_ms: null,
        },
        service: chat.service,
      },
    },
  };
};
