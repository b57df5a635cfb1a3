import type { AnyOperationId } from "../contract-version";
import { asObject, isRecord } from "../exchange";
import { peopleIn, peopleReached } from "./people-in-body";

/** How the calls of a version name people and chats, and how its answers tell of them. */
export interface VersionAddressing {
  readonly ids: "number" | "string";
  /** What is changed is at a path that can be read in one way only. */
  readonly plainPath: RegExp;
  /** Finds the id of the chat that a path is about, or of the message. */
  readonly place: RegExp;
  /** The field of a chat that holds the people in it, and the field of each that names them. */
  readonly people: readonly [list: string, name: string];
  /** Where it is read which chat a message is in, and the field that says so; undefined where that can only be learned. */
  readonly chatOfMessage: readonly [path: string, field: string] | undefined;
  /** Whether it is the API that refuses, and not a gateway in front of it. */
  isRefusal(body: unknown): boolean;
  /** Everybody whom a body may reach, as they are compared. */
  peopleReached(operation: AnyOperationId, body: unknown): string[];
}

export const ADDRESSING: VersionAddressing = {
  ids: "number",
  plainPath: /^(?:\/[a-z_]+|\/\d{1,15})+$/, // an id of more digits would be another one as a number
  place: /^\/(?:chats\/(\d+)|chat_messages\/(\d+))\//,
  people: ["chat_handles", "phone_number"],
  chatOfMessage: undefined,
  isRefusal: (body) => Array.isArray(asObject(body)["errors"]),
  peopleReached,
};

const UUID = "[\\da-fA-F]{8}(?:-[\\da-fA-F]{4}){3}-[\\da-fA-F]{12}";
/** Fields in which nobody is named who would be reached: texts, keys, links and UUIDs may hold digits that look like a number. */
const NAMING_NOBODY = new Set(
  "message continuation_message text poll options option_id attachment_id voice_memo_url image_url url display_name group_chat_icon layout fallback_text experience placement".split(
    " ",
  ),
);

export const ADDRESSING_V3: VersionAddressing = {
  ids: "string",
  plainPath: new RegExp(`^(?:/[a-z_-]+|/${UUID})+$`),
  place: new RegExp(`^/(?:chats/(${UUID})|messages/(${UUID}))`),
  people: ["handles", "handle"],
  chatOfMessage: ["/messages", "chat_id"],
  isRefusal: (body) => isRecord(asObject(body)["error"]),
  peopleReached(_, body) {
    const fields = isRecord(body) ? Object.entries(body).filter(([field]) => !NAMING_NOBODY.has(field)) : undefined;
    return peopleIn(fields ? Object.fromEntries(fields) : body); // what is no object stays as it is
  },
};
