import type { Session } from "./session";

const LINE = "+12052761148";
const EVENTS = ["message.sent", "message.received", "chat.created", "reaction.sent", "contact.created", "contact.updated"];
const MAX_FILE_BYTES = 50_000;
const REACTIONS = ["love", "like", "dislike", "laugh", "emphasize", "question"];

interface Action {
  /** How often it is done, to the others. */
  readonly weight: number;
  /** Whether there is what it needs. */
  readonly isPossible?: (session: Session) => boolean;
  readonly run: (session: Session) => Promise<void>;
}

const hasChat = ({ chats }: Session): boolean => chats.length > 0;
const hasMessage = ({ messages }: Session): boolean => messages.length > 0;
const hasContact = ({ contacts }: Session): boolean => contacts.length > 0;

/** What clients do, as often as it is likely. */
const ACTIONS: readonly Action[] = [
  { weight: 10, run: createChat },
  { weight: 40, isPossible: hasChat, run: sendText },
  { weight: 4, isPossible: hasChat, run: sendFile },
  { weight: 10, isPossible: hasChat, run: listMessages },
  { weight: 5, run: listChats },
  { weight: 15, run: findChat },
  { weight: 5, isPossible: hasMessage, run: editMessage },
  { weight: 5, isPossible: hasMessage, run: react },
  { weight: 2, isPossible: hasMessage, run: deleteMessage },
  { weight: 10, isPossible: hasChat, run: simulateMessage },
  { weight: 3, isPossible: hasChat, run: markAsRead },
  { weight: 3, isPossible: hasChat, run: type },
  { weight: 3, run: createContact },
  { weight: 3, isPossible: hasContact, run: updateContact },
  { weight: 1, isPossible: hasContact, run: deleteContact },
  { weight: 2, run: listContacts },
  { weight: 1, isPossible: ({ subscriptions }) => subscriptions.length < 2, run: subscribe },
  { weight: 0.2, isPossible: ({ subscriptions }) => subscriptions.length > 0, run: unsubscribe },
  { weight: 0.5, run: readJournal },
  { weight: 0.2, run: useSnapshot },
];

/** How many actions a world lasts, so that it gets as large each time. */
const LIFETIME = 1500;
const RESETS_PER_SANDBOX = 3;

/** Does the next: one of them or, when the time has come, a reset, or the step into another sandbox. */
export async function act(session: Session): Promise<void> {
  session.age += 1;
  if (session.age % (LIFETIME * RESETS_PER_SANDBOX) === 0) return moveOn(session);
  if (session.age % LIFETIME === 0) return reset(session);
  const possible = ACTIONS.filter(({ isPossible }) => isPossible?.(session) ?? true);
  await session.faker.helpers.weightedArrayElement(possible.map((value) => ({ weight: value.weight, value }))).run(session);
}

async function createChat(session: Session): Promise<void> {
  const chat = { phone_numbers: numbers(session, { min: 1, max: 3 }) };
  const body = { send_from: LINE, chat, message: { text: session.faker.lorem.sentence() } };
  const { data } = (await session.api("Create Chat", "POST", "/chats", body)) as { data: { id: number } };
  if (!session.chats.includes(data.id)) session.chats.push(data.id);
}

async function sendText(session: Session): Promise<void> {
  await send(session, "Send Message", { message: { text: session.faker.lorem.sentences({ min: 1, max: 4 }) } });
}

async function sendFile(session: Session): Promise<void> {
  const bytes = new Uint8Array(session.faker.number.int({ min: 1, max: MAX_FILE_BYTES }));
  const form = new FormData();
  form.set("message[text]", session.faker.lorem.sentence());
  form.set("message[attachments][]", new Blob([bytes], { type: "image/png" }), "photo.png");
  await send(session, "Send Message with a file", form);
}

async function send(session: Session, name: string, body: object): Promise<void> {
  const chat = oneOf(session, session.chats);
  const path = `/chats/${chat}/chat_messages`;
  const { data } = (await session.api(name, "POST", path, body)) as { data: { id: number } };
  session.remember({ chat, id: data.id });
}

async function listMessages(session: Session): Promise<void> {
  const path = `/chats/${oneOf(session, session.chats)}/chat_messages?per_page=50&page=${session.faker.number.int({ min: 1, max: 3 })}`;
  await session.api("List Messages", "GET", path);
}

async function listChats(session: Session): Promise<void> {
  await session.api("List Chats", "GET", `/chats?phone_number=${encodeURIComponent(LINE)}`);
}

async function findChat(session: Session): Promise<void> {
  const query = new URLSearchParams({ phone_number: LINE });
  for (const number of numbers(session, { min: 1, max: 2 })) query.append("phone_numbers[]", number);
  await session.api("Find Chat", "GET", `/chats/find?${query}`);
}

async function editMessage(session: Session): Promise<void> {
  const { chat, id } = oneOf(session, session.messages);
  await session.api("Edit Message", "POST", `/chats/${chat}/chat_messages/${id}/edit`, {
    text: session.faker.lorem.sentence(),
  });
}

async function react(session: Session): Promise<void> {
  const { id } = oneOf(session, session.messages);
  const body = { type: oneOf(session, REACTIONS), operation: "add" };
  await session.api("Create Reaction", "POST", `/chat_messages/${id}/reactions`, body);
}

async function deleteMessage(session: Session): Promise<void> {
  const { chat, id } = oneOf(session, session.messages);
  session.messages = session.messages.filter((sent) => sent.id !== id);
  await session.api("Delete Message", "DELETE", `/chats/${chat}/chat_messages/${id}`);
}

async function simulateMessage(session: Session): Promise<void> {
  const body = { line: LINE, from: oneOf(session, numbers(session, { min: 1, max: 1 })), text: session.faker.lorem.sentence() };
  await session.control("POST", "/simulate/message", body);
}

async function markAsRead(session: Session): Promise<void> {
  await session.api("Mark Chat as Read", "PUT", `/chats/${oneOf(session, session.chats)}/mark_as_read`);
}

async function type(session: Session): Promise<void> {
  await session.api("Start Typing", "POST", `/chats/${oneOf(session, session.chats)}/start_typing`);
}

async function createContact(session: Session): Promise<void> {
  const contact = { first_name: session.faker.person.firstName(), email: session.faker.internet.email() };
  const { data } = (await session.api("Create Contact", "POST", "/contacts", { contact })) as { data: { id: number } };
  session.contacts.push(data.id);
}

async function updateContact(session: Session): Promise<void> {
  const contact = { first_name: session.faker.person.firstName() };
  await session.api("Patch Contact", "PATCH", `/contacts/${oneOf(session, session.contacts)}`, { contact });
}

async function deleteContact(session: Session): Promise<void> {
  const id = oneOf(session, session.contacts);
  session.contacts = session.contacts.filter((other) => other !== id);
  await session.api("Delete Contact", "DELETE", `/contacts/${id}`);
}

async function listContacts(session: Session): Promise<void> {
  await session.api("List Contacts", "GET", "/contacts");
}

async function subscribe(session: Session): Promise<void> {
  const subscription = { webhook_url: `${session.receiver}/hook`, events: EVENTS, version: 2, secret: "soak", active: true };
  const body = { webhook_subscription: subscription };
  const answer = await session.api("Create Webhook Subscription", "POST", "/webhook_subscriptions", body);
  session.subscriptions.push((answer as { webhook_subscription: { id: number } }).webhook_subscription.id);
}

async function unsubscribe(session: Session): Promise<void> {
  await session.api("Delete Webhook Subscription", "DELETE", `/webhook_subscriptions/${session.subscriptions.pop()}`);
}

async function readJournal(session: Session): Promise<void> {
  await session.control("GET", "/requests?limit=20");
  await session.control("GET", "/deliveries?limit=20");
}

/** What was made before is still there; what comes after is gone again. */
async function useSnapshot(session: Session): Promise<void> {
  await session.control("PUT", "/snapshots/before");
  await session.control("POST", "/simulate/message", { line: LINE, from: "+12055550100", text: "Are you there?" });
  await session.control("POST", "/snapshots/before/restore");
}

async function reset(session: Session): Promise<void> {
  await session.control("POST", "/reset");
  session.forget();
}

/** Ends the sandbox, and goes on in a new one. */
async function moveOn(session: Session): Promise<void> {
  await session.dropSandbox();
}

function numbers({ faker }: Session, count: { min: number; max: number }): string[] {
  return faker.helpers.uniqueArray(
    () => `+12055550${String(faker.number.int({ min: 100, max: 199 }))}`,
    faker.number.int(count),
  );
}

function oneOf<T>({ faker }: Session, values: readonly T[]): T {
  return faker.helpers.arrayElement(values);
}
