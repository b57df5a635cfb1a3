import { parseIdentifier, parsePhoneNumber } from "../../contracts/identifier";
import { pathOf } from "../control/requests";
import type { JournalEntry } from "../world/journal";
import { chatKey } from "../world/participants";

/** What a request wanted to send. */
export interface SentMessage {
  /** Equal for two that send the same to the same people. */
  readonly sameness: string;
  readonly hasKey: boolean;
}

/** Reads what a Send Message or a Create Chat wanted to send. Undefined for others, and when the body is not as it must be. */
export function sentMessage(entry: JournalEntry): SentMessage | undefined {
  const { fields, files } = formOf(entry.body);
  const message = isObject(fields) ? fields["message"] : undefined;
  const place = placeOf(entry, fields);
  if (place === undefined || !isObject(message)) return undefined;
  const { text, attachments = [], attachment_urls = [], idempotency_key } = message;
  if (typeof text !== "string" || !areTexts(attachments) || !areTexts(attachment_urls)) return undefined;
  return {
    sameness: JSON.stringify([place, text, attachments, attachment_urls, files]),
    hasKey: idempotency_key !== undefined,
  };
}

/** The journal keeps the fields of a form apart from its files. */
function formOf(body: unknown): { readonly fields: unknown; readonly files: unknown } {
  return isObject(body) && Array.isArray(body["files"])
    ? { fields: body["fields"], files: body["files"] }
    : { fields: body, files: undefined };
}

/** The chat that a message is to go into, by its path or by its people. */
function placeOf(entry: JournalEntry, body: unknown): string | undefined {
  if (entry.operation === "sendMessage") return pathOf(entry);
  if (entry.operation !== "createChat" || !isObject(body) || !isObject(body["chat"])) return undefined;
  const line = parsePhoneNumber(String(body["send_from"]));
  const { phone_numbers } = body["chat"];
  const people = Array.isArray(phone_numbers) ? phone_numbers.map((written) => parseIdentifier(String(written))) : [];
  const known = people.filter((identifier) => identifier !== undefined);
  return line === undefined || known.length === 0 ? undefined : chatKey(line, known);
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
