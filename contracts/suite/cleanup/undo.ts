import type { ApiChat, ApiContact } from "../../api-types";
import { TargetError } from "../../client/errors";
import { MOST_PER_PAGE } from "../../limits";
import { type Api, apiOf, readAll } from "../api";
import { UnexpectedStatus } from "../law-errors";
import type { Transport } from "../transport";
import { type Created, createdBy } from "./created";
import type { Ledger } from "./ledger";

const GONE = 404;
/** What a place is answered with where nothing can be: there is no such chat, or there cannot be one with these people. */
const NOWHERE: readonly number[] = [400, GONE, 422];

/** Undoes everything in the ledger that can be undone, the last first; returns what is left, which a sweep can remove later. */
export async function cleanUp(ledger: Ledger, transport: Transport): Promise<Created[]> {
  await findUnanswered(ledger, transport);
  const left = ledger.left();
  for (const made of left) {
    try {
      const { response } = await transport.send(made.undo);
      if (response.status === GONE) ledger.remove(made);
    } catch (error) {
      const isLast = made === left.at(-1);
      if (error instanceof TargetError && (isLast || !(await answers(transport)))) break;
    }
  }
  for (const made of await stillThere(ledger.undone(), transport)) ledger.keep(made);
  ledger.close();
  return [...ledger.left(), ...eachOnce(ledger.unanswered().map(({ request, place }) => unseen(request.operation, place)))];
}

/** Some requests that are not answered are no server that has gone. */
async function answers(transport: Transport): Promise<boolean> {
  return transport.send({ method: "GET", path: "/phone_numbers" }).then(
    () => true,
    () => false,
  );
}

/** A server may answer that something is deleted, and keep it: the last contact and the list of subscriptions tell. */
async function stillThere(undone: readonly Created[], transport: Transport): Promise<Created[]> {
  const of = (operation: Created["operation"]): Created[] => undone.filter((made) => made.operation === operation);
  const [contacts, subscriptions] = [of("createContact"), of("createWebhookSubscription")];
  const isThere = async ({ path }: Created): Promise<boolean> =>
    (await transport.send({ method: "GET", path })).response.status === 200;
  try {
    const last = contacts.at(-1);
    const found = last && (await isThere(last)) ? [last] : [];
    for (const made of found.length > 0 ? contacts.slice(0, -1) : []) if (await isThere(made)) found.push(made);
    const listed = subscriptions.length > 0 ? await apiOf(transport).subscriptions() : [];
    const paths = new Set(listed.map(({ id }) => `/webhook_subscriptions/${id}`));
    return [...found, ...subscriptions.filter(({ path }) => paths.has(path))];
  } catch {
    return []; // the server has gone
  }
}

/** What was made by requests whose answer never came is found by its mark. */
async function findUnanswered(ledger: Ledger, transport: Transport): Promise<void> {
  const unanswered = ledger.unanswered();
  if (unanswered.length === 0) return;
  const chats = unanswered.map(({ place }) => place).filter((place) => /^\/chats\/(?:find\?|\d+\/chat_messages$)/.test(place));
  try {
    const { found, unread } = await findMarked(apiOf(transport), { mark: ledger.mark, chats });
    for (const made of found) ledger.keep(made);
    ledger.forgetUnanswered(unread.map(({ path }) => path));
  } catch {
    // they stay unanswered, and are reported as left
  }
}

/** Whether something is there is not known; this is where to look. */
function unseen(operation: Created["operation"], path: string): Created {
  return { operation, path, undo: { method: "GET", path } };
}

/** Many requests may have to be looked for at one place. */
function eachOnce(places: readonly Created[]): Created[] {
  return [...new Map(places.map((place) => [`${place.operation} ${place.path}`, place])).values()];
}

interface Traces {
  /** What the names, addresses and texts begin with: the mark of one run, or of all. */
  readonly mark: string;
  /** Chats in which there may be messages: paths of Find Chat, or of the messages. */
  readonly chats: readonly string[];
}

const [CONTACTS, SUBSCRIPTIONS] = ["/contacts", "/webhook_subscriptions"] as const;

/** What was made, where it is listed, and how it is found there. */
type Search = readonly [Created["operation"], path: string, find: () => Promise<(Created | undefined)[]>];

/** What was found by its mark, and where nobody could look. */
interface Found {
  readonly found: readonly Created[];
  readonly unread: readonly Created[];
}

/** The contacts, subscriptions and messages that carry a mark. @throws TargetError when asking on makes no sense */
export async function findMarked(api: Api, { mark, chats }: Traces): Promise<Found> {
  const searches: readonly Search[] = [
    ["createContact", CONTACTS, () => findContacts(api, mark)],
    ["createWebhookSubscription", SUBSCRIPTIONS, () => findSubscriptions(api, mark)],
    ...chats.map((chat): Search => ["sendMessage", chat, () => findMessages(api, chat, mark)]),
  ];
  const found: Created[] = [];
  const unread: Created[] = [];
  for (const [operation, path, find] of searches) {
    try {
      found.push(...(await find()).filter((made) => made !== undefined));
    } catch (error) {
      if (error instanceof TargetError) throw error;
      unread.push(unseen(operation, path));
    }
  }
  return { found, unread };
}

async function findContacts(api: Api, mark: string): Promise<(Created | undefined)[]> {
  const isMarked = ({ email, first_name, last_name }: ApiContact): boolean =>
    [email, first_name, last_name].some((text) => text?.startsWith(`${mark}-`));
  const marked = (await readAll<ApiContact>(api, CONTACTS, { per_page: MOST_PER_PAGE })).filter(isMarked);
  return marked.map((data) => createdBy({ operation: "createContact", method: "POST", path: CONTACTS }, { data }));
}

async function findSubscriptions(api: Api, mark: string): Promise<(Created | undefined)[]> {
  const marked = (await api.subscriptions()).filter(({ webhook_url }) => webhook_url.includes(mark));
  const request = { operation: "createWebhookSubscription", method: "POST", path: SUBSCRIPTIONS } as const;
  return marked.map((webhook_subscription) => createdBy(request, { webhook_subscription }));
}

/** The newest messages of a chat that carry the mark. */
async function findMessages(api: Api, path: string, mark: string): Promise<(Created | undefined)[]> {
  const chatId = path.startsWith("/chats/find?") ? await findChatId(api, path) : Number(path.split("/")[2]);
  if (chatId === undefined) return [];
  const list = `/chats/${chatId}/chat_messages`;
  const query = { sort: "desc", per_page: MOST_PER_PAGE } as const;
  const items = (await undefinedIfNowhere(api.messages(chatId, query)))?.items ?? [];
  const marked = items.filter(({ text }) => text.includes(mark));
  return marked.map((data) => createdBy({ operation: "sendMessage", method: "POST", path: list }, { data }));
}

/** A create that was refused may have named people whom Find Chat refuses, too. */
async function findChatId(api: Api, path: string): Promise<number | undefined> {
  const found = await undefinedIfNowhere(api.call<{ data: { chat: ApiChat | null } }>(200, "GET", path));
  return found?.data.chat?.id;
}

/** Nothing was sent into a chat that does not exist. */
async function undefinedIfNowhere<T>(reading: Promise<T>): Promise<T | undefined> {
  return reading.catch((error: unknown) => {
    if (error instanceof UnexpectedStatus && NOWHERE.includes(error.exchange.response.status)) return undefined;
    throw error;
  });
}
