import { readdirSync, readFileSync } from "node:fs";
import { assumptions as ledger } from "../../contracts/generated/v3/assumptions";
import { operations } from "../../contracts/generated/v3/operations";
import { type ApiClient, apiClient } from "../testing/api-client";
import { ANN, LINE, STRANGER, smallWorld } from "../testing/worlds";

/* Every assumption that shapes an answer is named by one: those that have no test of their own are asked for here. */

const text = { type: "text", value: "Hi" };
const effect = { type: "screen", name: "confetti" };
const freshApi = () => apiClient({ fixtures: smallWorld, clock: "2026-01-05T12:00:00Z" }, "v3");
const create = (api: ApiClient, message: object, to = ANN) => api.post("/chats", { from: LINE, to: [to], message });
const subscribe = (api: ApiClient, more: object) =>
  api.post("/webhook-subscriptions", { target_url: "https://example.com/", subscribed_events: ["message.sent"], ...more });

const ASKED: readonly (readonly [string, (api: ApiClient) => Promise<unknown>])[] = [
  ["A-v3-first-message-code", (api) => create(api, { parts: [text], effect }, STRANGER)],
  ["A-v3-auto-first-message", (api) => api.post("/messages", { to: [STRANGER], message: { parts: [text], effect } })],
  [
    "A-v3-idem-scope",
    async (api) => {
      await create(api, { parts: [text], idempotency_key: "k" });
      return create(api, { parts: [text], idempotency_key: "k" });
    },
  ],
  [
    "A-v3-idem-deleted",
    async (api) => {
      const { body } = await create(api, { parts: [text], idempotency_key: "k" });
      await api.delete(`/messages/${body.chat.message.id}`);
      return create(api, { parts: [text], idempotency_key: "k" });
    },
  ],
  ["A-v3-chat-order", (api) => api.get("/chats")],
  ["A-v3-query-values", (api) => api.get("/chats?limit=")],
  ["A-v3-query-values", (api) => api.get("/chats?limit=1&limit=2")],
  [
    "A-v3-dup-target",
    async (api) => {
      await subscribe(api, {});
      return subscribe(api, {});
    },
  ],
  ["A-v3-target-http", (api) => subscribe(api, { target_url: "http://localhost:9/" })],
  ["A-v3-webhook-version", (api) => subscribe(api, { target_url: "https://example.com/?version=1" })],
  ["A-v3-line-filter", (api) => subscribe(api, { phone_numbers: [STRANGER] })],
  ["A-v3-available-number", (api) => api.get("/available_number")],
  ["A-v3-flat-body", (api) => api.post("/chats", { from: LINE, to: [ANN], parts: [text] })],
  [
    "A-v3-rate-window",
    async (api) => {
      for (let i = 0; i < 30; i += 1) await create(api, { parts: [text] });
      return create(api, { parts: [text] });
    },
  ],
  [
    "A-v3-continuation-text",
    (api) => api.post("/messages", { to: [ANN], message: { parts: [text] }, continuation_message: { text: "" } }),
  ],
  [
    "A-v3-capability-scope",
    async (api) => {
      await api.post("/capability/check_imessage", { address: ANN });
      return api.post("/capability/check_imessage", { address: ANN });
    },
  ],
  [
    "A-v3-card-limit",
    async (api) => {
      const change = (first_name: string) =>
        api.patch(`/contact_card?phone_number=${encodeURIComponent(LINE)}`, { first_name });
      await api.post("/contact_card", { phone_number: LINE, first_name: "Nora" });
      for (const name of ["Nell", "Nina", "Nora"]) await change(name);
      return change("Nan");
    },
  ],
];

test.each(ASKED)("%s is named by the answer that rests on it", async (id, ask) => {
  const { assumptions } = (await ask(freshApi())) as { readonly assumptions: readonly string[] };
  expect(assumptions).toContain(id);
});

test("in the sandbox a refusal of a group names what it rests on", async () => {
  const api = apiClient({ fixtures: smallWorld, vendorSandbox: true }, "v3");
  const { assumptions } = await api.post("/chats", { from: LINE, to: [ANN, STRANGER], message: { parts: [text] } });
  expect(assumptions).toContain("A-v3-inbound-first-group");
});

/** Of these, what every answer of a kind rests on: only the ledger tells. */
const OF_ALL_ANSWERS = `validation-order timestamps inline-stickers-name service-initial handles-order display-name delays opt-out
  chat-service chat-updated message-updated sticker-emoji v2-visibility service-choice error-messages extra-fields unlisted-status`;
/** About webhooks, about V2, and about what is no operation. */
const OF_OTHERS = `event-order webhook-key-order version-on-put routing-headers webhook-ua webhook-timestamp retry-schedule subscription-events
  event-unknown account-objects detail-code migrate-content expired-url upload-refusals`;

test("every other assumption of the ledger is named by the answers of an operation, or asked for above or where it is made", () => {
  const files = readdirSync("mock-server/v3", { recursive: true, encoding: "utf8" }).filter((file) =>
    /(?<!\.test)\.ts$/.test(file),
  );
  const code = files.map((file) => readFileSync(`mock-server/v3/${file}`, "utf8")).join("");
  const ofOperations = new Set(Object.values(operations).flatMap((one) => Object.values(one.assumptions).flat() as string[]));
  const unnamed = Object.keys(ledger).filter((id) => !ofOperations.has(id) && !code.includes(`"${id}"`));
  const known = `${OF_ALL_ANSWERS} ${OF_OTHERS}`.split(/\s+/).map((name) => `A-v3-${name}`);
  expect(unnamed.sort()).toEqual(known.sort());
});
