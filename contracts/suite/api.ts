import type { ApiChat, ApiContact, ApiMessage, ApiPhoneNumber, ApiSubscription } from "../api-types";
import { NO_ID } from "../client/guard";
import { type OperationId, operations } from "../generated/v2/operations";
import type { components } from "../generated/v2/types";
import { findChatPath } from "../operations";
import { isAnswered } from "./expect";
import { knownFields } from "./known-fields";
import { UnexpectedStatus } from "./law-errors";
import type { RecordedExchange } from "./report";
import type { SuiteRequest, Transport } from "./transport";

type Schemas = components["schemas"];
export type CreatedChat = Schemas["CreatedChat"];
export type ContactFields = Schemas["ContactRequest"]["contact"];
type SubscriptionFields = Schemas["WebhookSubscriptionRequest"]["webhook_subscription"];

type NewMessage = { readonly text: string; readonly idempotency_key?: string };

/**
 * The calls that the laws are about. All but `request` throw {@link UnexpectedStatus} when the status is not that of success, or one that
 * stands for it, and are not made again to read what was read since the last change.
 */
export type Api = ReturnType<typeof apiOf>;

export function apiOf(transport: Pick<Transport, "send"> & Partial<Pick<Transport, "recall">>) {
  /** Asks, and takes whatever comes. */
  const request = (
    method: string,
    path: string,
    body?: unknown,
    options?: Pick<SuiteRequest, "token" | "on429" | "files">,
  ): Promise<RecordedExchange> => transport.send({ method, path, ...(body !== undefined && { body }), ...options });
  /** An answer with this status, or one of these, or with a success that is told with its shape. */
  const taken = async (...[statuses, method, path, body]: Parameters<typeof call>): Promise<RecordedExchange> => {
    const exchange =
      method === "GET" && transport.recall ? await transport.recall({ method, path }) : await request(method, path, body);
    const expected = [statuses].flat();
    if (!expected.some((status) => isAnswered(exchange, status))) throw new UnexpectedStatus(exchange, expected);
    return exchange;
  };
  /** The body of such an answer. Its shape is checked apart; a law that stumbles over it is inconclusive. */
  const call = async <T>(statuses: number | readonly number[], method: string, path: string, body?: unknown): Promise<T> =>
    knownFields(await taken(statuses, method, path, body)) as T;
  const data = async <T>(status: number | readonly number[], method: string, path: string, body?: unknown): Promise<T> =>
    (await call<{ data: T }>(status, method, path, body)).data;

  return {
    request,
    taken,
    call,
    /** The chat of the line with these participants, or null. */
    find: async (line: string, participants: readonly string[]) =>
      (await data<{ chat: ApiChat | null }>(200, "GET", findChatPath(line, participants))).chat,
    get: (id: number) => data<ApiChat>(200, "GET", `/chats/${id}`),
    /** A page of the chats that involve a number. */
    chats: (number: string, query: ListQuery) => readPage<ApiChat>({ call }, "/chats", { phone_number: number, ...query }),
    create: (line: string, phone_numbers: readonly string[], message: NewMessage, display_name?: string) =>
      data<CreatedChat>(CREATED, "POST", "/chats", {
        send_from: line,
        chat: { phone_numbers, ...(display_name !== undefined && { display_name }) },
        message,
      }),
    message: (chatId: number, id: number) => data<ApiMessage>(200, "GET", `/chats/${chatId}/chat_messages/${id}`),
    /** A page of the messages of a chat. */
    messages: (chatId: number, query: ListQuery) => readPage<ApiMessage>({ call }, `/chats/${chatId}/chat_messages`, query),
    /** Sends a message that was not sent before. */
    send: (chatId: number, message: NewMessage) => data<ApiMessage>(201, "POST", `/chats/${chatId}/chat_messages`, { message }),
    contacts: (query: ListQuery) => readPage<ApiContact>({ call }, "/contacts", query),
    contact: (id: number) => data<ApiContact>(200, "GET", `/contacts/${id}`),
    /** The contact with this e-mail address or number, or null. */
    findContact: async (query: { email?: string; phone_number?: string }) => {
      const found = await call<ApiContact | { contact: null }>(200, "GET", `/contacts/find?${queryString(query)}`);
      return "contact" in found ? null : found;
    },
    createContact: (contact: ContactFields) => data<ApiContact>(201, "POST", "/contacts", { contact }),
    updateContact: (method: "PUT" | "PATCH", id: number, contact: ContactFields) =>
      data<ApiContact>(200, method, `/contacts/${id}`, { contact }),
    deleteContact: (id: number) => call<void>(204, "DELETE", `/contacts/${id}`),
    lines: async () => (await call<{ phone_numbers: ApiPhoneNumber[] }>(200, "GET", "/phone_numbers")).phone_numbers,
    subscriptions: async () =>
      (await call<{ webhook_subscriptions: ApiSubscription[] }>(200, "GET", SUBSCRIPTIONS)).webhook_subscriptions,
    subscribe: async (fields: SubscriptionFields) => {
      const exchange = await taken(201, "POST", SUBSCRIPTIONS, { webhook_subscription: fields });
      const { webhook_subscription: subscription } = knownFields(exchange) as { webhook_subscription: ApiSubscription };
      return { subscription, answer: exchange.response };
    },
  };
}

const SUBSCRIPTIONS = "/webhook_subscriptions";
/** Documented is 200; whether 201 may come instead is a question of the shape. */
const CREATED = [200, 201];

/** What reads: the body of an answer with this status. */
interface Caller {
  call<T>(status: number, method: string, path: string): Promise<T>;
}

/** A page of any list, and how many there are. */
export interface ListPage<T> {
  readonly items: T[];
  readonly meta: components["schemas"]["PageMeta"];
}

export type ListQuery = Readonly<Record<string, string | number>>;

/** Every list counts its pages, contacts in words of their own. */
type ListBody<T> =
  | { data: T[]; meta: components["schemas"]["PageMeta"] }
  | { contacts: T[]; pagination: components["schemas"]["Pagination"] };

async function readPage<T>(caller: Caller, path: string, query: ListQuery): Promise<ListPage<T>> {
  const search = queryString(query);
  const body = await caller.call<ListBody<T>>(200, "GET", search === "" ? path : `${path}?${search}`);
  if ("data" in body) return { items: body.data, meta: body.meta };
  const { current_page: page, ...counts } = body.pagination;
  return { items: body.contacts, meta: { page, ...counts } };
}

/** The pages of a list, from the first to the last that it says it has. */
export async function readPages<T>(caller: Caller, path: string, query: ListQuery): Promise<ListPage<T>[]> {
  const pages: ListPage<T>[] = [];
  do {
    const page = await readPage<T>(caller, path, { ...query, page: pages.length + 1 });
    if (page.items.length === 0 && pages.length > 0) break; // it says that there are more, for ever
    pages.push(page);
  } while (pages.length < (pages[0]?.meta.total_pages ?? 0));
  return pages;
}

/** What all pages of a list hold. */
export async function readAll<T>(caller: Caller, path: string, query: ListQuery): Promise<T[]> {
  return (await readPages<T>(caller, path, query)).flatMap((page) => page.items);
}

export function queryString(query: ListQuery): string {
  return new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)])).toString();
}

/** Who is in a chat besides the line. */
export function othersIn(chat: Pick<ApiChat, "chat_handles">, line: string): string[] {
  return chat.chat_handles.map((handle) => handle.phone_number).filter((identifier) => identifier !== line);
}

/** A US number without its country code. */
export function tenDigits(phoneNumber: string): string {
  return phoneNumber.replace(/^\+1(\d{10})$/, "$1");
}

/** A chat whose handles are in the order of their ids, for comparing: in which order they come is not documented. */
export function sortedHandles(chat: ApiChat): ApiChat {
  return { ...chat, chat_handles: chat.chat_handles.toSorted((a, b) => a.id - b.id) };
}

/** A number that nobody has: it is one of those that are kept for fiction. */
export const UNUSED_NUMBER = "+12025550143";

/** What an operation requires beside its path. */
const REQUIRED: Partial<Record<OperationId, string>> = {
  listChats: `/chats?${queryString({ phone_number: UNUSED_NUMBER })}`,
  findChat: findChatPath(UNUSED_NUMBER, [UNUSED_NUMBER]),
  findContact: `/contacts/find?${queryString({ phone_number: UNUSED_NUMBER })}`,
};

/** The path of an operation, with ids and numbers that nothing has, and with the query that it requires. */
export function unusedPath(id: OperationId): string {
  return REQUIRED[id] ?? operations[id].path.replaceAll(/\{\w+\}/g, String(NO_ID));
}
