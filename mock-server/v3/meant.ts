import type { ErrorObject } from "ajv";
import { isRecord } from "../../contracts/exchange";
import type { components } from "../../contracts/generated/v3/types";
import { parsePhoneNumber } from "../../contracts/identifiers";
import { pointerParts } from "../../contracts/json-pointer";
import { nearest } from "../../contracts/spelling-suggestion";
import { meantBy, REACTION_WORDS, synonyms } from "../../contracts/synonyms";
import { thereAre } from "../../contracts/text-lists";
import { schemeHint } from "../server/scheme-hint";
import { shortened } from "../server/text";

/** What others call the fields of V3, V2 among them. */
export const FIELD_WORDS = synonyms({
  value: "text content body message caption link href",
  url: "attachment_url media media_url link src href image_url file_url value",
  attachment_id: "attachment media_id file_id id",
  from: "send_from sender from_number line phone_number",
  to: "recipients recipient phone_numbers participants handles numbers",
  message: "body content",
  parts: "part content text",
  handle: "phone_number participant identifier number address email",
  address: "phone_number handle number to recipient",
  target_url: "url webhook_url callback_url callback endpoint uri",
  subscribed_events: "events event event_types topics types",
  type: "reaction emoji reaction_type",
  operation: "action op method",
  is_active: "active enabled status",
  display_name: "group_name chat_name name title subject",
  group_chat_icon: "icon icon_url avatar",
  idempotency_key: "idempotency client_id dedupe_key nonce",
});

const PART_TYPES: readonly components["schemas"]["MessagePartInput"]["type"][] = [
  "text",
  "media",
  "link",
  "imessage_app",
  "app_clip",
];
const PART_WORDS = synonyms({
  text: "txt message string plain",
  media: "image photo picture video audio file attachment",
  link: "url href",
});

/** What V2 calls the events of V3, and others the types of reactions. */
const VALUE_WORDS = {
  ...REACTION_WORDS,
  ...synonyms({
    "chat.typing_indicator.started": "typing_indicator.received typing_indicator.sent typing.started",
    "chat.typing_indicator.stopped": "typing_indicator.removed typing.stopped",
    "reaction.added": "reaction.sent reaction.received",
    "call.ended": "call.completed",
    "message.edited": "message.updated",
  }),
};

export const PARTS_FORM = 'It is {"message": {"parts": [{"type": "text", "value": "..."}]}}.';

/** What was meant by what a schema refuses in a request, which is the body or the query. */
export function meantAt({ keyword, params, instancePath }: ErrorObject, request: unknown): string | undefined {
  const value = valueAt(request, instancePath);
  switch (keyword) {
    case "required":
      return fieldMeant(value, [params["missingProperty"]]);
    case "enum":
      return didYouMean(value, VALUE_WORDS, params["allowedValues"]);
    case "discriminator":
      return [didYouMean(params["tagValue"], PART_WORDS, PART_TYPES), thereAre(PART_TYPES)].filter(Boolean).join(" ");
    case "type":
      if (/^\/message\/parts(\/\d+)?$/.test(instancePath)) return PARTS_FORM;
      return params["type"] === "array" && typeof value === "string" ? 'It is a list, also of one: ["..."].' : undefined;
    case "pattern":
      if (typeof value !== "string") return undefined;
      return instancePath.endsWith("url") ? schemeHint(value) : numberMeant(value);
    default:
      return undefined;
  }
}

/** The field of an object that stands in the place of one that is missing. */
export function fieldMeant(holder: unknown, missing: readonly string[]): string | undefined {
  for (const name of isRecord(holder) ? Object.keys(holder) : []) {
    const meant = missing.includes(name) ? undefined : (meantBy(name, FIELD_WORDS, missing) ?? nearest(name, missing));
    if (meant !== undefined) return `${shortened(name)} is not read; did you mean ${meant}?`;
  }
  return undefined;
}

/** How a number is written that is not in E.164 form. */
export function numberMeant(written: string): string | undefined {
  const read = parsePhoneNumber(written.replaceAll(/[^\d+]/g, ""));
  return read === undefined || read === written ? undefined : `Write ${read}.`;
}

function didYouMean(written: unknown, words: ReturnType<typeof synonyms>, known: readonly string[]): string | undefined {
  if (typeof written !== "string") return undefined;
  const meant = meantBy(written, words, known) ?? nearest(written, known);
  return meant === undefined ? undefined : `Did you mean ${meant}?`;
}

function valueAt(whole: unknown, pointer: string): unknown {
  return pointerParts(pointer).reduce<unknown>(
    (value, part) => (typeof value === "object" && value !== null ? (value as Record<string, unknown>)[part] : undefined),
    whole,
  );
}
