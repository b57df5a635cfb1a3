import { operations } from "../../contracts/generated/v3/operations";
import { apiClient } from "../testing/api-client";
import { ANN, CAY, LINE, STRANGER, smallWorld } from "../testing/worlds";
import { routes } from "./routes";

// Rests on A-v3-chat-order, A-v3-background-delete-status, A-v3-code-choice, A-v3-message-order, A-v3-examples, A-v3-poll-status, A-v3-appcard-status,
// A-v3-payment-status, A-v3-payment-404, A-v3-audit-status, A-v3-sticker-status.

test("every operation that clients use has something behind it", () => {
  const all = Object.values(operations).map(({ method, path, tier }) => ({ route: `${method} ${path}`, tier }));
  const examples = all.filter(({ route }) => !Object.hasOwn(routes, route));
  expect(examples.filter(({ tier }) => tier !== "rare")).toEqual([]);
  expect(examples.length).toBeGreaterThan(0);
});

test("an operation with nothing behind it says so, and its chat must be there all the same", async () => {
  const api = apiClient({ fixtures: smallWorld }, "v3");
  const { body } = await api.get("/chats");
  const { status, hint } = await api.send("DELETE", `/chats/${body.chats[0].id}/background`);
  expect([status, hint]).toEqual([202, expect.stringContaining("nothing behind")]);
  const unknown = await api.send("DELETE", "/chats/550e8400-e29b-41d4-a716-446655440000/background");
  expect([unknown.status, unknown.body.error.code]).toEqual([404, 2001]);
  const chat = await api.get("/chats");
  expect(chat.hint).toBeUndefined();
});

const NOBODY = "550e8400-e29b-41d4-a716-446655440000";
const card = {
  ...{ type: "imessage_app", url: "https://example.com/card" },
  ...{ app: { name: "Hike", team_id: "A1B2C3D4E5", bundle_id: "com.example.hike" }, layout: { caption: "Hi" } },
};
const line = encodeURIComponent(LINE);
const poll = { poll: { options: [{ text: "Saturday" }] } };

test.each<[string, number, number | object, object?]>([
  ["POST /chats/{chat}/polls", 201, { chat_id: "{chat}" }, poll],
  ["POST /chats/{chat}/polls", 400, 1004, { poll: { options: [] } }],
  ["POST /chats/{sms}/polls", 409, 2017, poll],
  ["GET /messages/{text}/poll", 200, { chat_id: "{chat}", message_id: "{text}" }],
  ["POST /messages/{text}/poll/options", 400, 1004, { options: [] }],
  ["POST /messages/{card}/update", 202, { chat_id: "{chat}" }, { layout: { caption: "Ho" } }],
  ["POST /messages/{text}/update", 400, 1008, { layout: { caption: "Ho" } }],
  ["GET /payment_requests/6A1F9D84-c3e0-4b57-a2d8-f5b70e94c163", 200, { object: "payment_request" }],
  [`GET /payment_requests/${NOBODY}`, 404, 2021],
  [`POST /payment_requests/${NOBODY}/cancel`, 404, 2021],
  [`GET /payments/${NOBODY}/credentials`, 404, 2021],
  [`GET /payments/handles/${encodeURIComponent(STRANGER)}/connection`, 200, { handle: STRANGER }],
  ["GET /payments/handles/nobody/connection", 404, 2021],
  ["GET /payments/providers/natural", 200, { provider: "natural" }],
  [`GET /phone_numbers/${line}/reputation_audit/${NOBODY}`, 404, 2019],
  ["GET /experiences/card", 200, { experience: "card" }],
  ["GET /experiences/zebra", 404, 2011],
])("%s is %d", async (route, status, expected, ...[body]) => {
  // as a parameter it would be the callback "done"
  const api = apiClient({ fixtures: smallWorld }, "v3");
  const write = async (to: string, part: object) =>
    (await api.post("/chats", { from: LINE, to: [to], message: { parts: [part] } })).body.chat;
  const [{ id: chat, message }, sms] = [
    await write(ANN, { type: "text", value: "Hi" }),
    await write(CAY, { type: "text", value: "Hi" }),
  ];
  const ids: Readonly<Record<string, string>> = {
    chat,
    sms: sms.id,
    text: message.id,
    card: (await write(ANN, card)).message.id,
  };
  await api.advance(1000);
  const named = (text: string) => text.replaceAll(/\{(\w+)\}/g, (all, name: string) => ids[name] ?? all);
  const [method = "", path = ""] = named(route).split(" ");
  const json = body && { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  const answer = await api.send(method, path, json ?? {});
  expect(answer.status).toBe(status);
  if (typeof expected === "number") expect(answer.body.error.code).toBe(expected);
  else expect(answer.body).toMatchObject(JSON.parse(named(JSON.stringify(expected))));
});

test("without a seed, traces differ from run to run; ids of chats and messages never do", async () => {
  const opened = async (seed?: number) => {
    const api = apiClient({ fixtures: smallWorld, ...(seed !== undefined && { seed }) }, "v3");
    const message = { parts: [{ type: "text", value: "Hi" }] };
    const { body, headers } = await api.post("/chats", { from: LINE, to: [STRANGER], message });
    return { trace: headers["x-trace-id"], ids: [body.chat.id, body.chat.message.id] };
  };
  const [one, other, seeded, again] = [await opened(), await opened(), await opened(1), await opened(1)];
  expect(one.trace).not.toBe(other.trace);
  expect(seeded.trace).toBe(again.trace);
  expect(one.ids).toEqual(other.ids);
});

test("its trace is that of the request", async () => {
  const api = apiClient({ fixtures: smallWorld }, "v3");
  const { body } = await api.get("/chats");
  const withMessage = body.chats.map(({ id }: { id: string }) => id);
  const lists = await Promise.all(withMessage.map((id: string) => api.get(`/chats/${id}/messages`)));
  const message = lists.flatMap((list) => list.body.messages)[0].id;
  const moved = await api.patch(`/messages/${message}/reactions/550e8400-e29b-41d4-a716-446655440000`, { x: 0 });
  expect(moved.body.trace_id).toBe(moved.headers["x-trace-id"]);
});
