import { apiClient } from "../../../testing/api-client";
import { smallWorld } from "../../../testing/worlds";

// Asserted here, too: A-list-order.

const CLOCK = "2025-12-05T12:00:00.000-06:00";
const wanted = { webhook_url: "http://127.0.0.1:9/hook", events: ["message.received"], version: 2 };

function api() {
  return apiClient({ fixtures: smallWorld, clock: CLOCK });
}

test("a subscription reads back as it was created, but for its secret", async () => {
  const { post, get } = api();
  const created = await post("/webhook_subscriptions", { webhook_subscription: { ...wanted, secret: "canary" } });
  const webhook_subscription = {
    id: 1,
    ...wanted,
    active: true,
    secret_configured: true,
    last_delivered_at: null,
    delivery_attempts: 0,
    created_at: CLOCK,
    updated_at: CLOCK,
  };
  expect(created).toMatchObject({ status: 201, body: { webhook_subscription }, hint: undefined });
  const listed = await get("/webhook_subscriptions");
  expect(listed.body).toEqual({ webhook_subscriptions: [webhook_subscription] });
  expect(JSON.stringify([created, listed, await get("//__mock/state"), await get("//__mock/requests")])).not.toMatch(/canary/);
});

test("the list is empty at first, and in the order of the ids", async () => {
  const { post, get } = api();
  expect((await get("/webhook_subscriptions")).body).toEqual({ webhook_subscriptions: [] });
  for (const path of ["/a", "/b"])
    await post("/webhook_subscriptions", { webhook_subscription: { ...wanted, webhook_url: `http://localhost:9${path}` } });
  const { body } = await get("/webhook_subscriptions");
  expect(body.webhook_subscriptions.map(({ id }: { id: number }) => id)).toEqual([1, 2]);
});

test("an update keeps what is not given, the secret above all (A-webhook-paused)", async () => {
  const { post, put, advance } = api();
  await post("/webhook_subscriptions", { webhook_subscription: { ...wanted, secret: "s", active: false } });
  await advance(1000);
  const { body, assumptions } = await put("/webhook_subscriptions/1", {
    webhook_subscription: { ...wanted, events: ["message.sent", "message.sent"] },
  });
  expect(body.webhook_subscription).toMatchObject({
    events: ["message.sent"],
    active: false,
    secret_configured: true,
    created_at: CLOCK,
    updated_at: "2025-12-05T12:00:01.000-06:00",
  });
  expect(assumptions).toEqual(["A-webhook-update", "A-webhook-paused", "A-webhook-events"]);
});

test.each(["", null])("the secret %p clears it", async (secret) => {
  const { post, put } = api();
  await post("/webhook_subscriptions", { webhook_subscription: { ...wanted, secret: "s" } });
  const { body } = await put("/webhook_subscriptions/1", { webhook_subscription: { ...wanted, secret } });
  expect(body.webhook_subscription.secret_configured).toBe(false);
});

test("an active that is null is not given (A-webhook-update, A-webhook-paused)", async () => {
  const { post, put } = api();
  const created = await post("/webhook_subscriptions", { webhook_subscription: { ...wanted, active: null } });
  await put("/webhook_subscriptions/1", { webhook_subscription: { ...wanted, active: false } });
  const updated = await put("/webhook_subscriptions/1", { webhook_subscription: { ...wanted, active: null } });
  expect([created, updated].map(({ body }) => body.webhook_subscription.active)).toEqual([true, false]);
  expect(created.assumptions).toContain("A-webhook-update");
});

test.each(["", null])("the secret %p is none for a new one", async (secret) => {
  const { status, body, assumptions } = await api().post("/webhook_subscriptions", {
    webhook_subscription: { ...wanted, secret },
  });
  expect([status, body.webhook_subscription.secret_configured, assumptions]).toEqual([201, false, ["A-webhook-update"]]);
});

test("a deleted subscription is gone (A-404-others)", async () => {
  const { post, put, delete: remove } = api();
  await post("/webhook_subscriptions", { webhook_subscription: wanted });
  expect((await remove("/webhook_subscriptions/1")).status).toBe(204);
  const gone = {
    status: 404,
    body: { status: "error", error_code: "WEBHOOK_SUBSCRIPTION_NOT_FOUND", message: "Webhook subscription not found" },
  };
  expect(await remove("/webhook_subscriptions/1")).toMatchObject(gone);
  expect(await put("/webhook_subscriptions/1", { webhook_subscription: wanted })).toMatchObject(gone);
});

test("a body that is not wrapped is refused, with a hint", async () => {
  const { status, body, hint, assumptions } = await api().post("/webhook_subscriptions", wanted);
  expect([status, body.errors]).toEqual([400, ["Missing required parameter: webhook_subscription"]]);
  expect(hint).toMatch(/^The body is wrapped: \{"webhook_subscription": /);
  expect(assumptions).toEqual(["A-create-status", "A-body-wrapped", "A-error-wording"]);
});

test.each([
  ["no URL", { webhook_url: "hook" }, "webhook_subscription.webhook_url must be a URL"],
  ["another scheme", { webhook_url: "ftp://localhost/" }, "webhook_subscription.webhook_url is not an http or https URL"],
  ["an unknown event", { events: ["message.seen"] }, /^webhook_subscription\.events\[0\] must be one of message\.sent, /],
  ["another version", { version: 1 }, "webhook_subscription.version must be 2"],
])("%s is refused", async (_, fields, detail) => {
  const { post, get } = api();
  const { status, body } = await post("/webhook_subscriptions", { webhook_subscription: { ...wanted, ...fields } });
  expect(status).toBe(422);
  expect(body.errors).toEqual([typeof detail === "string" ? detail : expect.stringMatching(detail)]);
  expect((await get("/webhook_subscriptions")).body.webhook_subscriptions).toEqual([]);
});

test.each(["v2", "2", 1, undefined])("of the version %j a hint says what it is (A-create-status)", async (version) => {
  const { hint } = await api().post("/webhook_subscriptions", { webhook_subscription: { ...wanted, version } });
  expect(hint).toBe("version is the number 2.");
});

test("a subscription to nothing says that nothing will come", async () => {
  const { status, hint, assumptions } = await api().post("/webhook_subscriptions", {
    webhook_subscription: { ...wanted, events: [] },
  });
  expect([status, hint, assumptions]).toEqual([201, "events is empty, so nothing will be delivered.", ["A-webhook-events"]]);
});

test("subscriptions of a fixture are there from the start", async () => {
  const { get } = apiClient({
    fixtures: {
      ...smallWorld,
      webhook_subscriptions: [{ id: 7, webhook_url: "http://localhost:9/", events: ["message.read"], secret: "s" }],
    },
  });
  expect((await get("/webhook_subscriptions")).body.webhook_subscriptions).toMatchObject([{ id: 7, secret_configured: true }]);
});
