/** What a pseudonym stands for. */
export type PseudonymKind = "NUMBER" | "EMAIL" | "NAME" | "TEXT" | "URL" | "FILE" | "KEY" | "SECRET";

const fieldsOf: Readonly<Record<PseudonymKind, readonly string[]>> = {
  NUMBER: [
    "phone_number",
    "phone_numbers",
    "phone_numbers[]",
    "send_from",
    "sent_from",
    "from_phone",
    "forwarding_number",
    "forwarded_from",
    "identifier",
    "to",
    "from",
  ],
  EMAIL: ["email", "user_email"],
  NAME: ["first_name", "last_name", "full_name", "display_name", "name", "company", "title", "location", "answered_by"],
  TEXT: ["text", "transcription", "summary"],
  URL: ["url", "webhook_url", "image_url", "attachment_urls"],
  FILE: ["filename"],
  KEY: ["idempotency_key"],
  SECRET: ["secret"],
};

/** The fields whose texts are somebody's, whatever they look like. */
export const privateFields: ReadonlyMap<string, PseudonymKind> = new Map(
  (Object.keys(fieldsOf) as PseudonymKind[]).flatMap((kind) => fieldsOf[kind].map((field) => [field, kind] as const)),
);
