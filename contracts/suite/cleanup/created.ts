import { randomBytes } from "node:crypto";
import { asObject, type Fields } from "../../exchange";
import type { OperationId } from "../../generated/v2/operations";
import type { SentFile } from "../sent-body";

/** A request of a run, as it is written down before it goes out. */
export interface PlannedRequest {
  readonly operation: OperationId;
  readonly method: string;
  /** Below the API's prefix, with its query. */
  readonly path: string;
  /** What is sent as JSON. */
  readonly body?: unknown;
}

/** Something that a run has made or changed, and the request that undoes it. */
export interface Created {
  readonly operation: OperationId;
  /** The path of the thing, below the API's prefix. */
  readonly path: string;
  readonly undo: Omit<PlannedRequest, "operation">;
}

/** What a request has made, by its answer; undefined when nothing that could be undone. */
export function createdBy({ operation, path, body: asked }: PlannedRequest, answer: unknown): Created | undefined {
  const make = makers[operation];
  return make?.({ path, asked: asObject(asked), data: asObject(asObject(answer)["data"]), answer: asObject(answer) });
}

interface Answered {
  readonly path: string;
  readonly asked: Fields;
  readonly data: Fields;
  readonly answer: Fields;
}

const makers: Partial<Record<OperationId, (answered: Answered) => Created | undefined>> = {
  createContact: ({ data }) => deletable("createContact", `/contacts/${data["id"]}`),
  createWebhookSubscription: ({ answer }) =>
    deletable("createWebhookSubscription", `/webhook_subscriptions/${asObject(answer["webhook_subscription"])["id"]}`),
  createChat: ({ data }) =>
    deletable("createChat", `/chats/${data["id"]}/chat_messages/${asObject(data["chat_messages"])["id"]}`),
  sendMessage: ({ path, data }) => deletable("sendMessage", `${path}/${data["id"]}`),
  createReaction: ({ path, asked }) =>
    asked["operation"] === "add"
      ? {
          operation: "createReaction",
          path: `${path}#${asked["type"]}`,
          undo: { method: "POST", path, body: { ...asked, operation: "remove" } },
        }
      : undefined,
  startTyping: ({ path }) => {
    const stop = path.replace("start_typing", "stop_typing");
    return { operation: "startTyping", path: stop, undo: { method: "DELETE", path: stop } };
  },
};

function deletable(operation: OperationId, path: string): Created | undefined {
  return /undefined|NaN/.test(path) ? undefined : { operation, path, undo: { method: "DELETE", path } };
}

/** A picture that the vendor's documents link to: what a message of a run has for a file. */
export const LINKED_FILE = "https://storage.googleapis.com/linq-files/attachments/example.png";

/** What a message of a run brings along. */
export const SENT_FILE: SentFile = { name: "contract-check.txt", type: "text/plain", text: "Contract check\n" };

/** What everything starts with that a run makes, so that it differs from what people have made. */
export const MARK = "linq-mock-contract";

/** A word of letters that no other run has. */
export function newMark(): string {
  const letters = Array.from(randomBytes(10), (byte) => String.fromCharCode(97 + (byte % 26)));
  return `${MARK}-${letters.join("")}`;
}

const OF_RUN = new RegExp(
  String.raw`^(?:Contract check )?${MARK}-[a-z]{10}(?:-[a-j]+)?(?:@example\.com| é漢🙂| \(edited: é漢🙂\))?$`,
);

/** What is sent where a number or an address has to be. */
const OWN_WORDS = ["nobody", "somebody", "nowhere"];

/** Whether a text is one that a run has made up, and nobody's. */
export function isOfRun(text: string): boolean {
  return OF_RUN.test(text) || OWN_WORDS.includes(text);
}

/** The n-th word of a run, of letters. */
export function numbered(mark: string, n: number): string {
  const digits = String(n).replaceAll(/\d/g, (digit) => String.fromCharCode(97 + Number(digit)));
  return `${mark}-${digits}`;
}
