import { WEBHOOK_EVENTS } from "../../../../contracts/generated/v3/enumerations";
import { type ApiClient, apiClient } from "../../../testing/api-client";
import { LINE, OTHER_LINE, smallWorld } from "../../../testing/worlds";

// Rests on A-404-others, A-error-wording, A-list-order, A-v3-code-choice, A-v3-line-filter, A-v3-routing-headers, A-v3-routing-names, A-v3-timestamps, A-v3-webhook-version.

const CLOCK = "2026-09-01T12:00:00.000Z";
const TARGET = "https://hooks.example.com/linq";
const wanted = { target_url: TARGET, subscribed_events: ["message.received"] };
const v2 = "//api/partner/v2/webhook_subscriptions";
const V2_TOKEN = { "X-LINQ-INTEGRATION-TOKEN": "test" };

let api: ApiClient;
beforeEach(() => {
  api = apiClient({ fixtures: smallWorld, clock: CLOCK }, "v3");
});

async function subscribe(fields: object = {}): Promise<string> {
  const { status, body } = await api.post("/webhook-subscriptions", { ...wanted, ...fields });
  expect(status).toBe(201);
  return body.id;
}

async function codeOf(answer: Promise<{ status: number; body: { error: { code: number } } }>): Promise<number[]> {
  const { status, body } = await answer;
  return [status, body.error.code];
}

test("a subscription reads back as it was made; its secret is shown once", async () => {
  const { status, body, hint } = await api.post("/webhook-subscriptions", wanted);
  const { signing_secret: secret, ...shown } = body;
  expect([status, hint]).toEqual([201, expect.stringContaining("--allow-webhook-host hooks.example.com")]);
  expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
  expect(shown).toEqual({
    ...wanted,
    id: expect.stringMatching(/^[\da-f-]{36}$/),
    is_active: true,
    phone_numbers: null,
    routing_id_header: null,
    routing_key_header: null,
    created_at: CLOCK,
    updated_at: CLOCK,
  });
  const one = await api.get(`/webhook-subscriptions/${body.id}`);
  const all = await api.get("/webhook-subscriptions");
  expect([one.body, all.body]).toEqual([shown, { subscriptions: [shown] }]);
  const told = [one.body, all.body, (await api.get("//__mock/state")).body, (await api.get("//__mock/requests")).body];
  expect(JSON.stringify(told)).not.toContain(secret.slice(6));
});

test("each has a secret of its own", async () => {
  const first = await api.post("/webhook-subscriptions", wanted);
  const second = await api.post("/webhook-subscriptions", { ...wanted, target_url: `${TARGET}?line=1` });
  expect(first.body.signing_secret).not.toBe(second.body.signing_secret);
});

test("what is not given stays; null and [] lift the filter by line", async () => {
  const id = await subscribe({ phone_numbers: [LINE], routing_id_header: "X-Chat" });
  await api.advance(1000);
  const changed = await api.put(`/webhook-subscriptions/${id}`, { is_active: false, routing_key_header: "X-Key" });
  expect(changed.body).toMatchObject({
    ...wanted,
    ...{ is_active: false, phone_numbers: [LINE], routing_id_header: "X-Chat", routing_key_header: "X-Key" },
    ...{ created_at: CLOCK, updated_at: "2026-09-01T12:00:01.000Z" },
  });
  for (const phone_numbers of [null, []]) {
    await api.put(`/webhook-subscriptions/${id}`, { phone_numbers: [OTHER_LINE] });
    expect((await api.put(`/webhook-subscriptions/${id}`, { phone_numbers })).body.phone_numbers).toBeNull();
  }
});

test.each<[string, object]>([
  ...["Content-Type", "user-agent", "HOST", "Connection", "transfer-encoding", "content-length", "webhook-signature"].map(
    (name): [string, object] => [name, { routing_id_header: name }],
  ),
  ["X-Webhook-Signature as key", { routing_key_header: "X-Webhook-Signature" }],
  ["the same twice", { routing_id_header: "X-Chat", routing_key_header: "x-chat" }],
  ["the usual one as key", { routing_key_header: "linq-chat-id" }],
])("routing headers that would overwrite others are refused: %s", async (_, routing) => {
  expect(await codeOf(api.post("/webhook-subscriptions", { ...wanted, ...routing }))).toEqual([400, 1005]);
  const id = await subscribe();
  expect(await codeOf(api.put(`/webhook-subscriptions/${id}`, routing))).toEqual([400, 1005]);
});

test("a change of one routing header may not make it the same as the other", async () => {
  const id = await subscribe({ routing_id_header: "X-Chat" });
  expect(await codeOf(api.put(`/webhook-subscriptions/${id}`, { routing_key_header: "X-CHAT" }))).toEqual([400, 1005]);
  const swapped = await api.put(`/webhook-subscriptions/${id}`, { routing_id_header: "X-Other", routing_key_header: "X-CHAT" });
  expect(swapped.status).toBe(200);
});

test("all events are accepted and listed; one that is made up is not", async () => {
  const { body } = await api.get("/webhook-events");
  expect([body.events.length, body.events]).toEqual([75, WEBHOOK_EVENTS]);
  for (const [i, event] of body.events.entries())
    await subscribe({ subscribed_events: [event], target_url: `${TARGET}?event=${i}` });
  await subscribe({ subscribed_events: body.events });
  expect(await codeOf(api.post("/webhook-subscriptions", { ...wanted, subscribed_events: ["message.seen"] }))).toEqual([
    400, 1005,
  ]);
});

test.each<[string, object, number]>([
  ["no target_url", { target_url: undefined }, 1001],
  ["no events", { subscribed_events: undefined }, 1001],
  ["an empty list of events", { subscribed_events: [] }, 1005],
  ["no URL", { target_url: "hook" }, 1005],
  ["another scheme", { target_url: "ftp://hooks.example.com/" }, 1005],
  ["a version that never was", { target_url: `${TARGET}?version=2024-01-01` }, 1005],
  ["a number that is not E.164", { phone_numbers: ["2052761148"] }, 1005],
  ["a header with a line break", { routing_id_header: "X-A\r\nX-B" }, 1005],
])("%s is refused, and nothing is made", async (_, fields, code) => {
  expect(await codeOf(api.post("/webhook-subscriptions", { ...wanted, ...fields }))).toEqual([400, code]);
  expect((await api.get("/webhook-subscriptions")).body.subscriptions).toEqual([]);
});

test("a URL is that of one subscription (A-v3-dup-target); one that differs in its query is another", async () => {
  const id = await subscribe();
  const other = await subscribe({ target_url: `${TARGET}?line=1` });
  const again = await api.post("/webhook-subscriptions", wanted);
  expect([again.status, again.body.error.code]).toEqual([409, 2015]);
  expect(again.hint).toContain(
    `Subscription ${id} has this target_url. Delete it first (DELETE /api/partner/v3/webhook-subscriptions/${id}`,
  );
  expect(again.hint).toContain("POST /__mock/reset");
  expect(await codeOf(api.put(`/webhook-subscriptions/${other}`, { target_url: TARGET }))).toEqual([409, 2015]);
  expect((await api.put(`/webhook-subscriptions/${id}`, { target_url: TARGET })).status).toBe(200);
  await api.delete(`/webhook-subscriptions/${id}`);
  await subscribe();
});

test("what the real API would refuse is taken here, and said: http (A-v3-target-http); and lines that are none", async () => {
  for (const host of ["localhost:9", "hooks.example.com"]) {
    const { status, hint } = await api.post("/webhook-subscriptions", { ...wanted, target_url: `http://${host}/hook` });
    expect([status, hint]).toEqual([201, expect.stringContaining("the real API takes target_url with https alone.")]);
  }
  const foreign = await api.post("/webhook-subscriptions", { ...wanted, phone_numbers: [LINE, "+12055559999"] });
  expect(foreign.hint).toContain(`phone_numbers has +12055559999, which is none of your lines: ${LINE}, ${OTHER_LINE}.`);
});

test.each(["10.0.0.1", "172.20.1.1", "192.168.1.1", "169.254.169.254", "0xa000001", "[fc00::1]", "[fe80::1]"])(
  "the private address %s is refused unless it was allowed; this machine is taken (A-v3-target-http)",
  async (host) => {
    const target_url = `https://${host}/hook`;
    const id = await subscribe();
    for (const answer of [
      api.post("/webhook-subscriptions", { ...wanted, target_url }),
      api.put(`/webhook-subscriptions/${id}`, { target_url }),
    ])
      expect(await codeOf(answer)).toEqual([400, 1005]);
    expect((await api.get(`/webhook-subscriptions/${id}`)).body.target_url).toBe(TARGET);
    const { hostname } = new URL(target_url);
    api = apiClient({ fixtures: smallWorld, allowWebhookHosts: [hostname] }, "v3");
    await subscribe({ target_url });
    for (const own of ["127.0.0.1", "[::1]", "localhost"]) await subscribe({ target_url: `http://${own}:9/hook` });
  },
);

test("one that is gone, and one of nobody, are 404; an id that is no UUID is 400 (A-v3-uuid-wording)", async () => {
  const id = await subscribe();
  expect((await api.delete(`/webhook-subscriptions/${id}`)).status).toBe(204);
  for (const path of [`/webhook-subscriptions/${id}`, "/webhook-subscriptions/550e8400-e29b-41d4-a716-446655440000"]) {
    expect(await codeOf(api.get(path))).toEqual([404, 2010]);
    expect(await codeOf(api.put(path, {}))).toEqual([404, 2010]);
    expect(await codeOf(api.delete(path))).toEqual([404, 2010]);
  }
  for (const answer of [api.get("/webhook-subscriptions/1"), api.delete("/webhook-subscriptions/1")])
    expect((await answer).body.error).toMatchObject({
      code: 1005,
      message: "invalid subscriptionId format: must be a valid UUID",
    });
});

test("neither version shows or changes the subscriptions of the other", async () => {
  const id = await subscribe({ target_url: "http://127.0.0.1:9/a" });
  const webhook_subscription = { webhook_url: "http://127.0.0.1:9/b", events: ["message.sent"], version: 2 };
  const made = await api.post(v2, { webhook_subscription }, V2_TOKEN);
  const old = made.body.webhook_subscription.id;
  const listed = await api.get(v2, V2_TOKEN);
  expect(listed.body.webhook_subscriptions.map((one: { id: number }) => one.id)).toEqual([old]);
  expect((await api.get("/webhook-subscriptions")).body.subscriptions.map((one: { id: string }) => one.id)).toEqual([id]);
  for (const path of [`${v2}/1`, `${v2}/${old}`])
    expect((await api.delete(path, V2_TOKEN)).status).toBe(path.endsWith("/1") ? 404 : 204);
  expect((await api.get(`/webhook-subscriptions/${id}`)).status).toBe(200);
});

test("an export loads again as it was, but for its secret", async () => {
  await subscribe({ phone_numbers: [LINE], routing_id_header: "X-Chat", subscribed_events: ["message.delivered"] });
  await subscribe({ target_url: `${TARGET}?line=1`, routing_key_header: "X-Key" });
  const { body } = await api.get("/webhook-subscriptions");
  const exported = await api.get("//__mock/state");
  expect((await api.put("//__mock/fixtures", exported.body)).status).toBe(200);
  expect((await api.get("/webhook-subscriptions")).body).toEqual(body);
});
