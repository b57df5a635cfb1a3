import { type AdviceRule, type Evidence, isForced, type Kept } from "./advise";
import { findLostPluses, findPolling, findUnreadPages } from "./reading";
import { findAcceptedBadSignatures, findFailingReceivers, findSlowReceivers } from "./receiving";
import { findHastyCalls, findRepeatedMessages } from "./sending";

/** What a client may do wrong, the worst first. A client that does it right is found by none. */
export const adviceRules: readonly AdviceRule[] = [
  {
    id: "message-repeated",
    one: "message was sent again without an idempotency key",
    many: "messages were sent again without an idempotency key",
    remedy:
      "Give every message an idempotency_key of its own, and the same one when you send it again: if it has arrived already, it is not sent twice.",
    find: findRepeatedMessages,
  },
  {
    id: "bad-signature-accepted",
    one: "badly signed webhook was accepted",
    many: "badly signed webhooks were accepted",
    remedy:
      "Make the signature from the raw body under your secret, and answer 401 when the header has another, before you read the event: docs/webhooks.md has X-Webhook-Signature of V2, docs/v3.md the two of V3.",
    find: findAcceptedBadSignatures,
  },
  {
    id: "receiver-failing",
    one: "receiver has taken none of its webhooks",
    many: "receivers have taken none of their webhooks",
    remedy:
      "Look at what it answers (GET /__mock/deliveries), and answer 200 to every event, those that you do not know among them: V2 sends none again, and what has failed is lost.",
    find: findFailingReceivers,
  },
  {
    id: "retry-after-ignored",
    one: "call came before the time in Retry-After was over",
    many: "calls came before the time in Retry-After was over",
    remedy: "After a 429, wait as many seconds as Retry-After says before you ask again.",
    find: findHastyCalls,
  },
  {
    id: "slow-receiver",
    one: "webhook took its receiver more than 10 s",
    many: "webhooks took their receivers more than 10 s",
    remedy:
      "Answer 200 at once, and do the work after: the vendor asks for an answer within 10 s. V3 then sends the event again, though it may have arrived; V2 waits 15 s, and what has no answer by then has failed, and does not come again.",
    find: findSlowReceivers,
  },
  {
    id: "later-pages-unread",
    one: "list has pages that were never read",
    many: "lists have pages that were never read",
    remedy: "Go on with page=2, up to total_pages in meta (of contacts: in pagination), or the rest of the list stays unseen.",
    find: findUnreadPages,
  },
  {
    id: "polling",
    one: "question was asked again and again",
    many: "questions were asked again and again",
    remedy:
      "Subscribe to webhooks (POST /webhook_subscriptions, of V3 /webhook-subscriptions), and read when an event says that there is something new. No event tells of some things, a delivery_status among them (A-event-none): ask for those every 2 s at most.",
    find: findPolling,
  },
  {
    id: "plus-not-encoded",
    one: "query has a plus that is not encoded",
    many: "queries have a plus that is not encoded",
    remedy: "Write a plus in a query as %2B, or let URLSearchParams, --data-urlencode or your HTTP client's parameters do it.",
    find: findLostPluses,
  },
];

/** What every client should know. No mistakes of its own. */
export const noteRules: readonly AdviceRule[] = [
  {
    id: "assumptions-met",
    one: "answer rests on assumptions",
    many: "answers rest on assumptions",
    remedy:
      "docs/assumptions.md says what each is. Before you rely on one, ask the real API: linq-mock contract --target https://api.linqapp.com.",
    find: findAssumptions,
  },
  {
    id: "migrate-to-v3",
    one: "operation of V2 is used, of which V3 has another form",
    many: "operations of V2 are used, of which V3 has other forms",
    remedy:
      "In V3 the header is Authorization: Bearer, errors have a numeric code, ids are UUIDs (GET /chats/{id}/migrate_to_v3 tells that of a chat), and both versions show one world here: docs/migration.md.",
    shown: 30,
    find: findOldOperations,
  },
];

/** Answers that would be others if nobody had assumed what the vendor does not document. */
function findAssumptions({ requests }: Kept): Evidence[] {
  return requests
    .filter((entry) => entry.assumptions.length > 0 && entry.fault === undefined && !isForced(entry))
    .map(({ requestId, at, operation, method, assumptions, status }) => ({
      requests: [requestId],
      at,
      what: `${operation ?? method} answered ${status} by ${assumptions.join(", ")}`,
      assumptions,
      operation: operation ?? "none",
    }));
}

/** The operations that were used and have a successor, each once. */
function findOldOperations({ requests, callsOf }: Kept): Evidence[] {
  const found = new Map<string, Evidence>();
  for (const entry of requests) {
    const successor = callsOf(entry).successorOf?.(entry);
    const { operation = "", requestId, at, method } = entry;
    if (successor !== undefined && entry.status < 400) {
      found.set(operation, { requests: [requestId], at, operation, what: `${operation} (${method}): ${successor}` });
    }
  }
  return [...found.values()];
}
