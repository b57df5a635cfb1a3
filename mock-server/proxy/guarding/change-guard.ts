import { NoAnswer } from "../../../contracts/client/errors";
import { type Kind, kindOf } from "../../../contracts/client/kinds";
import type { OperationId } from "../../../contracts/generated/v2/operations";
import { Ledger } from "../../../contracts/suite/cleanup/ledger";
import { Refused } from "../../../contracts/suite/errors";
import type { KnownAsk } from "../../../contracts/suite/transport/ask";
import type { Guard } from "../../../contracts/suite/transport/guards/guard";
import { kindAllowed } from "../../../contracts/suite/transport/guards/kind-allowed";
import { onlyListedChats } from "../../../contracts/suite/transport/guards/only-listed-people";
import type { Permissions, Rules } from "../../../contracts/suite/transport/rules";
import type { Failure } from "../../server/failure";
import type { Asked } from "../asked";
import { hintOf } from "../asking/no-answer";
import type { Call } from "../call";
import type { Account, Read } from "./account";
import { addressingPart } from "./addressing-part";
import { elsewhereThan } from "./elsewhere-than";
import { reachedBy } from "./reached-by";
import { readChange, UnreadableChange } from "./read-change";

/** What is changed is asked for at a path that can be read in one way only; an id of more digits would be another one as a number. */
const PLAIN_PATH = /^(?:\/[a-z_]+|\/\d{1,15})+$/;

/** The app makes and changes them, and they reach nobody. */
const ANYBODYS: ReadonlySet<OperationId> = new Set([
  "createContact",
  "updateContact",
  "patchContact",
  "deleteContact",
  "createWebhookSubscription",
  "updateWebhookSubscription",
  "deleteWebhookSubscription",
]);

const ALLOWING: Readonly<Record<Kind, string>> = {
  read: "Reading is GET.",
  write: "Start the proxy with --allow writes.",
  visible: "Start the proxy with --allow visible, and --recipient <number> for each who may see it.",
  send: "Start the proxy with --allow send, and --recipient <number> for each who may be reached.",
};
const NAMING = "Start the proxy with --recipient <number> for each who may be reached; your own lines need not be named.";
const ACQUAINTING =
  "Which chat a message is in, the proxy learns when the messages of the chat are read: GET /chats/{chat_id}/chat_messages.";
const LOCATING = "Name the chat that the message is in: GET /chats/{chat_id}/chat_messages lists the messages of a chat.";
const READING = "The proxy reads first whom it would reach; send the token of the account in X-LINQ-INTEGRATION-TOKEN.";
const UNKNOWN = "Beside what the contract has, the proxy passes on reading alone (GET).";
const WRITING = "Changes take JSON with Content-Type: application/json, or for Send Message a form, and no query.";

/** Decides which changes may reach the target, by the guards of the contract kit. */
export class ChangeGuard {
  readonly #permissions: Permissions;
  /** The proxy makes nothing itself. */
  readonly #ledger: Ledger;

  constructor({ kinds, recipients, target }: Pick<Permissions, "kinds" | "recipients"> & { readonly target: string }) {
    this.#permissions = { kinds, recipients, spareLine: undefined, visibleChat: undefined, webhookUrl: undefined };
    this.#ledger = new Ledger({ file: undefined, target, mark: "" });
  }

  /** Why a change does not go on; undefined when it does. */
  async refusalOf(asked: Asked, call: Call, account: Account, read: Read): Promise<Failure | undefined> {
    try {
      return await this.#judge(asked, call, account, read);
    } catch (error) {
      if (error instanceof UnreadableChange) return refusal(asked, error.message, WRITING);
      if (error instanceof Refused) return refusal(asked, error.message, READING);
      if (error instanceof NoAnswer)
        return refusal(asked, `nobody can tell whom it would reach: ${error.message}`, hintOf(error));
      throw error;
    }
  }

  async #judge(asked: Asked, call: Call, account: Account, read: Read): Promise<Failure | undefined> {
    const { method, path, query, operation } = asked;
    if (operation === undefined) return refusal(asked, "the contract has no such operation", UNKNOWN);
    if (!PLAIN_PATH.test(path) || query !== "") return refusal(asked, "its address is not written plainly", WRITING);
    const rules = this.#rulesFor(account, read);
    const ask: KnownAsk = { operation, method, path };
    const judge = async (guard: Guard, hint: string): Promise<Failure | undefined> => {
      const reason = await guard(ask, rules);
      return reason === undefined ? undefined : refusal(asked, reason, hint);
    };
    const notAllowed = await judge(kindAllowed, ALLOWING[kindOf[operation]]);
    if (notAllowed) return notAllowed;
    const body = addressingPart(operation, readChange(operation, call.headers, call.body));
    if (ANYBODYS.has(operation)) return undefined;
    const named = reachedBy(body);
    const isForwarding = operation === "updatePhoneNumber" && body !== undefined;
    if (isForwarding || this.#strangers(named, account).length > 0) await account.readLines(read); // they may be own lines
    if (isForwarding && account.forwardedTo(path, named)) return undefined;
    if (this.#strangers(named, account).length > 0)
      return refusal(asked, "its body names somebody who is no --recipient", NAMING);
    const elsewhere = elsewhereThan(path, account.known);
    if (elsewhere !== undefined) return refusal(asked, elsewhere, LOCATING);
    return judge(onlyListedChats, operation === "createReaction" ? `${NAMING} ${ACQUAINTING}` : NAMING);
  }

  /** Those who are no recipients, and no own lines as far as these are known. */
  #strangers(named: readonly string[], { known }: Account): string[] {
    const { recipients } = this.#permissions;
    return named.filter((one) => recipients !== "anyone" && !recipients.has(one) && !known.lines.has(one));
  }

  #rulesFor(account: Account, read: Read): Rules {
    const readChat = async (id: number): Promise<ReadonlySet<string> | undefined> => {
      await account.readLines(read);
      return account.readChat(id, read);
    };
    return { ...this.#permissions, known: account.known, ledger: this.#ledger, readChat };
  }
}

function refusal({ method, path }: Asked, reason: string, hint: string): Failure {
  return { status: 403, detail: `${method} ${path} was not passed on: ${reason}`, hint };
}
