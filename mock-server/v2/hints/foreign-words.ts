import { synonyms } from "../../../contracts/synonyms";
/* What other APIs call things, and clients that come from them: by our names, the words that are taken for them. */

export const PARAMETER_WORDS = synonyms({
  per_page: "limit page_size size count max max_results results_per_page take top",
  page: "offset cursor skip page_number start starting_after page_token next",
  sort: "order order_by sort_by sort_order direction dir ordering",
  after: "since from start_date start_time min_date",
  before: "until to end_date end_time max_date",
  phone_number: "line from_number send_from",
  "phone_numbers[]": "participants participant recipients to",
  email: "mail",
});

export const FIELD_WORDS = synonyms({
  type: "reaction emoji reaction_type",
  operation: "action op method",
  send_from: "from sender from_number",
  phone_numbers: "to recipients recipient participants handles numbers",
  text: "body content message_text msg",
  attachment_urls: "media media_url media_urls image_url urls files",
  idempotency_key: "idempotency client_id dedupe_key nonce",
  display_name: "group_name chat_name title subject",
  webhook_url: "url callback_url callback endpoint target_url uri",
  events: "event_types event subscribed_events topics types",
  secret: "signing_secret webhook_secret key",
  active: "enabled is_active status",
  first_name: "given_name name",
  last_name: "surname family_name",
  company: "organization employer",
  title: "job_title role",
  location: "address city",
  phone_number: "mobile cell number handle",
  email: "mail",
  user_email: "owner owner_email",
  forwarding_number: "forward_to forward",
});

/** Events that there are not, and where what they would tell is. */
export const EVENT_ADVICE: Readonly<Record<string, string>> = {
  "message.delivered": "that a message was delivered is in its delivery_status: read the message.",
  "message.failed": "that a message failed is in its delivery_status: read the message.",
  "message.edited": "nothing tells of edits: edited_at of the message does.",
  "message.updated": "nothing tells of edits: edited_at of the message does.",
  "message.deleted": "nothing tells of deletions.",
  "reaction.removed": "nothing tells of reactions that are taken back.",
  "reaction.added": "there are reaction.sent and reaction.received.",
  "typing_indicator.sent": "there are typing_indicator.received and typing_indicator.removed.",
  "*": "events are named one by one.",
  all: "events are named one by one.",
};
