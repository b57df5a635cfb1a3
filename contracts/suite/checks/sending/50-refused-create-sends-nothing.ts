import type { AssumptionId } from "../../../generated/v2/operations";
import { expectSame, expectStatus, isRefusal } from "../../expect";
import type { Law, LawContext } from "../../law";
import { assuming } from "../../law-errors";
import type { RecordedExchange } from "../../report";
import { chatWith, countMessages, recipientGroup, testMessage } from "./temporary-message";

interface Body {
  readonly send_from: string;
  readonly chat: { readonly phone_numbers: readonly string[] };
  readonly message: { readonly text: string };
}

/** What can be wrong with a body, and what it rests on that it is refused; what is documented comes first. */
const INVALID: readonly (readonly [what: string, assumed: readonly AssumptionId[], breakBody: (body: Body) => object])[] = [
  ["no line", [], ({ chat, message }) => ({ chat, message })],
  ["no participants", ["A-create-numbers"], (body) => ({ ...body, chat: { phone_numbers: [] } })],
  ["a text that is a number", ["A-create-status"], (body) => ({ ...body, message: { text: 123 } })],
  ["no text", ["A-text-blank"], (body) => ({ ...body, message: {} })],
  [
    "a participant that is none",
    ["A-number-invalid"],
    (body) => ({ ...body, chat: { phone_numbers: [...body.chat.phone_numbers, "nobody"] } }),
  ],
  ["a key with a space", ["A-create-status"], (body) => ({ ...body, message: { ...body.message, idempotency_key: "a b" } })],
  [
    "another's line",
    ["A-create-status"],
    ({ send_from, chat, message }) => ({
      send_from: chat.phone_numbers[0],
      chat: { phone_numbers: [send_from] },
      message,
    }),
  ],
  ["a flat body", ["A-body-wrapped"], ({ send_from, chat, message }) => ({ phone_number: send_from, ...chat, ...message })],
];

export const law50: Law = {
  number: 50,
  title: "a create that is refused sends nothing and makes no chat",
  broken: "a create that has to be refused is not, or sends something or makes a chat all the same",
  operation: "createChat",
  clause: "#/components/schemas/CreateChatRequest",
  stepAssumptions: ["A-create-numbers", "A-create-status", "A-text-blank", "A-number-invalid", "A-body-wrapped"],
  requests: 18,
  isRepeatable: true,
  async check(context) {
    const { api, line, people } = context;
    const known = recipientGroup(people);
    const stranger = people.slice(-1); // on a mock, somebody without a chat
    const chatId = await chatWith(context, known);
    const before = await stateOf(context, chatId, stranger);
    const taken: { readonly assumed: readonly AssumptionId[]; readonly what: string; readonly exchange: RecordedExchange }[] =
      [];
    for (const [what, assumed, breakBody] of INVALID) {
      for (const to of what.includes("text") ? [known, stranger] : [stranger]) {
        const body = { send_from: line, chat: { phone_numbers: to }, message: testMessage(context) };
        const exchange = await api.request("POST", "/chats", breakBody(body));
        if (assumed.length === 0) expectRefused(exchange, what);
        if (!isRefusal(exchange.response.status)) taken.push({ assumed, what, exchange });
      }
    }
    const [first] = taken; // what was taken may send something
    if (first) assuming(first.assumed, () => expectRefused(first.exchange, first.what));
    const { chats, messages } = await stateOf(context, chatId, stranger);
    const what = "the chats of the line after creates that were refused";
    expectSame({ chats }, { chats: before.chats }, what, "a create that is refused makes a chat all the same");
    expectSame({ messages }, { messages: before.messages }, what, "a create that is refused sends a message all the same");
  },
};

function expectRefused(exchange: RecordedExchange, what: string): void {
  expectStatus(exchange, "4xx", `the status of a create with ${what}`, `a create with ${what} is not refused`);
}

/** How many chats the line has, and how many messages there are in one and in that with a stranger; null for no chat. */
async function stateOf({ api, line }: LawContext, chatId: number, stranger: readonly string[]) {
  const { meta } = await api.chats(line, { per_page: 1 });
  const found = await api.find(line, stranger);
  const messages = [await countMessages(api, chatId), found && (await countMessages(api, found.id))];
  return { chats: meta.total_count, messages };
}
