import type { Schema } from "./contract-document";

const number = { pattern: "\\+1[2-9][0-9]{2}55501[0-9]{2}" };
const url = { pattern: "https://[a-z]{4,9}\\.example\\.com/[a-z0-9]{6,12}" };
const page = { minimum: 1, maximum: 5 };

const DAY_AND_TIME = "(0[1-9]|1[0-9]|2[0-8])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\\.[0-9]{3}";

/** What is made up for a format. Times are in months that have one offset in US Central time from end to end. */
export const plausibleFormats: Readonly<Record<string, Schema>> = {
  "date-time": { pattern: `202[0-9]-((0[4-9]|10)-${DAY_AND_TIME}-05:00|(12|01|02)-${DAY_AND_TIME}-06:00)` },
  uuid: { pattern: "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}" },
  uri: url,
};

/** What is made up for a field, by its name, where its schema would allow what no such field holds: any words, any count. */
export const plausibleFields: Readonly<Record<"string" | "integer", Readonly<Record<string, Schema>>>> = {
  string: {
    phone_number: number,
    from_phone: number,
    sent_from: number,
    forwarding_number: number,
    email: { pattern: "[a-z]{3,8}\\.[a-z]{4,9}@example\\.(com|net|org)" },
    filename: { pattern: "[a-z]{4,10}\\.jpg" },
    mime_type: { const: "image/jpeg" },
  },
  integer: {
    page,
    current_page: page,
    total_pages: { minimum: 5, maximum: 9 },
    total_count: { minimum: 100, maximum: 900 },
    message_count: { minimum: 0, maximum: 500 },
    file_size: { minimum: 1, maximum: 5_000_000 },
    response_rate: { minimum: 0, maximum: 100 },
    delivery_attempts: { minimum: 0, maximum: 50 },
  },
};
