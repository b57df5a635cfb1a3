import { isDeepStrictEqual } from "node:util";
import { isRecord } from "../../exchange";
import { type OperationId, operations } from "../../generated/v2/operations";
import { unusedPath } from "../api";
import { documentedErrors, isDocumentedError } from "../documented-errors";
import { expectEnvelope } from "../expect";
import { Broken, Skip } from "../law-errors";
import type { RecordedExchange } from "../report";
import { isUndocumentedRoute } from "../shapes";
import { Contradiction, type Group, statusProbe } from "./probe";

/** How requests are refused, wherever they go to. What looks back on all answers comes last. */
export const errorTests = {
  "A-auth-everywhere": { kind: "laws", laws: [24], inSteps: true },
  "A-auth-envelope": { kind: "answers", conclude: oneUnauthorized },
  "A-list-required": statusProbe("read", 400, { "a list of chats without a number": ["GET", "/chats"] }),
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
  "A-id-shape": statusProbe("read", 404, { "a chat whose id is a word": ["GET", "/chats/some"] }),
  "A-404-others": [
    statusProbe(
      "read",
      404,
      {
        "a list of the messages of a chat that does not exist": ["GET", unusedPath("listMessages")],
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
    { kind: "answers", conclude: unknownRoute },
    statusProbe(
      "send",
      404,
      {
        "reacting to a message that does not exist": ["POST", unusedPath("createReaction"), { type: "love", operation: "add" }],
      },
      inEnvelope,
    ),
  ],
  "A-line-unknown": statusProbe("write", 403, {
    "forwarding a line that does not exist": ["PUT", unusedPath("updatePhoneNumber"), { forwarding_number: "" }],
  }),
  "A-body-wrapped": statusProbe("write", 400, {
    "a subscription of the fields of its wrapper": [
      "POST",
      "/webhook_subscriptions",
      { events: ["contact.created"], version: 2 },
    ],
  }),
  "A-retry-after": { kind: "answers", conclude: retryAfter },
  "A-error-wording": { kind: "answers", conclude: (seen) => ({ inPart: errorWording(seen) }) },
} satisfies Group;

function inEnvelope(exchange: RecordedExchange, subject: string): void {
  try {
    expectEnvelope(exchange);
  } catch (error) {
    if (error instanceof Broken) throw new Contradiction(`${subject} is answered in another envelope`);
    throw error;
  }
}

/** PATCH where nothing documents it is a route that a server need not know; no other such route is asked. */
function unknownRoute(seen: readonly RecordedExchange[]): string {
  const found = seen.find((exchange) => exchange.response.status === 404 && isUndocumentedRoute(exchange));
  if (!found) throw new Skip("no unknown route was asked");
  const { errors } = isRecord(found.response.body) ? found.response.body : {};
  if (Array.isArray(errors) && errors.every(isRecord)) return "an unknown route answers 404 in the Error envelope";
  throw new Contradiction("an unknown route is answered in another envelope", found);
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

/** Whether every 401 has the body that is documented for List Chats. */
function oneUnauthorized(seen: readonly RecordedExchange[]): string {
  const refused = seen.filter(({ operation, token, response }) => {
    return operation !== "listChats" && token !== "own" && response.status === 401;
  });
  if (refused.length === 0) throw new Skip("nothing was asked without a token");
  for (const exchange of refused) {
    if (isDeepStrictEqual(exchange.response.body, documentedErrors.unauthorized)) continue;
    throw new Contradiction(
      `the 401 of ${operations[exchange.operation].title} has another body than the one that is documented for List Chats`,
      exchange,
    );
  }
  return "a 401 has the same body everywhere";
}

type Codes = Readonly<Record<number, readonly string[]>>;

/** The codes that a status may have in an Error where no body is documented. */
const CODES: Codes = {
  400: ["missing_phone", "missing_params", "invalid_params"],
  404: ["not_found"],
  422: ["invalid_params"],
  429: ["too_many_requests"],
};

/** Those in a StandardError: each operation has the code of its thing, and Find Contact those that are documented. */
function standardCodes(operation: OperationId): Codes {
  const isOfContacts = operations[operation].path.startsWith("/contacts");
  const isFind = operation === "findContact";
  return {
    400: ["INVALID_PARAMS", ...(isFind ? ["MISSING_SEARCH_PARAMS"] : [])],
    404: [isOfContacts ? "CONTACT_NOT_FOUND" : "WEBHOOK_SUBSCRIPTION_NOT_FOUND"],
    422: ["VALIDATION_ERROR", ...(isFind ? ["INVALID_EMAIL_FORMAT", "INVALID_PHONE_FORMAT"] : [])],
  };
}

/** Whether the refusals that were seen have codes and titles as the documented ones have, whose own are left out. */
export function errorWording(seen: readonly RecordedExchange[]): string {
  const statuses = new Set<number>();
  for (const exchange of seen.filter(({ response }) => !isDocumentedError(response.body))) {
    const { operation, response } = exchange;
    const { envelope } = operations[operation];
    const { code, title } = envelope === "Error" ? errorWords(response.body) : standardErrorWords(response.body);
    const codes = (envelope === "Error" ? CODES : standardCodes(operation))[response.status];
    if (codes === undefined || typeof code !== "string" || typeof title !== "string") continue; // its shape is checked apart
    const shown = /^[a-z_]{1,40}$/i.test(code) ? code : "another"; // whatever is no plain word may be about somebody
    if (!codes.includes(code)) {
      throw new Contradiction(
        `the code of a ${response.status} of ${operations[operation].title} is ${shown} instead of ${codes.join(" or ")}`,
        exchange,
      );
    }
    if (envelope === "Error" && title !== inWords(code)) {
      throw new Contradiction(`the title of a ${response.status} is another instead of ${inWords(code)}`, exchange);
    }
    statuses.add(response.status);
  }
  if (statuses.size === 0) throw new Skip("no refusal was seen whose words are not documented");
  return `the code and the title of each ${[...statuses].sort((a, b) => a - b).join(", ")} are as assumed`;
}

/** `missing_phone` is `Missing Phone`. */
function inWords(code: string): string {
  return code
    .split("_")
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join(" ");
}

function errorWords(body: unknown): { code?: unknown; title?: unknown } {
  const errors: unknown = isRecord(body) ? body["errors"] : undefined;
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  return isRecord(first) ? first : {};
}

function standardErrorWords(body: unknown): { code?: unknown; title?: unknown } {
  return isRecord(body) ? { code: body["error_code"], title: body["message"] } : {};
}
