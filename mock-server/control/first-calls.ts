import type { Chat } from "../world/model";
import { isGroup, participantsOf } from "../world/participants";
import { type ControlCall, refusal } from "./control-call";

const EXAMPLE_RECEIVER = "http://localhost:3000/";
const MOST_LOOKED_AT = 1000;

export const listApis: ControlCall<"listApis"> = ({ sandbox, versions, baseUrl: url, exampleToken: token }) => {
  const chat = exampleOf(sandbox.world.chats.values());
  const apis = versions.map(({ name, prefix, examples }) => ({
    version: name,
    prefix,
    token_header: examples.tokenHeader(token),
    find_chat: chat ? examples.findChat(url, token, chat.line, participantsOf(chat)) : null,
    subscribe: examples.subscribe(url, token, EXAMPLE_RECEIVER),
    example_chat: chat?.id ?? null,
  }));
  return { status: 200, body: { apis } };
};

/** The first chat with one person, where there is one among the first: a group is a longer command. */
function exampleOf(chats: Iterable<Chat>): Chat | undefined {
  let first: Chat | undefined;
  let count = 0;
  for (const chat of chats) {
    first ??= chat;
    if (!isGroup(chat)) return chat;
    count += 1;
    if (count === MOST_LOOKED_AT) break;
  }
  return first;
}

export const openSession: ControlCall<"openSession"> = ({ signIn }, { body: { token } }) =>
  signIn(token) ? { status: 204, body: undefined } : refusal(401, "control_token_wrong", "That is not the control token");
