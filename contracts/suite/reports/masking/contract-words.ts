import { DELIVERY_STATUSES, REACTION_TYPES, WEBHOOK_EVENTS } from "../../../generated/v2/enumerations";
import { operations } from "../../../generated/v2/operations";
import { SERVICES } from "../../../identifiers";

/** Every field that the contract knows. */
export const contractFields: ReadonlySet<string> = new Set([
  ...Object.values(operations).flatMap(({ query, bodyFields }) => [...Object.keys(query), ...Object.keys(bodyFields)]),
  ..."id data meta pagination contacts contact errors status code title detail error_code message messages".split(" "),
  ..."display_name service group message_count chat_handles phone_number joined_at chat chat_messages".split(" "),
  ..."text sent_at delivered_at delivery_status edited_at is_read sent_from chat_handle_id attachments reactions".split(" "),
  ..."url filename mime_type file_size chat_message_id reaction is_from_me from_phone created_at updated_at".split(" "),
  ..."first_name last_name full_name email company location image_url contact_owner name".split(" "),
  ..."phone_numbers forwarding_number response_rate user available".split(" "),
  ..."webhook_subscription webhook_subscriptions webhook_url version events active secret_configured".split(" "),
  ..."last_delivered_at delivery_attempts page total_pages total_count per_page current_page".split(" "),
  ..."api_version event_id event_type identifier is_me chat_id reaction_id read_at chat_handle associated_message".split(" "),
  ..."display timestamp to from direction start_time end_time duration call_type forwarded_from answered_by".split(" "),
  ..."voicemail has_recording recording_data transcribed transcript_available transcription summary participant".split(" "),
]);

/** Every text that the contract lists as a value, and the services' order of sorting. */
export const contractValues: ReadonlySet<string> = new Set([
  ...SERVICES,
  ...DELIVERY_STATUSES,
  ...REACTION_TYPES,
  ...WEBHOOK_EVENTS,
  "rate_limit_exceeded",
  "asc",
  "desc",
  "add",
  "remove",
  "error",
  "v2",
]);
