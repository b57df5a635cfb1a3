import type { AnyOperationId } from "../contract-version";
import { asObject, isRecord } from "../exchange";
import { type GuardedRequest, type GuardRefusal, isAmbiguous, type Policy, refuseKind, STRANGER_NAMED } from "./guard";
import { kindOf } from "./kinds";
import { CannotTell, KNOWN_FOR_MS, type ReadPath } from "./known-account";
import { canonical, peopleIn } from "./named-people";

const UUID = "[\\da-fA-F]{8}(?:-[\\da-fA-F]{4}){3}-[\\da-fA-F]{12}";
/** What is changed is at a path that can be read in one way only. */
const PLAIN_PATH = new RegExp(`^(?:/[a-z_-]+|/${UUID})+$`);
const THING = new RegExp(`^/(chats|messages)/(${UUID})/?`);

/** They reach nobody, whatever their bodies name. */
const REACHING_NOBODY: ReadonlySet<AnyOperationId> = new Set([
  "createWebhookSubscription",
  "updateWebhookSubscription",
  "blockHandle",
  "unblockHandle",
  "createAttachment",
]);
/** They reach whom their bodies name, and nobody else. */
const REACHING_NAMED: ReadonlySet<AnyOperationId> = new Set(["createChat", "sendMessageAuto"]);

/** Fields in which nobody is named who would be reached: texts, keys, links and UUIDs may hold digits that look like a number. */
const NAMING_NOBODY = new Set(
  "message continuation_message text poll options option_id attachment_id voice_memo_url image_url url display_name group_chat_icon layout fallback_text experience placement".split(
    " ",
  ),
);

interface Reading {
  readonly policy: Policy;
  readonly read: ReadPath;
}

/** What is known of the account behind a token by V3, and which changes by V3 may reach it. Whom a change would reach is read first. */
export class AccountOfV3 {
  readonly #now: () => number;
  readonly #people = new Map<string, { readonly inside: ReadonlySet<string>; readonly at: number }>();
  #lines: ReadonlySet<string> | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Why a request may not go out, by the first rule that it breaks. Rejects when reading does. */
  async refusalOf(request: GuardedRequest, reading: Reading): Promise<GuardRefusal | undefined> {
    const { operation, method, path, query, body } = request;
    if (operation === undefined) return { rule: "operation", reason: "the contract has no such operation" };
    const isPlain = method === "GET" ? !isAmbiguous(path) : PLAIN_PATH.test(path) && query === "";
    if (!isPlain) return { rule: "address", reason: "its address is not written plainly" };
    const kind = refuseKind({ operation, method }, reading.policy);
    if (kind !== undefined) return { rule: "kind", reason: kind };
    if (!body.ok) return { rule: "body", reason: body.reason };
    try {
      return (
        (await this.#refuseStrangers(operation, body.value, reading)) ?? (await this.#refuseChat(operation, path, reading))
      );
    } catch (error) {
      if (error instanceof CannotTell) return { rule: "reading", reason: error.message };
      throw error;
    }
  }

  /** No body reaches somebody who is no recipient and no own line. */
  async #refuseStrangers(
    operation: AnyOperationId,
    body: unknown,
    { policy: { recipients }, read }: Reading,
  ): Promise<GuardRefusal | undefined> {
    if (recipients === "anyone" || REACHING_NOBODY.has(operation)) return undefined;
    const strangers = peopleIn(addressing(body)).filter((one) => !recipients.has(one));
    if (strangers.length === 0) return undefined;
    const lines = await this.#readLines(read); // they may be own lines
    return strangers.every((one) => lines.has(one)) ? undefined : { rule: "people", reason: STRANGER_NAMED };
  }

  /** Everyone whom a request to a chat would reach is a recipient or an own line. */
  async #refuseChat(
    operation: AnyOperationId,
    path: string,
    { policy: { recipients }, read }: Reading,
  ): Promise<GuardRefusal | undefined> {
    const kind = kindOf[operation];
    if ((kind !== "send" && kind !== "visible") || recipients === "anyone" || REACHING_NAMED.has(operation)) return undefined;
    const [, collection, id = ""] = THING.exec(path) ?? [];
    if (collection === undefined) return { rule: "chat", reason: "nobody knows whom it would reach" };
    const chatId = collection === "chats" ? id.toLowerCase() : await chatOfMessage(id, read);
    const inside = chatId === undefined ? undefined : await this.#readPeople(chatId, read);
    if (!inside) return undefined; // there is no such chat, so that nobody is in it
    const others = [...inside].filter((one) => !recipients.has(one));
    const lines = others.length === 0 ? undefined : await this.#readLines(read);
    return others.every((one) => lines?.has(one))
      ? undefined
      : { rule: "chat", reason: `somebody in chat ${chatId} is no --recipient` };
  }

  /** The account's own numbers, which are read once. */
  async #readLines(read: ReadPath): Promise<ReadonlySet<string>> {
    this.#lines ??= await readLines(read);
    return this.#lines;
  }

  /** Everyone in a chat, the line included, read again after a minute; undefined when there is no such chat. */
  async #readPeople(chatId: string, read: ReadPath): Promise<ReadonlySet<string> | undefined> {
    const known = this.#people.get(chatId);
    if (known && known.at >= this.#now() - KNOWN_FOR_MS) return known.inside;
    const { status, body } = await read(`/chats/${chatId}`);
    if (status === 404 && isRefusal(body) && !known) return undefined;
    const { id, handles } = asObject(body);
    if (status !== 200 || id !== chatId || !Array.isArray(handles)) {
      throw new CannotTell(`nobody can tell who is in chat ${chatId}: the target answers ${status}`);
    }
    const inside = new Set(handles.map((one) => canonical(isRecord(one) ? String(one["handle"]) : "")));
    this.#people.set(chatId, { inside, at: this.#now() });
    return inside;
  }
}

async function readLines(read: ReadPath): Promise<ReadonlySet<string>> {
  const { status, body } = await read("/phone_numbers");
  const { phone_numbers: listed } = asObject(body);
  if (status !== 200 || !Array.isArray(listed)) {
    throw new CannotTell(`nobody can tell which lines are your own: the target answers ${status}`);
  }
  return new Set(listed.map((line) => canonical(isRecord(line) ? String(line["phone_number"]) : "")));
}

/** Undefined when there is no such message. */
async function chatOfMessage(id: string, read: ReadPath): Promise<string | undefined> {
  const { status, body } = await read(`/messages/${id}`);
  if (status === 404 && isRefusal(body)) return undefined;
  const { chat_id: chatId } = asObject(body);
  if (status === 200 && typeof chatId === "string") return chatId.toLowerCase();
  throw new CannotTell(`nobody can tell which chat message ${id} is in: the target answers ${status}`);
}

/** Whether it is the API that says so, and not a gateway in front of it. */
function isRefusal(body: unknown): boolean {
  return isRecord(asObject(body)["error"]);
}

/** What of a body may name people who would be reached; what is no object stays as it is. */
function addressing(body: unknown): unknown {
  if (!isRecord(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([field]) => !NAMING_NOBODY.has(field)));
}
