import { apiClient } from "../testing/api-client";
import { ANN, LINE, STRANGER, smallWorld } from "../testing/worlds";

// Rests on A-v3-webhook-version, A-v3-validation-order, A-v3-code-choice, A-v3-examples, A-v3-chat-order, A-v3-idem-scope, A-v3-linked-file, A-v3-flat-body.

const freshApi = () => apiClient({ fixtures: smallWorld, clock: "2026-01-05T12:00:00Z" }, "v3");
const NOBODY = "11111111-1111-4111-8111-111111111111";
const app = { name: "Card", team_id: "ABCDE12345", bundle_id: "com.example.card" };
const text = { type: "text", value: "Hi" };

test.each<[string, object, number]>([
  [`POST /chats/${NOBODY}/voicememo`, {}, 1001],
  [`POST /chats/${NOBODY}/voicememo`, { voice_memo_url: "https://example.com/a.png" }, 5004],
  [`PATCH /messages/${NOBODY}`, { text: "" }, 1004],
  [`POST /chats/${NOBODY}/participants`, { handle: "x" }, 1002],
  [`DELETE /chats/${NOBODY}/participants`, { handle: "x" }, 1002],
  [`PUT /phone_numbers/${NOBODY}`, { forwarding_number: "x" }, 1002],
  [`POST /messages/${NOBODY}/reactions`, { operation: "add", type: "custom" }, 1001],
  [`PUT /chats/${NOBODY}`, { group_chat_icon: "https://example.com/a.pdf" }, 5004],
  [`POST /chats/${NOBODY}/polls`, { poll: { options: [] } }, 1004],
  [`POST /messages/${NOBODY}/poll/options`, { options: [] }, 1004],
  [`POST /messages/${NOBODY}/update`, { layout: {} }, 1008],
  [`POST /chats/${NOBODY}/messages`, { message: { parts: [text, text] } }, 1004],
  [`PUT /webhook-subscriptions/${NOBODY}`, { target_url: "https://example.com/?version=1" }, 1005],
  [`POST /chats/${NOBODY}/location/stop`, { handle: "x" }, 1005],
  [`POST /chats/${NOBODY}/location/stop`, {}, 1001],
  ["POST /chats", { from: "+12055559999", to: ["x"], message: { parts: [text] } }, 1002],
  ["POST /chats", { from: "+12055559999", to: [ANN], message: { parts: [text, text] } }, 1004],
  ["POST /chats", { from: LINE, to: [ANN], parts: [text] }, 1001],
  ["POST /messages", { to: [ANN], message: { parts: [{ type: "imessage_app", app, layout: { caption: "" } }] } }, 1004],
  [
    "POST /chats",
    { from: LINE, to: [ANN], message: { parts: [{ type: "imessage_app", app, layout: { caption: "" } }] } },
    1008,
  ],
  ["POST /contact_card", { phone_number: "+12055559999", first_name: " " }, 1001],
  ["POST /capability/check_rcs", { address: "a@example.com", from: "+12055559999" }, 1002],
  ["POST /payments", { handle: "x", amount_cents: 5, currency: "usd" }, 1002],
  ["POST /payment_requests", {}, 1001],
  ["POST /payment_requests", { amount: 5 }, 1001],
  ["POST /payments/providers/stripe/connect", {}, 1001],
])("%s with %j: what the request alone tells comes before what is there", async (route, body, code) => {
  const [method = "", path = ""] = route.split(" ");
  const json = { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  const answer = await freshApi().send(method, path, json);
  expect([answer.status, answer.body.error.code]).toEqual([400, code]);
});

test("every number in E.164 form is one, be there such a one or not", async () => {
  const api = freshApi();
  const nobody = "+10000000000";
  const { status, body } = await api.post("/chats", { from: LINE, to: [nobody], message: { parts: [text] } });
  expect([status, body.chat.handles[1].handle]).toEqual([201, nobody]);
  expect((await api.get(`/chats?to=${encodeURIComponent(nobody)}`)).body.chats).toHaveLength(1);
  const said = await api.post("//__mock/simulate/message", { line: LINE, from: nobody, text: "Hello" });
  expect([said.status, said.body.message.chat_id ?? said.body.chat.id]).toEqual([201, said.body.chat.id]);
  const state = (await api.get("//__mock/state")).body;
  expect((await api.put("//__mock/fixtures", state)).status).toBe(200);
  expect((await api.get(`/chats/${body.chat.id}`)).body.handles[1].handle).toBe(nobody);
});

test("a group is listed by who has left it, too, as its handles still have them", async () => {
  const api = freshApi();
  const groups = (await api.get("/chats")).body.chats.filter((one: { is_group: boolean }) => one.is_group);
  const { id } = (await api.post("/chats", { from: LINE, to: [ANN, "ben@example.com", STRANGER], message: { parts: [text] } }))
    .body.chat;
  expect(groups.map((one: { id: string }) => one.id)).not.toContain(id);
  await api.post("//__mock/simulate/participant_removed", { chat: id, participant: STRANGER });
  const { chats } = (await api.get(`/chats?to=${encodeURIComponent(STRANGER)}`)).body;
  expect(chats.map((one: { id: string }) => one.id)).toContain(id);
});

test.each<[string, object]>([
  ["no parts", { message: { parts: [], idempotency_key: "k" } }],
  ["two texts in a row", { message: { parts: [text, text], idempotency_key: "k" } }],
  ["a body of nothing else", { message: { idempotency_key: "k" } }],
])("a repeat with %s has the answer of then, and sends nothing", async (_, body) => {
  const api = freshApi();
  const message = { parts: [text], idempotency_key: "k" };
  const created = await api.post("/chats", { from: LINE, to: [ANN], message });
  const { id } = created.body.chat;
  const before = (await api.get("//__mock/state")).body;
  expect((await api.post("/chats", body)).body).toEqual(created.body);
  const again = await api.post(`/chats/${id}/messages`, body);
  expect([again.status, again.body.message.id]).toEqual([202, created.body.chat.message.id]);
  expect(again.assumptions).toContain("A-v3-idem-scope");
  const auto = await api.post("/messages", body);
  expect([auto.status, auto.body.message.id]).toEqual([202, created.body.chat.message.id]);
  expect((await api.get("//__mock/state")).body).toEqual(before);
});

test("a repeat says again that the message has made a chat", async () => {
  const api = freshApi();
  const body = { to: [STRANGER], message: { parts: [text], idempotency_key: "k" } };
  const first = await api.post("/messages", body);
  expect(first.body.created_new_chat).toBe(true);
  expect((await api.post("/messages", body)).body).toEqual(first.body);
});

test("a key in the header finds its message though the body has none (A-v3-idem-scope)", async () => {
  const api = freshApi();
  const once = (body: object) => api.post("/messages", body, { "Idempotency-Key": "k" });
  const first = await once({ to: [STRANGER], message: { parts: [text] } });
  expect((await once({ to: [STRANGER] })).body).toEqual(first.body);
});
