import { expectEnvelope } from "../judging/expect-envelope";
import { Broken, Skip } from "../judging/signals";
import { pathToNothing } from "../path-to-nothing";
import type { RecordedExchange } from "../recorded-exchange";
import { answers } from "./answers";
import { errorWording } from "./error-wording";
import { Otherwise } from "./otherwise";
import type { Group } from "./probe";

/** How requests are refused, wherever they go to. What looks back on all answers comes last. */
export const errors = {
  "A-auth-everywhere": { laws: [24] },
  "A-query-missing": answers("read", 400, {
    "a list of chats without a number": ["GET", "/chats"],
    "a find of a contact by nothing": ["GET", "/contacts/find"],
  }),
  "A-number-invalid": [
    answers("read", 400, { "a list of the chats of a word": ["GET", "/chats?phone_number=somebody"] }),
    answers("write", 422, {
      "a contact whose number is a word": ({ unique }) => [
        "POST",
        "/contacts",
        { contact: { first_name: unique(), phone_number: "somebody" } },
      ],
    }),
  ],
  "A-number-area": answers("read", 400, {
    "a list of the chats of a number whose area code begins with 1": ["GET", "/chats?phone_number=%2B11235550143"],
  }),
  "A-id-malformed": answers("read", 404, { "a chat whose id is a word": ["GET", "/chats/some"] }),
  "A-404-others": [
    answers(
      "read",
      404,
      {
        "a message that does not exist": ["GET", pathToNothing("getMessage")],
        "a reaction that does not exist": ["GET", pathToNothing("getReaction")],
      },
      inEnvelope,
    ),
    answers(
      "write",
      404,
      { "deleting a subscription that does not exist": ["DELETE", pathToNothing("deleteWebhookSubscription")] },
      inEnvelope,
    ),
    answers(
      "send",
      404,
      {
        "reacting to a message that does not exist": [
          "POST",
          pathToNothing("createReaction"),
          { type: "love", operation: "add" },
        ],
      },
      inEnvelope,
    ),
  ],
  "A-404-more": [
    answers("read", 404, { "a list of the messages of a chat that does not exist": ["GET", pathToNothing("listMessages")] }),
    answers("write", 404, {
      "forwarding a line that does not exist": ["PUT", pathToNothing("updatePhoneNumber"), { forwarding_number: "" }],
    }),
  ],
  "A-retry-after": { lookBack: retryAfter },
  "A-error-wording": { lookBack: errorWording },
} satisfies Group;

function inEnvelope(exchange: RecordedExchange, subject: string): void {
  try {
    expectEnvelope(exchange);
  } catch (error) {
    if (error instanceof Broken) throw new Otherwise(`${subject} is answered in another envelope`);
    throw error;
  }
}

function retryAfter(seen: readonly RecordedExchange[]): string {
  const limited = seen.filter(({ response }) => response.status === 429);
  if (limited.length === 0) throw new Skip("no 429 was seen");
  for (const exchange of limited) {
    const header = exchange.response.headers["retry-after"];
    if (header === undefined) throw new Otherwise("a 429 does not say when to try again", exchange);
    if (!/^\d+$/.test(header)) throw new Otherwise("a 429 says in another way when to try again", exchange);
  }
  return "a 429 says in seconds when to try again";
}
