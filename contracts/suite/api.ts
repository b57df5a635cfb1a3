import { findChatPath } from "../find-chat-path";
import type { components } from "../generated/types";
import { type Access, type Caller, callerOf } from "./caller";
import { queryString, readAll } from "./paging";

type Schemas = components["schemas"];
export type Chat = Schemas["Chat"];
export type CreatedChat = Schemas["CreatedChat"];
export type Message = Schemas["ChatMessage"];
export type Contact = Schemas["Contact"];
export type ContactFields = Schemas["ContactRequest"]["contact"];
export type PhoneNumber = Schemas["PhoneNumber"];
export type Reaction = Schemas["Reaction"];
export type Subscription = Schemas["WebhookSubscription"];

/** The calls that the laws are about. Every answer is checked against the contract. */
export interface Api extends Caller {
  /** The chat of the line with these participants, or null. */
  find(line: string, participants: readonly string[]): Promise<Chat | null>;
  get(id: number): Promise<Chat>;
  /** The chats that involve a number, from all pages. */
  list(number: string): Promise<Chat[]>;
  /** The chats of all lines. */
  listAll(): Promise<Chat[]>;
  create(
    line: string,
    participants: readonly string[],
    message: { text: string; idempotency_key?: string },
  ): Promise<CreatedChat>;
  message(chatId: number, id: number): Promise<Message>;
  /** The messages of a chat, from all pages. */
  messages(chatId: number): Promise<Message[]>;
  /** Sends a message that was not sent before. */
  send(chatId: number, message: { text: string; idempotency_key?: string }): Promise<Message>;
  contact(id: number): Promise<Contact>;
  /** The contact with this e-mail address or number, or null. */
  findContact(query: { email?: string; phone_number?: string }): Promise<Contact | null>;
  createContact(contact: ContactFields): Promise<Contact>;
  deleteContact(id: number): Promise<void>;
  lines(): Promise<PhoneNumber[]>;
}

export function apiOf(access: Access): Api {
  const caller = callerOf(access);
  const { call } = caller;
  const data = async <T>(status: number, method: string, path: string, body?: object): Promise<T> =>
    (await call<{ data: T }>(status, method, path, body)).data;

  const api: Api = {
    ...caller,
    find: async (line, participants) => (await data<{ chat: Chat | null }>(200, "GET", findChatPath(line, participants))).chat,
    get: (id) => data(200, "GET", `/chats/${id}`),
    list: (number) => readAll(caller, "/chats", { phone_number: number, per_page: 5 }),
    listAll: async () => (await Promise.all((await api.lines()).map((line) => api.list(line.phone_number)))).flat(),
    create: (line, phone_numbers, message) =>
      data(200, "POST", "/chats", { send_from: line, chat: { phone_numbers }, message }),
    message: (chatId, id) => data(200, "GET", `/chats/${chatId}/chat_messages/${id}`),
    messages: (chatId) => readAll(caller, `/chats/${chatId}/chat_messages`, { per_page: 100 }),
    send: (chatId, message) => data(201, "POST", `/chats/${chatId}/chat_messages`, { message }),
    contact: (id) => data(200, "GET", `/contacts/${id}`),
    findContact: async (query) => {
      const found = await call<Contact | { contact: null }>(200, "GET", `/contacts/find?${queryString(query)}`);
      return "contact" in found ? null : found;
    },
    createContact: (contact) => data(201, "POST", "/contacts", { contact }),
    deleteContact: (id) => call(204, "DELETE", `/contacts/${id}`),
    lines: async () => (await call<{ phone_numbers: PhoneNumber[] }>(200, "GET", "/phone_numbers")).phone_numbers,
  };
  return api;
}
