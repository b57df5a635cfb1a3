import { expectSame, expectStatus } from "../../expect";
import type { Law, LawContext } from "../../law";
import { chatWith, recipientGroup, testMessage } from "./temporary-message";

interface Body {
  readonly send_from: string;
  readonly chat: { readonly phone_numbers: readonly string[] };
  readonly message: { readonly text: string };
}

/** What can be wrong with a body. */
const INVALID: readonly (readonly [what: string, breakBody: (body: Body) => object])[] = [
  ["a text that is a number", (body) => ({ ...body, message: { text: 123 } })],
  ["no text", (body) => ({ ...body, message: {} })],
  ["no participants", (body) => ({ ...body, chat: { phone_numbers: [] } })],
  ["a participant that is none", (body) => ({ ...body, chat: { phone_numbers: [...body.chat.phone_numbers, "nobody"] } })],
  ["a key with a space", (body) => ({ ...body, message: { ...body.message, idempotency_key: "a b" } })],
  ["no line", ({ chat, message }) => ({ chat, message })],
  [
    "another's line",
    ({ send_from, chat, message }) => ({
      send_from: chat.phone_numbers[0],
      chat: { phone_numbers: [send_from] },
      message,
    }),
  ],
  ["a flat body", ({ send_from, chat, message }) => ({ phone_number: send_from, ...chat, ...message })],
];

export const law50: Law = {
  number: 50,
  title: "a create that is refused sends nothing and makes no chat",
  broken: "a create that has to be refused is not, or sends something or makes a chat all the same",
  operation: "createChat",
  clause: "#/components/schemas/CreateChatRequest",
  requests: 18,
  async check(context) {
    const { api, line, people } = context;
    const known = recipientGroup(people);
    const stranger = people.slice(-1); // on a mock, somebody without a chat
    await chatWith(context, known);
    const before = await stateOf(context, [known, stranger]);
    for (const [what, breakBody] of INVALID) {
      for (const to of what.includes("text") ? [known, stranger] : [stranger]) {
        const body = { send_from: line, chat: { phone_numbers: to }, message: testMessage(context) };
        expectStatus(await api.request("POST", "/chats", breakBody(body)), "4xx", `the status of a create with ${what}`);
      }
    }
    expectSame(await stateOf(context, [known, stranger]), before, "the chats of the line after creates that were refused");
  },
};

/** How many chats the line has, and how many messages those have with some people; null for no chat. */
async function stateOf({ api, line }: LawContext, people: readonly (readonly string[])[]): Promise<object> {
  const { meta } = await api.chats(line, { per_page: 1 });
  const messages: (number | null)[] = [];
  for (const participants of people) messages.push((await api.find(line, participants))?.message_count ?? null);
  return { chats: meta.total_count, messages };
}
