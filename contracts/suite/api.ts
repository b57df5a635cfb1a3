import { findChatPath } from "../find-chat-path";
import type { components } from "../generated/types";
import { requireContract } from "../require-contract";
import type { Target } from "./target";

type Schemas = components["schemas"];
export type Chat = Schemas["Chat"];
export type CreatedChat = Schemas["CreatedChat"];

/** An answer with a body, whatever it is. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** The calls that the laws are about. Every answer is checked against the contract. */
export interface Api {
  request(method: string, path: string, body?: object): Promise<Answer>;
  /** The chat of the line with these participants, or null. */
  find(line: string, participants: readonly string[]): Promise<Chat | null>;
  get(id: number): Promise<Chat>;
  /** The chats that involve a number, from all pages. */
  list(number: string): Promise<Chat[]>;
  create(
    line: string,
    participants: readonly string[],
    message: { text: string; idempotency_key?: string },
  ): Promise<CreatedChat>;
}

export function apiOf({ baseUrl, token }: Target): Api {
  const request: Api["request"] = async (method, path, body) => {
    const headers = { "X-LINQ-INTEGRATION-TOKEN": token, ...(body && { "Content-Type": "application/json" }) };
    const response = await fetch(`${baseUrl}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    const text = await response.text();
    const answer = { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
    requireContract(method, path, answer.status, answer.body);
    return answer;
  };
  const expectOk = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await request(method, path, body);
    if (answer.status !== 200) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  };
  return {
    request,
    find: async (line, participants) =>
      (await expectOk<{ data: { chat: Chat | null } }>("GET", findChatPath(line, participants))).data.chat,
    get: async (id) => (await expectOk<{ data: Chat }>("GET", `/chats/${id}`)).data,
    list: async (number) => {
      const chats: Chat[] = [];
      for (let page = 1, pages = 1; page <= pages; page += 1) {
        const query = new URLSearchParams({ phone_number: number, per_page: "5", page: String(page) });
        const { data, meta } = await expectOk<{ data: Chat[]; meta: Schemas["PageMeta"] }>("GET", `/chats?${query}`);
        chats.push(...data);
        pages = meta.total_pages;
      }
      return chats;
    },
    create: async (line, phone_numbers, message) =>
      (await expectOk<{ data: CreatedChat }>("POST", "/chats", { send_from: line, chat: { phone_numbers }, message })).data,
  };
}
