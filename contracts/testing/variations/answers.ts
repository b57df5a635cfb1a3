import { parseTimestamp } from "../../timestamps";
import type { Answer, MutantContext } from "../mutants/mutant";
import { body, eachField, eachObject, type Variation } from "./variation";

/** Writes the times of all answers in another form. */
function times(write: (iso: string) => string): { every: (answer: Answer) => void } {
  const rewrite = body((json) =>
    eachField(json, (value, name) => (name.endsWith("_at") && typeof value === "string" ? write(value) : value)),
  );
  return { every: rewrite };
}

const utc = (iso: string): string => new Date(parseTimestamp(iso)).toISOString();

/** A time as a clock shows it that is so many hours off UTC. */
function inZone(iso: string, hours: number): string {
  const sign = hours < 0 ? "-" : "+";
  const local = new Date(parseTimestamp(iso) + hours * 3_600_000).toISOString().slice(0, -1);
  return `${local}${sign}${String(Math.abs(hours)).padStart(2, "0")}:00`;
}

/** The moment of a message is not shown. */
const MOMENTS = ["before lets the moment itself in", "after lets the moment itself in"];

const timeForms: readonly Variation[] = [
  { name: "times are in UTC", contradicts: ["A-time-form"], answer: times(utc) },
  {
    name: "times are in UTC, without what is less than a second",
    hides: MOMENTS,
    contradicts: ["A-time-form"],
    answer: times((iso) => utc(iso).replace(/\.\d+/, "")),
  },
  {
    name: "times have no fraction of a second",
    hides: MOMENTS,
    contradicts: ["A-time-form"],
    answer: times((iso) => iso.replace(/\.\d+/, "")),
  },
  {
    name: "times have microseconds",
    contradicts: ["A-time-form"],
    answer: times((iso) => iso.replace(/(\.\d{3})/, "$1456")),
  },
  {
    name: "times have the offset +00:00",
    contradicts: ["A-time-form"],
    answer: times((iso) => utc(iso).replace("Z", "+00:00")),
  },
  { name: "times are those of India", contradicts: ["A-time-form"], answer: times((iso) => inZone(iso, 5)) },
  { name: "times keep the offset of winter", contradicts: [], answer: times((iso) => inZone(iso, -6)) },
  {
    name: "subscriptions alone are told in UTC, as their examples are",
    contradicts: ["A-time-form"],
    answer: {
      listWebhookSubscriptions: times((iso) => utc(iso).replace(/\.\d+/, "")).every,
      createWebhookSubscription: times((iso) => utc(iso).replace(/\.\d+/, "")).every,
      updateWebhookSubscription: times((iso) => utc(iso).replace(/\.\d+/, "")).every,
    },
  },
];

const further = (fields: Record<string, unknown>) => body((json) => eachObject(json, (object) => ({ ...object, ...fields })));

/** A field whose value is another in each answer. */
const withIdOfRequest = (answer: Answer, { memory }: MutantContext): void =>
  body((json) => ({ ...json, request_id: `req_${memory.count("requests")}` }))(answer);

export const ID_OF_REQUEST = "every answer has the id of its request";

/** Fields that others have. */
const furtherFields: readonly Variation[] = [
  { name: "every object has a field more", contradicts: ["A-extra-fields"], answer: { every: further({ extra: 1 }) } },
  { name: "every object has its type", contradicts: ["A-extra-fields"], answer: { every: further({ object: "record" }) } },
  {
    name: ID_OF_REQUEST,
    contradicts: ["A-extra-fields", "A-error-wording"],
    answer: { every: withIdOfRequest },
    refusal: { every: withIdOfRequest },
  },
  {
    name: "what was refused has a link to the documentation",
    contradicts: ["A-extra-fields", "A-error-wording"],
    refusal: {
      every: body((json) =>
        Array.isArray(json["errors"]) ? { ...json, documentation_url: "https://docs.example.com" } : json,
      ),
    },
  },
  {
    name: "lines tell their user, as the quick start of 2025 does",
    contradicts: [],
    answer: {
      listPhoneNumbers: ({ body: { phone_numbers } }) => {
        for (const line of phone_numbers) Object.assign(line, { user: { id: 9, name: "Maria", email: "maria@example.com" } });
      },
    },
  },
  {
    name: "every object tells when it was read",
    contradicts: ["A-extra-fields"],
    answer: {
      every: (answer, { memory }) => further({ read_at: new Date(memory.count("reads") * 1000).toISOString() })(answer),
    },
  },
  {
    name: "handles say whether they are the line's own",
    contradicts: ["A-extra-fields"],
    answer: { every: body((json) => eachObject(json, (one) => ("joined_at" in one ? { ...one, is_me: false } : one))) },
  },
  {
    name: "things tell which organization they are of",
    contradicts: ["A-extra-fields"],
    answer: { every: body((json) => eachObject(json, (one) => ("id" in one ? { ...one, organization_id: 7 } : one))) },
  },
  {
    name: "pages have links to the next",
    contradicts: ["A-extra-fields"],
    answer: { every: body((json) => eachObject(json, (one) => ("total_pages" in one ? { ...one, next_page: 2 } : one))) },
  },
];

/** Leaves fields out, in objects that have a certain other. */
const without = (names: readonly string[], of = "id") =>
  body((json) => eachField(json, (value, name, object) => (of in object && names.includes(name) ? undefined : value)));

/** Fields that others leave out. */
const fewerFields: readonly Variation[] = [
  { name: "files have no size", contradicts: ["A-always-present"], answer: { every: without(["file_size"], "mime_type") } },
  {
    name: "handles do not tell when they joined",
    contradicts: ["A-always-present"],
    answer: { every: without(["joined_at"]) },
  },
  {
    name: "contacts have no picture and no location",
    contradicts: ["A-always-present"],
    answer: { every: without(["image_url", "location"]) },
  },
  {
    name: "contacts have no owner",
    hides: ["a contact that is found by its e-mail address has no owner"],
    contradicts: ["A-always-present"],
    answer: { every: without(["contact_owner"]) },
  },
  {
    name: "listed chats do not count their messages",
    contradicts: ["A-always-present"],
    answer: { listChats: without(["message_count"]) },
  },
  {
    name: "reactions tell one time only",
    hides: ["reading a reaction updates it"],
    contradicts: ["A-always-present"],
    answer: { every: without(["created_at", "updated_at"], "chat_message_id") },
  },
  {
    name: "subscriptions do not tell when they were made, and what was delivered",
    contradicts: ["A-always-present"],
    answer: { every: without(["created_at", "updated_at", "delivery_attempts"], "webhook_url") },
  },
  {
    name: "what is null is left out",
    hides: ["a listed contact has a field that nobody knows", "a listed chat has no name when nobody has named it"], // they are null
    contradicts: ["A-always-present"],
    answer: {
      every: body((json) =>
        eachField(json, (value, name) => (value === null && !/^(?:chat|contact)$/.test(name) ? undefined : value)),
      ),
    },
  },
];

const replaced = (fits: (value: unknown, name: string) => boolean, by: unknown) =>
  body((json) => eachField(json, (value, name) => (fits(value, name) ? by : value)));

const TEXTS = ["first_name", "last_name", "full_name", "email", "phone_number", "company", "title", "location"];

function emptyText(value: unknown, name: string): unknown {
  return value === null && TEXTS.includes(name) ? "" : value;
}

/** Nothing, in other words. */
const nothings: readonly Variation[] = [
  {
    name: "unset fields of contacts are empty texts",
    contradicts: ["A-contact-empty"],
    answer: { every: replaced((value, name) => value === null && TEXTS.includes(name), "") },
    event: { every: ({ data }) => void Object.assign(data, eachField(data, emptyText)) },
  },
  {
    name: "an empty list of reactions is null",
    contradicts: ["A-contact-empty"],
    answer: { every: replaced((value, name) => name === "reactions" && Array.isArray(value) && value.length === 0, null) },
  },
  {
    name: "an empty list of files is null",
    contradicts: ["A-contact-empty"],
    answer: { every: replaced((value, name) => name === "attachments" && Array.isArray(value) && value.length === 0, null) },
  },
  {
    name: "lines are called by nothing",
    contradicts: [],
    answer: { every: replaced((value, name) => name === "forwarding_number" && value === null, "") },
  },
  {
    name: "contacts have no full name unless both are given",
    contradicts: [],
    answer: {
      every: body((json) =>
        eachObject(json, (one) => ("full_name" in one && !one["last_name"] ? { ...one, full_name: null } : one)),
      ),
    },
  },
  {
    name: "contacts have owners that are null",
    hides: ["a contact that is found by its e-mail address has no owner"],
    contradicts: [],
    answer: { every: replaced((_, name) => name === "contact_owner", null) },
    event: { every: ({ data }) => void ("contact_owner" in data && Object.assign(data, { contact_owner: null })) },
  },
  {
    name: "numbers that are unset are left out, other texts are empty",
    contradicts: ["A-always-present", "A-contact-empty"],
    answer: {
      every: body((json) =>
        eachField(json, (value, name) => {
          if (value !== null || !TEXTS.includes(name)) return value;
          return name === "phone_number" ? undefined : "";
        }),
      ),
    },
  },
  {
    name: "the picture of a contact has an address",
    contradicts: [],
    answer: { every: replaced((_, name) => name === "image_url", "https://example.com/picture.png") },
    event: {
      every: ({ data }) => void ("image_url" in data && Object.assign(data, { image_url: "https://example.com/picture.png" })),
    },
  },
];

const setHeaders =
  (headers: Record<string, string>) =>
  (answer: Answer): void => {
    Object.assign(answer.headers, headers);
  };

/** How answers travel. */
const wire: readonly Variation[] = [
  {
    name: "headers are written in another case",
    contradicts: [],
    send: ({ status, headers, text }, response) => {
      const renamed = Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value] as const);
      response.writeHead(status, Object.fromEntries(renamed)).end(text);
    },
  },
  {
    name: "the charset is written in upper case, and without a space",
    contradicts: [],
    send: ({ status, headers, text }, response) => {
      const type = headers["content-type"] && { "content-type": "application/json;charset=UTF-8" };
      response.writeHead(status, { ...headers, ...type }).end(text);
    },
  },
  {
    name: "answers come in chunks",
    contradicts: [],
    send: ({ status, headers, text }, response) => {
      response.writeHead(status, { ...headers, ...(text !== "" && { "transfer-encoding": "chunked" }) });
      for (let i = 0; i < text.length; i += 700) response.write(text.slice(i, i + 700));
      response.end();
    },
  },
  {
    name: "answers are compressed for whoever takes that",
    contradicts: [],
    send: async ({ status, headers, text }, response) => {
      const { gzipSync } = await import("node:zlib");
      const isWanted = /gzip/.test(String(response.req.headers["accept-encoding"])) && text !== "";
      const encoding = isWanted && { "content-encoding": "gzip" };
      response.writeHead(status, { ...headers, ...encoding }).end(isWanted ? gzipSync(text) : text);
    },
  },
  {
    name: "each connection is closed after its answer",
    contradicts: [],
    send: ({ status, headers, text }, response) => {
      response.writeHead(status, { ...headers, connection: "close" }).end(text);
    },
  },
  {
    name: "JSON is indented, and letters are escaped",
    contradicts: [],
    send: ({ status, headers, text }, response) => {
      const isJson = /json/.test(String(headers["content-type"])); // a page is none
      const json = isJson ? JSON.stringify(JSON.parse(text), null, 2) : text;
      const escaped = json.replaceAll(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
      response.writeHead(status, headers).end(escaped);
    },
  },
  {
    name: "the server takes its time",
    contradicts: [],
    send: async ({ status, headers, text }, response) => {
      await new Promise((resolve) => setTimeout(resolve, 2));
      response.writeHead(status, headers).end(text);
    },
  },
  {
    name: "answers have headers of a gateway",
    contradicts: [],
    answer: { every: setHeaders({ via: "1.1 gateway", "x-runtime": "0.01", etag: 'W/"1"', "cache-control": "max-age=0" }) },
  },
];

/** Variations of answers, by what they are about. */
export const answerVariations = { timeForms, furtherFields, fewerFields, nothings, wire };
