import type { ErrorObject } from "ajv";
import type { Request } from "express";
import { isRecord } from "../../contracts/exchange";
import { pointerParts } from "../../contracts/json-pointer";
import { nearest } from "../../contracts/spelling-suggestion";
import { meantBy, REACTION_WORDS, synonyms } from "../../contracts/synonyms";
import { listed } from "../../contracts/text-lists";
import { type ControlId, controlCalls } from "../control/generated/calls";
import { namesAre } from "./ignored-names";

/** A field that is not known was meant to be one that is, perhaps the very one that is missing. */
export function hintFor(id: ControlId, { keyword, params, instancePath }: ErrorObject, value: unknown): string | undefined {
  const fields: readonly string[] = controlCalls[id].bodyFields;
  if (Array.isArray(value) && LISTS[id] !== undefined) return LISTS[id];
  if (keyword === "minProperties" || keyword === "maxProperties") return `Give one of ${fields.join(", ")}.`;
  const given = valueAt(value, instancePath);
  if (instancePath !== "" && isWrapper(given, fields)) return UNWRAP;
  if (instancePath === "/advance_ms") return 'It is in milliseconds: {"advance_ms": 300000} is five minutes.';
  if (keyword === "type" && typeof given === "number") return PEOPLE[instancePath.split("/")[1] ?? ""];
  if (keyword === "type" && params["type"] === "integer" && /^\d+$/.test(String(given)))
    return "Ids are numbers here; only events carry them as strings.";
  if (keyword === "format" && params["format"] === "date-time")
    return "Such as 2025-05-21T15:30:00-05:00, or 2025-05-21T20:30:00Z.";
  if (keyword === "pattern") return PATTERNS[instancePath];
  if (keyword === "enum") {
    const allowed = (params["allowedValues"] as readonly unknown[]).map(String);
    const meant = meantBy(String(given), REACTION_WORDS, allowed) ?? nearest(String(given), allowed);
    return meant === undefined ? undefined : `Did you mean ${meant}?`;
  }
  const { additionalProperty, missingProperty } = params as { additionalProperty?: string; missingProperty?: string };
  if (additionalProperty !== undefined) {
    if (isWrapper(valueAt(value, `${instancePath}/${additionalProperty}`), fields)) return UNWRAP;
    const absent = fields.filter((field) => !Object.hasOwn(value as object, field));
    const meant = meantField(additionalProperty, absent);
    const all = instancePath === "" ? `It can have ${fields.join(", ")}.` : undefined;
    return meant === undefined ? all : `Did you mean ${meant}?`;
  }
  if (missingProperty === undefined || instancePath !== "") return undefined;
  if (Object.values(value as object).some((one) => isWrapper(one, fields))) return UNWRAP;
  const unread = Object.keys(value as object).filter((field) => !fields.includes(field));
  const misspelt = unread.find((field) => meantField(field, fields) === missingProperty);
  if (misspelt !== undefined) return `${misspelt} is not read; did you mean ${missingProperty}?`;
  const { required }: { readonly required: readonly string[] } = controlCalls[id];
  const unsaid = unread.length === 0 ? "" : `; ${namesAre(unread)} not read`;
  const isToldAll = unsaid === "" && required.filter((field) => !Object.hasOwn(value as object, field)).length === 1;
  return isToldAll ? undefined : `It needs ${listed(required)}${unsaid}.`;
}

/** What texts are that follow a pattern. */
const PATTERNS: Readonly<Record<string, string>> = {
  "/cursor": "It is what the page before had in next.",
  "/last_event_id": "It is the id of an event, such as 9f86d081-42.",
  "/id": "Ids are numbers here, such as 45.",
};

const UNWRAP = "The fields are not wrapped: they stand at the top level.";
const PERSON = "Somebody is a number in quotes, an e-mail address, or the name of a contact.";
/** What those are whom a field names. */
const PEOPLE: Readonly<Record<string, string>> = {
  line: 'A line is its phone number, in quotes, such as "+12052761148".',
  ...{ from: PERSON, with: PERSON, participant: PERSON, participants: PERSON },
};

/** Whether something holds fields that belong beside it. */
function isWrapper(value: unknown, fields: readonly string[]): boolean {
  return isRecord(value) && Object.keys(value).some((name) => fields.includes(name));
}

function valueAt(value: unknown, pointer: string): unknown {
  return pointerParts(pointer).reduce((at: unknown, part) => Object(at)[part], value);
}

/** What is given for a list, where one thing is taken, or it is wrapped. */
const LISTS: {
  readonly [id in ControlId]?: string;
} = {
  armFault: 'POST takes one rule; PUT takes a list: {"faults": [...]}.',
  replaceFaults: 'The list is wrapped: {"faults": [...]}.',
};

/** What fields are called elsewhere. */
const FIELD_WORDS = synonyms({
  from: "sender author phone_number from_phone participant handle",
  text: "message body content",
  type: "reaction emoji",
  chat: "conversation thread",
  with: "from participant phone_number caller",
  participant: "from phone_number handle",
  message: "id chat_message_id",
});

function meantField(written: string, fields: readonly string[]): string | undefined {
  return nearest(written, fields) ?? meantBy(written, FIELD_WORDS, fields);
}

/** What is taken in words elsewhere. */
export function wordsHint({ path }: Request): string | undefined {
  if (!path.startsWith("/faults")) return undefined;
  return 'A rule is JSON here, {"fault": "latency", "ms": 3000}; in words, latency ms=3000, it is for --fault.';
}
