import type { ApiChat, ApiContact, ApiMessage, ApiPhoneNumber } from "../api-types";
import { MOST_PER_PAGE } from "../limits";
import type { Random } from "../random";
import { type Api, type ListPage, othersIn } from "./api";
import { momentOf } from "./expect";
import { Skip } from "./law-errors";
import type { ContractOptions } from "./options";

interface SampleOptions extends Pick<ContractOptions, "chat" | "contact"> {
  /** @throws Skip when the account has none */
  line(): string;
  readonly random: Random;
}

/** A chat and the first of its messages, at most 100, in the order of the list. */
export interface Conversation {
  readonly chat: ApiChat;
  readonly messages: readonly ApiMessage[];
  readonly total: number;
}

/** A contact that has an e-mail address and a number of its own. */
export type KnownContact = ApiContact & { readonly email: string; readonly phone_number: string };

/** Of how many chats the messages are counted when a list does not tell. */
const MOST_COUNTED = 12;

/** What there is on a server to ask about. Each thing is read when it is asked for first, and then remembered. */
export class Sample {
  readonly #api: Api;
  readonly #options: SampleOptions;
  readonly #remembered = new Map<string, Promise<unknown>>();

  constructor(api: Api, options: SampleOptions) {
    this.#api = api;
    this.#options = options;
  }

  lines(): Promise<ApiPhoneNumber[]> {
    return this.#once("lines", () => this.#api.lines());
  }

  /** The first page of the line's chats. */
  chats(): Promise<ListPage<ApiChat>> {
    return this.#once("chats", () => this.#api.chats(this.#options.line(), { per_page: MOST_PER_PAGE }));
  }

  /** The first page of the contacts. */
  contacts(): Promise<ListPage<ApiContact>> {
    return this.#once("contacts", () => this.#api.contacts({ per_page: MOST_PER_PAGE }));
  }

  /** The chat that was named, or any. @throws Skip when the line has none */
  chat(): Promise<ApiChat> {
    return this.#once("chat", async () => {
      const { chat } = this.#options;
      return chat === undefined ? this.#any(await this.#populated(), "the line has no chats") : this.#api.get(chat);
    });
  }

  /** Chats to try things with, the one that was named first; at most so many. @throws Skip when there are none */
  async someChats(most: number): Promise<ApiChat[]> {
    const first = await this.chat();
    const others = this.#options.random.shuffled((await this.#populated()).filter(({ id }) => id !== first.id));
    return [first, ...others].slice(0, most);
  }

  /** A chat with messages, and those. @throws Skip when there is none */
  async conversation(): Promise<Conversation> {
    return (await this.conversations(1))[0] as Conversation;
  }

  /** Chats with two messages or more, at most so many: those with nearly a page of them first. @throws Skip when there is none */
  async conversations(most: number): Promise<Conversation[]> {
    const named = this.#options.chat === undefined ? [] : [await this.chat()];
    const byLength = (await this.#counted())
      .filter(({ id, message_count }) => message_count > 1 && named[0]?.id !== id)
      .sort((a, b) => distance(a) - distance(b) || a.id - b.id);
    const chosen = [...named, ...byLength].slice(0, most);
    if (chosen.length === 0) throw new Skip("the line has no chat with messages");
    const read: Conversation[] = [];
    for (const chat of chosen) {
      const page = await this.#messages(chat);
      read.push({ chat, messages: page.items, total: page.meta.total_count });
    }
    return read;
  }

  /** The id of the chat of a line with some people, opened when they have none: it stays the same. */
  chatWith(line: string, people: readonly string[], open: () => Promise<Pick<ApiChat, "id">>): Promise<number> {
    return this.#once(`chat ${line} ${people.join()}`, async () => ((await this.#api.find(line, people)) ?? (await open())).id);
  }

  /** A number of somebody who is in no contact; undefined when there is none. */
  freeNumber(people: readonly string[]): Promise<string | undefined> {
    return this.#once("free number", async () => {
      const numbers = people.filter((person) => person.startsWith("+"));
      const phone_number = numbers.length > 0 ? this.#options.random.of(numbers) : undefined;
      const isFree = phone_number !== undefined && (await this.#api.findContact({ phone_number })) === null;
      return isFree ? phone_number : undefined;
    });
  }

  /** The operation that has shown the contact. */
  get sourceOfContact(): string {
    return this.#options.contact === undefined ? "List Contacts" : "Get Contact";
  }

  /** The contact that was named, or any, that can be found by each of its e-mail address and number. @throws Skip when there is none */
  contact(): Promise<KnownContact> {
    return this.#once("contact", async () => {
      const { contact } = this.#options;
      if (contact === undefined) {
        const { items, meta } = await this.contacts();
        const first = knownAlone(items);
        const last = { page: meta.total_pages, per_page: MOST_PER_PAGE };
        const isMore = first.length === 0 && meta.total_pages > 1; // on some servers, what is made by programs comes first
        const known = isMore ? knownAlone((await this.#api.contacts(last)).items) : first;
        return this.#any(known, "no contact has both an e-mail address and a number");
      }
      const named = await this.#api.contact(contact);
      if (!isText(named.email) || !isText(named.phone_number)) {
        throw new Skip(`contact ${contact} has no e-mail address or no number; name another with --contact`);
      }
      return named as KnownContact;
    });
  }

  /** The chats with how many messages they have, which some servers do not list. */
  #counted(): Promise<ApiChat[]> {
    return this.#once("counted chats", async () => {
      const { items } = await this.chats();
      const counted: ApiChat[] = items.filter((chat) => typeof chat.message_count === "number");
      for (const chat of counted.length > 0 ? [] : items.slice(0, MOST_COUNTED)) {
        const { meta } = await this.#messages(chat);
        counted.push({ ...chat, message_count: meta.total_count });
      }
      return counted;
    });
  }

  /** The first page of the messages of a chat. */
  #messages({ id }: Pick<ApiChat, "id">): Promise<ListPage<ApiMessage>> {
    return this.#once(`messages ${id}`, () => this.#api.messages(id, { per_page: MOST_PER_PAGE }));
  }

  /** Chats with somebody in them. */
  async #populated(): Promise<ApiChat[]> {
    const line = this.#options.line();
    return (await this.chats()).items.filter((chat) => othersIn(chat, line).length > 0);
  }

  #any<T>(candidates: readonly T[], none: string): T {
    if (candidates.length === 0) throw new Skip(none);
    return this.#options.random.of(candidates);
  }

  #once<T>(what: string, read: () => Promise<T>): Promise<T> {
    const known = this.#remembered.get(what) as Promise<T> | undefined;
    if (known) return known;
    const reading = read();
    reading.catch(() => this.#remembered.delete(what)); // the next one may try again
    this.#remembered.set(what, reading);
    return reading;
  }
}

/** Those with an e-mail address and a number that no other of them has. */
function knownAlone(contacts: readonly ApiContact[]): KnownContact[] {
  const isShared = ({ email, phone_number }: ApiContact): boolean =>
    contacts.filter((other) => other.email === email || other.phone_number === phone_number).length > 1;
  const isKnown = (contact: ApiContact): contact is KnownContact => isText(contact.email) && isText(contact.phone_number);
  return contacts.filter(isKnown).filter((contact) => !isShared(contact));
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

/** When a message was sent, in ms since 1970. @throws Incomparable where it does not tell */
export function sentAt(message: Pick<ApiMessage, "sent_at">): number {
  return momentOf(message, "sent_at", "a message");
}

/** What the times of messages tell apart, in ms: some servers do not show what is less than a second. */
export function unitOf(messages: readonly Pick<ApiMessage, "sent_at">[]): number {
  return messages.every((message) => /:\d\d\.\d{3}/.test(message.sent_at)) ? 1 : 1000;
}

/** How far a chat is from a full page: the longer, the more there is to page through, and what is longer is not read to its end. */
function distance({ message_count: count }: ApiChat): number {
  return count > MOST_PER_PAGE ? count : MOST_PER_PAGE - count;
}
