import { AccountCache, type ReadPath } from "../../contracts/client/account-cache";
import { NoAnswer } from "../../contracts/client/errors";
import { type GuardRefusal, type Policy, refusalOf } from "../../contracts/client/guard";
import { type Kind, kindOf } from "../../contracts/client/request-kinds";
import { type ContractVersion, operationOf } from "../../contracts/contract-version";
import type { Failure } from "../server/failure";
import type { ApiRequest, ProxyCall } from "./call";
import { readChange } from "./read-change";
import { hintOf } from "./upstream";

const ALLOWING: Readonly<Record<Kind, string>> = {
  read: "Reading is GET.",
  write: "Start the proxy with --allow writes.",
  visible: "Start the proxy with --allow visible, and --recipient <number> for each who may see it.",
  send: "Start the proxy with --allow send, and --recipient <number> for each who may be reached.",
};
const NAMING = "Start the proxy with --recipient <number> for each who may be reached; your own lines need not be named.";
const FINDING =
  "Which chat a message is in, the proxy learns when the messages of the chat are read: GET /chats/{chat_id}/chat_messages.";
const WRITING =
  "Changes take JSON with Content-Type: application/json, or for Send Message and Create Chat a form, and no query.";
const NEVER = "Whoever it would reach, its query tells alone, so that the proxy never passes it on; ask the API itself.";
const MOST_ACCOUNTS = 100;
const EMPTY = { ok: true, value: undefined } as const;

/** Decides which changes may reach the target, and says what would allow them. */
export class ChangeGuard {
  readonly #policy: Policy;
  readonly #now: () => number;
  /** By version and token; the one that was asked about last is the last. */
  readonly #accounts = new Map<string, AccountCache>();

  constructor(policy: Omit<Policy, "run">, now: () => number) {
    this.#policy = { ...policy, run: undefined };
    this.#now = now;
  }

  /** What is known of the account behind a token. */
  accountOf({ name, account: form }: ContractVersion, token: string): AccountCache {
    const key = `${name} ${token}`;
    const account = this.#accounts.get(key) ?? new AccountCache(this.#now, form);
    this.#accounts.delete(key);
    this.#accounts.set(key, account);
    const [oldest] = this.#accounts.keys();
    if (this.#accounts.size > MOST_ACCOUNTS && oldest !== undefined) this.#accounts.delete(oldest);
    return account;
  }

  /** Why a change does not go on; undefined when it does. */
  async refusalOf(request: ApiRequest, call: ProxyCall, account: AccountCache, read: ReadPath): Promise<Failure | undefined> {
    const { contract, operation } = request;
    const body = operation === undefined ? EMPTY : readChange(contract, operation, call.headers, call.body);
    try {
      const refusal = await refusalOf({ ...request, body }, { policy: this.#policy, account, read });
      return refusal && failureOf(request, refusal.reason, hintFor(refusal, request));
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return failureOf(request, `nobody can tell whom it would reach: ${error.message}`, hintOf(error));
    }
  }
}

/** What would have a change pass. */
const HINTS: Partial<Record<GuardRefusal["rule"], string>> = {
  operation: "Beside what the contract has, the proxy passes on reading alone (GET).",
  address: WRITING,
  body: WRITING,
  people: NAMING,
  chat: NAMING,
  message: "Name the chat that the message is in: GET /chats/{chat_id}/chat_messages lists the messages of a chat.",
};

function hintFor({ rule }: GuardRefusal, { contract, operation }: ApiRequest): string | undefined {
  if (rule === "reading")
    return `The proxy reads first whom it would reach; send the token of the account in ${contract.token.shown}.`;
  if (rule === "address" && operation && Object.keys(operationOf(contract, operation).query).length > 0) return NEVER;
  if (rule === "kind" && operation) return ALLOWING[kindOf[operation]];
  return rule === "chat" && operation === "createReaction" ? `${NAMING} ${FINDING}` : HINTS[rule];
}

function failureOf({ method, path }: ApiRequest, reason: string, hint: string | undefined): Failure {
  return { status: 403, detail: `${method} ${path} was not passed on: ${reason}`, hint };
}
