import { type OperationId, operations } from "../../contracts/generated/v3/operations";
import { type Json, textOfV3 } from "../../contracts/testing/contract-examples";
import { places } from "../../contracts/testing/corruptions";
import { apiClient } from "../testing/api-client";
import { ANN, LINE, smallWorld } from "../testing/worlds";

// Rests on A-v3-chat-order.

/* Whatever a client sends that is not read is named in a hint, also of a call that succeeds. */

const api = apiClient({ fixtures: smallWorld, clock: "2026-01-05T12:00:00Z", rateLimits: false }, "v3");
const NOBODY = "11111111-2222-4333-8444-555555555555";
const ids = Object.keys(operations) as OperationId[];
const bodies = textOfV3.bodies.map(({ name, of, value }): [string, OperationId, Json] => [name, of, value]);
const SAYS_UNREAD = / (is|are) (not read|read )/;
/** Hold whatever one likes. */
const FREE = /\/(metadata|params)$/;
const NAME = "qxsurprise";

interface Sent {
  readonly query?: string;
  readonly body?: Json;
  readonly headers?: Record<string, string>;
}

async function hintFor(id: OperationId, { query = "", body, headers = {} }: Sent): Promise<string | undefined> {
  const path = operations[id].path.replaceAll(/\{\w+\}/g, NOBODY);
  const json = body === undefined ? {} : { "Content-Type": "application/json" };
  const given = body === undefined ? {} : { body: JSON.stringify(body) };
  return (await api.send(operations[id].method, `${path}${query}`, { ...given, headers: { ...json, ...headers } })).hint;
}

const exampleOf = (id: OperationId): Json => textOfV3.bodies.find(({ of }) => of === id)?.value;

test.each(bodies)("of the documented %s nothing is said", async (_, id, body) => {
  expect((await hintFor(id, { body })) ?? "").not.toMatch(SAYS_UNREAD);
});

test.each(ids)("a parameter that %s does not read is named", async (id) => {
  expect(await hintFor(id, { query: `?${NAME}=1`, body: exampleOf(id) })).toContain(`${NAME} is not read.`);
});

test.each(bodies)("a field that is not read is named, in whichever object of the %s", async (_, id, body) => {
  for (const { pointer, node, replace } of places(body)) {
    if (typeof node !== "object" || node === null || Array.isArray(node) || FREE.test(pointer)) continue;
    const hint = await hintFor(id, { body: replace({ ...node, [NAME]: { text: "x" } }) });
    const path = `${pointer
      .slice(1)
      .replaceAll(/\/(\d+)/g, "[$1]")
      .replaceAll("/", ".")}.${NAME}`.replace(/^\./, "");
    expect(hint).toContain(`${path} is not read.`);
  }
});

const message = { parts: [{ type: "text", value: "Hi" }] };
const people = { from: LINE, to: [ANN] };
const KEY = { "Idempotency-Key": "k" };

test.each<[what: string, id: OperationId, sent: Sent, hint: string]>([
  [
    "a key beside the message",
    "createChat",
    { body: { ...people, message, idempotency_key: "k" } },
    "idempotency_key is read inside of message only.",
  ],
  [
    "camel case",
    "createChat",
    { body: { ...people, message: { ...message, replyTo: {} } } },
    "message.replyTo is not read; did you mean reply_to?",
  ],
  ["parts at the top", "createChat", { body: { ...people, parts: [] } }, "parts is read inside of message only."],
  ["one part", "createChat", { body: { ...people, message: { part: {} } } }, "part is not read; did you mean parts?"],
  [
    "a wrapper",
    "react",
    { body: { reaction: { operation: "add", type: "love" } } },
    "operation and type are read at the top level only.",
  ],
  ["{reaction: heart}", "react", { body: { operation: "add", reaction: "heart" } }, "reaction is not read; did you mean type?"],
  [
    "a secret",
    "createWebhookSubscription",
    { body: { target_url: "http://localhost:9/", subscribed_events: ["message.sent"], secret: "s" } },
    "makes the secret itself, and shows it once.",
  ],
  ["active", "updateWebhookSubscription", { body: { active: false } }, "active is not read; did you mean is_active?"],
  ["?line=", "listChats", { query: "?line=%2B12052761148" }, "line is not read; did you mean from?"],
  ["?max=", "listMessages", { query: "?max=3" }, "max is not read; did you mean limit?"],
  ["a field in the query", "sendMessage", { query: "?parts=1", body: { message } }, "parts is read in the body only."],
  [
    "a key in a header",
    "sendMessage",
    { body: { message }, headers: KEY },
    "Idempotency-Key is not read; the key of a message is the field idempotency_key inside of message.",
  ],
  ["a key where there is none", "updateChat", { body: { display_name: "Us" }, headers: KEY }, "Idempotency-Key is not read: "],
  [
    "a key in another header",
    "sendMessageAuto",
    { body: { to: [ANN], message }, headers: { "X-Idempotency-Key": "k" } },
    "X-Idempotency-Key is not read; did you mean Idempotency-Key?",
  ],
])("%s is told", async (_, id, sent, hint) => {
  expect(await hintFor(id, sent)).toContain(hint);
});

test("a key in the header that is read is not told", async () => {
  expect(await hintFor("sendMessageAuto", { body: { to: [ANN], message }, headers: KEY })).toBeUndefined();
});

test("of a hundred fields that are not read, ten are named, and the others counted", async () => {
  const extra = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`qx${i}`, 1]));
  const hint = await hintFor("createChat", { body: { ...people, message, ...extra } });
  expect(hint).toBe("qx0, qx1, qx2, qx3, qx4, qx5, qx6, qx7, qx8, qx9 and 90 more are not read.");
});
