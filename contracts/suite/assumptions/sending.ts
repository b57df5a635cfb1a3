import type { ApiMessage, ApiReaction } from "../../api-types";
import type { CreatedChat } from "../api";
import { testMessage } from "../checks/sending/temporary-message";
import { isAnswered } from "../expect";
import { Skip } from "../law-errors";
import { firstCheck } from "./lines";
import { Contradiction, type Group, type ProbeContext, requireBody, requireData, requireStatus, statusProbe } from "./probe";
import { reactInTestChat, testChat, testRecipient } from "./temporary-chat";

const STATUSES: readonly string[] = ["pending", "delivered", "rate_limit_exceeded", "paused"];

/** What sending does, and reacting more than once. */
export const sendingTests = {
  "A-idempotency-scope": { kind: "laws", laws: [45] },
  "A-idempotency-create": { kind: "send", requests: 7, probe: replayed },
  "A-create-existing": { kind: "laws", laws: [42] },
  "A-create-form": { kind: "laws", laws: [71], inSteps: true },
  "A-create-name": { kind: "send", requests: 2, probe: nameOfExisting },
  "A-create-self": [
    { kind: "send", requests: 1, probe: lineInList },
    statusProbe("send", 422, {
      "creating a chat of the line with itself": (context) => create(context, { chat: { phone_numbers: [context.line] } }),
    }),
  ],
  "A-create-status": [
    statusProbe("write", 400, {
      "a subscription of nothing": ["POST", "/webhook_subscriptions", { webhook_subscription: {} }],
    }),
    statusProbe("write", 422, {
      "a subscription whose address is a word": [
        "POST",
        "/webhook_subscriptions",
        { webhook_subscription: { webhook_url: "nowhere", events: ["contact.created"], version: 2 } },
      ],
    }),
    statusProbe("send", 400, {
      "creating a chat without a text": (context) => create(context, { message: {} }),
    }),
    statusProbe("send", 422, {
      "creating a chat from a number that is no line": async (context) =>
        create(context, { send_from: (await context.once(testRecipient)).person }),
    }),
  ],
  "A-create-numbers": statusProbe("send", 422, {
    "creating a chat with nobody": (context) => create(context, { chat: { phone_numbers: [] } }),
    "creating a chat with no list of people": (context) => create(context, { chat: {} }),
  }),
  "A-text-blank": statusProbe("send", 422, {
    "sending an empty text": async ({ once }) => ["POST", await sendPath(once), { message: { text: "" } }],
    "sending a text of spaces": async ({ once }) => ["POST", await sendPath(once), { message: { text: "  " } }],
  }),
  "A-migrate": { kind: "laws", laws: [52] },
  "A-delivery": { kind: "send", requests: 0, probe: pendingAtFirst },
  "A-create-service": { kind: "send", requests: 0, probe: bestService },
  "A-reaction-one": { kind: "send", requests: 6, probe: oneEach },
  "A-reaction-repeat": { kind: "send", requests: 0, probe: repeated },
} satisfies Group;

async function sendPath(once: ProbeContext["once"]): Promise<string> {
  return `/chats/${(await once(testChat)).chat.id}/chat_messages`;
}

async function replayed(context: ProbeContext): Promise<string> {
  const subject = "creating a chat with a key that was used before";
  const { created, key } = await context.once(testChat);
  const again = await createAgain(context, { message: { idempotency_key: key } }, subject);
  if (again.chat_messages.id !== created.chat_messages.id) throw new Contradiction(`${subject} sends another message`);
  return `${subject} answers ${again.status} with the earlier message`;
}

async function nameOfExisting(context: ProbeContext): Promise<string> {
  const subject = "creating a chat that exists with a name";
  const { chat } = await context.once(testChat);
  const display_name = context.unique();
  const again = await createAgain(context, { chat: { display_name } }, subject);
  if (again.id !== chat.id) throw new Contradiction(`${subject} makes a new one`);
  const { display_name: name } = await context.api.get(chat.id);
  if (again.display_name === display_name || name !== chat.display_name) throw new Contradiction(`${subject} renames it`);
  return `${subject} leaves it its name`;
}

async function lineInList(context: ProbeContext): Promise<string> {
  const subject = "creating a chat with the line among its participants";
  const { chat, person } = await context.once(testChat);
  const again = await createAgain(context, { chat: { phone_numbers: [context.line, person] } }, subject);
  if (again.id !== chat.id) throw new Contradiction(`${subject} makes another one than without it`);
  return `${subject} finds the one without it`;
}

async function createAgain(
  context: ProbeContext,
  { chat, message }: { chat?: object; message?: object },
  subject: string,
): Promise<CreatedChat & { readonly status: number }> {
  const { api, line, once } = context;
  const { person } = await once(testChat);
  const exchange = await api.request("POST", "/chats", {
    send_from: line,
    chat: { phone_numbers: [person], ...chat },
    message: { ...testMessage(context), ...message },
  });
  const status = isAnswered(exchange, 200) ? exchange.response.status : 200; // another success is told once, by A-create-success
  return { ...requireData<CreatedChat>(exchange, status, subject), status };
}

async function pendingAtFirst({ once }: ProbeContext): Promise<string> {
  const { delivery_status: status } = (await once(testChat)).created.chat_messages;
  if (status === "pending") return "a message that was just sent is pending; what becomes of it was not waited for";
  if (STATUSES.includes(status)) throw new Contradiction(`a message that was just sent is ${status} instead of pending`);
  throw new Skip("the delivery status of a message that was just sent is unknown");
}

async function bestService({ once }: ProbeContext): Promise<string> {
  const { person, isNew, chat } = await once(testChat);
  if (!isNew) throw new Skip("everybody who may be written to has a chat already");
  const { number, exchange } = await once(firstCheck);
  const { available } = requireBody<{ available: boolean }>(exchange, 200, "checking who can receive iMessage");
  if (number !== person || typeof available !== "boolean") throw new Skip("nobody knows what the recipient can receive");
  const what = `a new chat with somebody who can${available ? "" : "not"} receive iMessage`;
  if (available !== (chat.service === "iMessage")) {
    throw new Contradiction(`${what} uses ${available ? "another service" : "iMessage all the same"}`);
  }
  return `${what} uses ${available ? "it" : "another service"}`;
}

async function create(context: ProbeContext, changes: object): Promise<["POST", string, object]> {
  const { person } = await context.once(testRecipient);
  const body = { send_from: context.line, chat: { phone_numbers: [person] }, message: testMessage(context), ...changes };
  return ["POST", "/chats", body];
}

async function oneEach({ once }: ProbeContext): Promise<string> {
  const { added, replaced, shown, removedGone } = await once(reactInTestChat);
  requireStatus(added, 201, "adding a reaction");
  requireStatus(replaced, 201, "adding a reaction of another type");
  const { reactions: all } = requireData<ApiMessage>(shown, 200, "reading the message");
  const own = all.filter(({ is_from_me }) => is_from_me);
  if (own.length > 1) throw new Contradiction("a reaction of another type does not replace the one that is there");
  if (own[0]?.reaction !== "like")
    throw new Contradiction("a reaction of another type does not take the place of the one that is there");
  requireStatus(removedGone, 404, "removing a reaction that is not there");
  return "a reaction of another type replaces the one that is there, and removing one that is not there answers 404";
}

async function repeated({ once }: ProbeContext): Promise<string> {
  const { added, addedAgain, replaced, removed } = await once(reactInTestChat);
  const first = requireData<ApiReaction>(added, 201, "adding a reaction").id;
  const again = requireData<ApiReaction>(addedAgain, 201, "adding a reaction that is there already").id;
  const other = requireData<ApiReaction>(replaced, 201, "adding a reaction of another type").id;
  if (again !== first) throw new Contradiction("adding a reaction that is there already makes a new one");
  if (other !== first) throw new Contradiction("a reaction that replaces another has another id");
  const gone = requireData<ApiReaction>(removed, 201, "removing a reaction").id;
  if (gone !== first) throw new Contradiction("removing a reaction does not answer with what was removed");
  return "adding a reaction again keeps it, replacing it keeps its id, and removing it answers with it";
}
