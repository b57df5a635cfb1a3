import { findChatPath } from "../find-chat-path";
import { type OperationId, operations } from "../generated/operations";
import { type Api, apiOf, type Contact } from "./api";
import { queryString, readAll } from "./paging";
import { participantsOf } from "./people";
import { startTarget, type Target } from "./target";

/* What must hold of every operation, whatever it is about. */

type ReadOperation = { [Id in OperationId]: (typeof operations)[Id]["method"] extends "GET" ? Id : never }[OperationId];

/** An id that nothing has. */
const NO_ID = "2147483647";

let target: Target;
let api: Api;

beforeAll(async () => {
  target = await startTarget();
  api = apiOf(target);
});

afterAll(() => target.stop());

/** A path for each operation that reads, of things that there are. */
async function readPaths(): Promise<Record<ReadOperation, string>> {
  const [chat] = await api.list(target.line);
  const chats = await api.listAll();
  const messages = await Promise.all(chats.map(({ id }) => api.messages(id)));
  const index = messages.findIndex((all) => all.some(({ reactions }) => reactions.length > 0));
  const reaction = messages[index]?.flatMap(({ reactions }) => reactions)[0];
  const contacts = await readAll<Contact>(api, "/contacts", { per_page: 100 });
  const contact = contacts.find(({ email }) => email !== null);
  if (!chat || !reaction || !contact?.email) throw new Error("the world has too little to read");
  const byLine = queryString({ phone_number: target.line });
  return {
    listChats: `/chats?${byLine}`,
    findChat: findChatPath(target.line, participantsOf(chat, target.line)),
    getChat: `/chats/${chat.id}`,
    listMessages: `/chats/${chat.id}/chat_messages`,
    getMessage: `/chats/${chats[index]?.id}/chat_messages/${reaction.chat_message_id}`,
    getReaction: `/chat_message_reactions/${reaction.id}`,
    listContacts: "/contacts",
    findContact: `/contacts/find?${queryString({ email: contact.email })}`,
    getContact: `/contacts/${contact.id}`,
    listPhoneNumbers: "/phone_numbers",
    listWebhookSubscriptions: "/webhook_subscriptions",
  };
}

function operationIds(): OperationId[] {
  return Object.keys(operations) as OperationId[];
}

/** The path of an operation, with ids that nothing has. */
function pathToNothing(id: OperationId): string {
  return operations[id].path.replaceAll(/\{\w+\}/g, NO_ID);
}

test("law 23: reading twice gives the same", async () => {
  const paths = Object.values(await readPaths());
  const first = new Map<string, unknown>();
  for (const path of paths) first.set(path, await api.call(200, "GET", path));
  for (const path of paths.toReversed()) expect(await api.call(200, "GET", path)).toEqual(first.get(path));
});

test.each(operationIds())("law 24: a token is required, by %s", async (id) => {
  const stranger = apiOf({ ...target, token: undefined });
  const { status, body } = await stranger.request(operations[id].method, pathToNothing(id));
  expect(status).toBe(401);
  if (operations[id].envelope === "Error") expect(body).toMatchObject({ errors: [{ status: 401 }] });
  else expect(body).toMatchObject({ status: "error" });
});

test("law 25: a wrong token is refused", async () => {
  const stranger = apiOf({ ...target, token: target.wrongToken }); // one try only, lest a live server lock us out
  const { status, body } = await stranger.request("GET", `/chats?${queryString({ phone_number: target.line })}`);
  expect(status).toBe(401);
  expect(body).toMatchObject({ errors: [{ status: 401 }] });
});

test("law 26: each group answers in its own envelope", async () => {
  expect(await api.call(404, "GET", `/chats/${NO_ID}`)).toEqual({
    errors: [{ status: 404, code: "not_found", title: "Not Found", detail: "Chat not found" }],
  });
  const detail = "The requested contact does not exist or is not accessible to your organization";
  expect(await api.call(404, "GET", `/contacts/${NO_ID}`)).toEqual({
    status: "error",
    error_code: "CONTACT_NOT_FOUND",
    message: "Contact not found",
    errors: [detail],
  });
  const withoutBody = operationIds().filter((id) => pathToNothing(id).includes(NO_ID) && !operations[id].body);
  for (const id of withoutBody) {
    const body = await api.call(404, operations[id].method, pathToNothing(id));
    const isStandard = operations[id].envelope !== "Error";
    expect(body).toMatchObject(isStandard ? { status: "error" } : { errors: [{ status: 404 }] });
  }
});
