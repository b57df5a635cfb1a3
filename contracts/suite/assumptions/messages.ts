import { testMessage } from "../checks/sending/temporary-message";
import { Skip } from "../law-errors";
import { sentAt } from "../server-sample";
import { Contradiction, type Group, type ProbeContext, statusProbe } from "./probe";

/** How messages are listed and shown, and what may be done to those of others. */
export const messageTests = {
  "A-message-order": [
    { kind: "read", requests: 0, probe: byTime },
    statusProbe("read", 400, {
      "a list of the messages before a word": async (context) => ["GET", `${await listPath(context)}?before=yesterday`],
      "a list of messages with an unknown sort": async (context) => ["GET", `${await listPath(context)}?sort=up`],
    }),
  ],
  "A-linked-file-size": { kind: "read", requests: 0, probe: noSize },
  "A-edit-own": statusProbe("send", 422, { "editing somebody else's message": editOfOther }),
} satisfies Group;

async function listPath({ sample }: ProbeContext): Promise<string> {
  return `/chats/${(await sample.chat()).id}/chat_messages`;
}

async function byTime({ sample }: ProbeContext): Promise<string> {
  const { messages: listed } = await sample.conversation();
  if (listed.length < 2) throw new Skip("no chat with several messages was seen");
  for (const [i, message] of listed.entries()) {
    const before = listed[i - 1];
    if (!before || sentAt(before) < sentAt(message)) continue;
    if (sentAt(before) > sentAt(message)) throw new Contradiction("messages are listed in another order than they were sent");
    if (before.id > message.id) throw new Contradiction("messages of the same moment are not listed by their ids");
  }
  return "messages are listed by the time of sending";
}

/** A file of no size can only be a linked one; others may be either. */
async function noSize({ sample, line }: ProbeContext): Promise<string> {
  const { messages: listed } = await sample.conversation();
  const sent = listed.filter(({ sent_from }) => sent_from === line).flatMap(({ attachments }) => attachments);
  if (sent.some(({ file_size }) => file_size === 0)) return "a file whose file_size is 0 was seen";
  throw new Skip("no file whose file_size is 0 was seen, and no answer tells which files are linked");
}

async function editOfOther(context: ProbeContext): Promise<["POST", string, object]> {
  const { sample, line } = context;
  const { chat, messages: listed } = await sample.conversation();
  const message = listed.find(({ sent_from }) => sent_from !== line);
  if (!message) throw new Skip("no message of somebody else was seen");
  return ["POST", `/chats/${chat.id}/chat_messages/${message.id}/edit`, testMessage(context)];
}
