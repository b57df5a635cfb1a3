import { operations } from "../../generated/v2/operations";
import { unusedPath } from "../api";
import { Broken, expectEnvelope, isRecord, Skip } from "../expect";
import type { RecordedExchange } from "../report";
import { Contradiction, type Group, statusProbe } from "./probe";

/** How requests are refused, wherever they go to. What looks back on all answers comes last. */
export const errorTests = {
  "A-auth-everywhere": { kind: "laws", laws: [24] },
  "A-query-missing": statusProbe("read", 400, {
    "a list of chats without a number": ["GET", "/chats"],
    "a find of a contact by nothing": ["GET", "/contacts/find"],
  }),
  "A-number-invalid": [
    statusProbe("read", 400, { "a list of the chats of a word": ["GET", "/chats?phone_number=somebody"] }),
    statusProbe("write", 422, {
      "a contact whose number is a word": ({ unique }) => [
        "POST",
        "/contacts",
        { contact: { first_name: unique(), phone_number: "somebody" } },
      ],
    }),
  ],
  "A-number-area": statusProbe("read", 400, {
    "a list of the chats of a number whose area code begins with 1": ["GET", "/chats?phone_number=%2B11235550143"],
  }),
  "A-id-malformed": statusProbe("read", 404, { "a chat whose id is a word": ["GET", "/chats/some"] }),
  "A-404-others": [
    statusProbe(
      "read",
      404,
      {
        "a message that does not exist": ["GET", unusedPath("getMessage")],
        "a reaction that does not exist": ["GET", unusedPath("getReaction")],
      },
      inEnvelope,
    ),
    statusProbe(
      "write",
      404,
      { "deleting a subscription that does not exist": ["DELETE", unusedPath("deleteWebhookSubscription")] },
      inEnvelope,
    ),
    statusProbe(
      "send",
      404,
      {
        "reacting to a message that does not exist": ["POST", unusedPath("createReaction"), { type: "love", operation: "add" }],
      },
      inEnvelope,
    ),
  ],
  "A-404-more": [
    statusProbe("read", 404, {
      "a list of the messages of a chat that does not exist": ["GET", unusedPath("listMessages")],
    }),
    statusProbe("write", 404, {
      "forwarding a line that does not exist": ["PUT", unusedPath("updatePhoneNumber"), { forwarding_number: "" }],
    }),
  ],
  "A-retry-after": { kind: "seen", conclude: retryAfter },
  "A-error-wording": { kind: "seen", conclude: errorWording },
} satisfies Group;

function inEnvelope(exchange: RecordedExchange, subject: string): void {
  try {
    expectEnvelope(exchange);
  } catch (error) {
    if (error instanceof Broken) throw new Contradiction(`${subject} is answered in another envelope`);
    throw error;
  }
}

function retryAfter(seen: readonly RecordedExchange[]): string {
  const limited = seen.filter(({ response }) => response.status === 429);
  if (limited.length === 0) throw new Skip("no 429 was seen");
  for (const exchange of limited) {
    const header = exchange.response.headers["retry-after"];
    if (header === undefined) throw new Contradiction("a 429 does not say when to try again", exchange);
    if (!/^\d+$/.test(header)) throw new Contradiction("a 429 says in another way when to try again", exchange);
  }
  return "a 429 says in seconds when to try again";
}

const REASONS: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  413: "Payload Too Large",
  422: "Unprocessable Entity",
  429: "Too Many Requests",
};

/** Whether the refusals that were seen are worded by the names of their statuses, apart from those whose words are documented. */
export function errorWording(seen: readonly RecordedExchange[]): string {
  const statuses = new Set<number>();
  for (const exchange of seen.filter((one) => !isDocumented(one))) {
    const { operation, response } = exchange;
    const isError = operations[operation].envelope === "Error";
    const { code, title } = isError ? errorWords(response.body) : standardErrorWords(response.body);
    const reason = REASONS[response.status];
    if (reason === undefined || typeof code !== "string" || typeof title !== "string") continue; // its shape is checked apart
    const words = reason.replaceAll(" ", "_");
    const shown = /^[a-z_]{1,40}$/i.test(code) ? code : "another"; // whatever is no plain word may be about somebody
    requireWord("code", [code, isError ? words.toLowerCase() : words.toUpperCase()], shown, exchange);
    requireWord("title", [title, reason], "another", exchange);
    statuses.add(response.status);
  }
  if (statuses.size === 0) throw new Skip("no refusal was seen whose words are not documented");
  return `the code and the title of each ${[...statuses].sort((a, b) => a - b).join(", ")} are the name of the status`;
}

function isDocumented({ operation, response: { status } }: RecordedExchange): boolean {
  return status === 404 && /^\/(chats|contacts)\/\{\w+\}(?!.*message)/.test(operations[operation].path);
}

function errorWords(body: unknown): { code?: unknown; title?: unknown } {
  const errors: unknown = isRecord(body) ? body["errors"] : undefined;
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  return isRecord(first) ? first : {};
}

function standardErrorWords(body: unknown): { code?: unknown; title?: unknown } {
  return isRecord(body) ? { code: body["error_code"], title: body["message"] } : {};
}

function requireWord(
  what: string,
  [received, assumed]: readonly [string, string],
  shown: string,
  exchange: RecordedExchange,
): void {
  if (received === assumed) return;
  throw new Contradiction(`the ${what} of a ${exchange.response.status} is ${shown} instead of ${assumed}`, exchange);
}
