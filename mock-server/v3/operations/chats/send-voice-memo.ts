import { Failure } from "../../../server/failure";
import { attachmentUrl } from "../../../world/attachments";
import { sendToChat } from "../../../world/messages";
import { isGroup } from "../../../world/participants";
import { contentTypeOf } from "../../content-type";
import { refuse } from "../../errors";
import { chatAt, lineAt } from "../../find-or-404";
import { wrongAudio } from "../../media-formats";
import { readFile } from "../../message-input";
import type { Operation } from "../../operation";
import { peopleOf, sendingRefusal, serviceFor } from "../../sending";
import { timeView } from "../../timestamps";
import { chatServiceOf, handleViews } from "./view";

const MAX_BYTES = 10 * 1024 * 1024;

/** Sends an audio file as a voice memo: an uploaded one, or one by its URL. */
export const sendVoiceMemo: Operation<"sendVoiceMemo"> = (world, { path: { chatId }, body }) => {
  const chat = chatAt(world, chatId);
  if (chat instanceof Failure) return chat;
  const { voice_memo_url: url, attachment_id, override_optout } = body;
  const file = readFile(world, { ...(url !== undefined && { url }), ...(attachment_id !== undefined && { attachment_id }) });
  if (file instanceof Failure) return file;
  const { mimeType, fileSize } = file.kind === "known" ? file.attachment : file;
  const wrong = file.kind === "known" ? wrongAudio(mimeType) : undefined; // of a URL it is known before
  if (wrong) return wrong;
  if (fileSize > MAX_BYTES) return refuse("5001");
  const line = lineAt(world, chat.line);
  if (line instanceof Failure) return line as Failure<403>;
  const people = peopleOf(chat);
  const refusal = sendingRefusal(world, line, people, override_optout);
  if (refusal) return refusal;
  const sent = sendToChat(world, chat, { text: "", attachments: [file], ...serviceFor(world, people, {}) });
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
          mime_type: contentTypeOf(memo.mimeType) ?? memo.mimeType,
          size_bytes: memo.fileSize,
          url: attachmentUrl(world, memo),
          duration_ms: null,
        },
        service: chat.service,
      },
    },
  };
};
