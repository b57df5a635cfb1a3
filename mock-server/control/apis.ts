import type { Chat } from "../world/model";
import { isGroup, participantsOf } from "../world/participants";
import type { World } from "../world/world";
import type { ControlCall } from "./control-call";

const EXAMPLE_RECEIVER = "http://localhost:3000/";
const MOST_LOOKED_AT = 1000;

export const listApis: ControlCall<"listApis"> = ({ sandbox, versions, baseUrl: url, exampleToken: token }) => {
  const chat = exampleOf(sandbox.world);
  const apis = versions.map(({ name, prefix, examples, deliveryPolicy }) => ({
    version: name,
    prefix,
    delivery_attempts: deliveryPolicy.attemptsAtMs.length,
    token_header: examples.tokenHeader(token),
    find_chat: chat ? examples.findChat(url, token, chat.line, participantsOf(chat)) : null,
    subscribe: examples.subscribe(url, token, EXAMPLE_RECEIVER),
    example_chat: chat?.id ?? null,
  }));
  return { status: 200, body: { apis } };
};

/** A chat of the first line with one person, where there is one, as a group is a longer command; of these the one in which most was said. */
function exampleOf({ lines, chats, messages }: World): Chat | undefined {
  const [line] = lines.values();
  let best: Chat | undefined;
  let most = -1;
  let looked = 0;
  for (const chat of chats.values()) {
    const isUsual = !isGroup(chat) && chat.line === line?.phoneNumber;
    const said = isUsual ? 1 + messages.count("chat", chat.id) : 0;
    if (said > most) [best, most] = [chat, said];
    looked += 1;
    if (looked === MOST_LOOKED_AT) break;
  }
  return best;
}
