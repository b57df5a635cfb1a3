import { apiClient } from "../../../testing/api-client";
import { ANN, BEN, CAY, DEE, LINE, OTHER_LINE, STRANGER, smallWorld } from "../../../testing/worlds";

// Rests on A-v3-chat-order, A-v3-message-order, A-v3-code-choice, A-v3-delays, A-v3-service-initial, A-v3-linked-file, A-v3-location-status, A-v3-available-number.

const text = (value: string): object => ({ parts: [{ type: "text", value }] });

function freshApi() {
  return apiClient({ fixtures: smallWorld }, "v3");
}

test("a first message makes a chat, and the next call with the same people uses it", async () => {
  const api = freshApi();
  const first = await api.post("/chats", { from: LINE, to: [STRANGER], message: text("Hello") });
  expect(first.status).toBe(201);
  expect(first.body.chat.message).toMatchObject({
    delivery_status: "pending",
    sent_at: null,
    parts: [{ type: "text", value: "Hello" }],
  });
  const again = await api.post("/chats", { from: LINE, to: [STRANGER], message: text("Again https://example.com") });
  expect(again.body.chat.id).toBe(first.body.chat.id);
  const sent = await api.post(`/chats/${first.body.chat.id}/messages`, { message: text("Third") });
  expect(sent.status).toBe(202);
  expect(sent.body.chat_id).toBe(first.body.chat.id);
  await api.advance(1000);
  expect((await api.get(`/messages/${sent.body.message.id}`)).body).toMatchObject({
    delivery_status: "delivered",
    is_from_me: true,
  });
});

test.each<[string, object, number, number]>([
  ["a URL in the first message of a new chat", { to: [STRANGER], message: text("See https://example.com") }, 400, 1005],
  ["its own line (A-v3-own-line)", { to: [LINE], message: text("Hi") }, 400, 1005],
  [
    "an App Clip to who is not on iMessage",
    { to: [CAY], message: { parts: [{ type: "app_clip", value: "https://clip.example.com/" }] } },
    409,
    2028,
  ],
  [
    "a picture on an app card to who has never written",
    {
      to: [STRANGER],
      message: {
        parts: [
          {
            type: "imessage_app",
            app: { name: "Card", team_id: "ABCDE12345", bundle_id: "com.example.card" },
            layout: { caption: "Card", image_url: "https://i.example.com/a.png" },
          },
        ],
      },
    },
    400,
    1008,
  ],
  [
    "a mention of who is not in the group",
    { to: [ANN, BEN], message: { parts: [{ type: "text", value: "Hi", mentions: [{ handle: ANN }, { handle: CAY }] }] } },
    409,
    2023,
  ],
  ["a number that is not E.164", { to: ["2055550199"], message: text("Hi") }, 400, 1002],
  ["a foreign line", { from: "+12055559999", to: [STRANGER], message: text("Hi") }, 403, 2006],
  ["no message", { to: [STRANGER] }, 400, 1001],
  [
    "two texts in a row",
    {
      to: [STRANGER],
      message: {
        parts: [
          { type: "text", value: "a" },
          { type: "text", value: "b" },
        ],
      },
    },
    400,
    1004,
  ],
  ["no parts", { to: [STRANGER], message: { parts: [] } }, 400, 1004],
  ["32 handles", { to: Array.from({ length: 32 }, (_, i) => `+1205555${1000 + i}`), message: text("Hi") }, 400, 1005],
  [
    "a file that is not there",
    { to: [ANN], message: { parts: [{ type: "media", attachment_id: "550e8400-e29b-41d4-a716-446655440000" }] } },
    404,
    2003,
  ],
])("%s is refused, and nothing is sent", async (_, body, status, code) => {
  const api = freshApi();
  const answer = await api.post("/chats", { from: LINE, ...body });
  expect([answer.status, answer.body.error.code]).toEqual([status, code]);
});

test("who has written STOP is not written to, unless the caller overrides it, until they write again", async () => {
  const api = freshApi();
  const says = (words: string) => api.post("//__mock/simulate/message", { chat: 1, from: ANN, text: words });
  await says("STOP");
  const send = (more: object = {}) => api.post("/chats", { from: LINE, to: [ANN], message: text("Hi"), ...more });
  const refused = await send();
  expect([refused.status, refused.body.error.code]).toEqual([403, 2024]);
  expect((await send({ override_optout: true })).status).toBe(201);
  await says("Hello again");
  expect((await send()).status).toBe(201);
});

test("STOP with a file beside it is not the whole message, so no keyword, and takes back one (A-v3-opt-out)", async () => {
  const api = freshApi();
  const says = (more: object) => api.post("//__mock/simulate/message", { chat: 1, from: ANN, text: "STOP", ...more });
  const send = async () => (await api.post("/chats", { from: LINE, to: [ANN], message: text("Hi") })).status;
  const attachments = [{ url: "https://example.com/a.png" }];
  await says({ attachments });
  expect(await send()).toBe(201);
  await says({});
  expect(await send()).toBe(403);
  await says({ attachments });
  expect(await send()).toBe(201);
});

test("STOP in a group is that conversation's, and whatever its writer says later takes it back everywhere (A-v3-opt-out)", async () => {
  const api = apiClient({ fixtures: smallWorld, clock: "2026-01-05T12:00:00Z" }, "v3");
  const says = (chat: number, words: string, from = ANN) => api.post("//__mock/simulate/message", { chat, from, text: words });
  const { id } = (await api.post("/chats", { from: LINE, to: [ANN, BEN], message: text("Hi all") })).body.chat;
  const health = async () => (await api.get(`/chats/${id}`)).body.health_status;
  const send = async (to: string[]) => (await api.post("/chats", { from: LINE, to, message: text("Hi") })).status;
  await says(2, "STOP");
  await api.advance(1000);
  await says(2, "opt-out", BEN);
  expect(await health()).toMatchObject({ status: "OPTED_OUT", updated_at: "2026-01-05T12:00:00.000Z" });
  expect([await send([ANN]), await send([BEN]), await send([ANN, BEN])]).toEqual([403, 403, 201]);
  await says(5, "Hello again");
  expect([await send([ANN]), await send([BEN]), (await health()).status]).toEqual([201, 403, "OPTED_OUT"]);
  await api.advance(1000);
  await says(3, "Me too", BEN);
  expect([await send([BEN]), await health()]).toMatchObject([
    201,
    { status: "HEALTHY", updated_at: "2026-01-05T12:00:02.000Z" },
  ]);
});

test("a group in which all have opted out is so until the last has come back (A-v3-opt-out)", async () => {
  const at = "2026-01-01T12:00:00Z";
  const group = { line: LINE, participants: [ANN, BEN], opt_outs: [ANN, BEN].map((person) => ({ person, at })) };
  const api = apiClient({ fixtures: { version: 1, lines: [LINE], chats: [group] }, clock: "2026-01-05T12:00:00Z" }, "v3");
  const health = async () => (await api.get("/chats")).body.chats[0].health_status;
  const says = (from: string) => api.post("//__mock/simulate/message", { chat: 1, from, text: "Hello" });
  await says(ANN);
  expect(await health()).toMatchObject({ status: "OPTED_OUT", updated_at: "2026-01-01T12:00:00.000Z" });
  await says(BEN);
  expect(await health()).toMatchObject({ status: "HEALTHY", updated_at: "2026-01-05T12:00:00.000Z" });
});

test.each<[string, string[], object, string, string]>([
  ["an e-mail address by SMS", [DEE], { ...text("Hi"), preferred_service: "SMS" }, "failed", "SMS"],
  ["an e-mail address by RCS", [DEE], { ...text("Hi"), preferred_service: "RCS" }, "failed", "SMS"],
  ["an e-mail address beside who has no iMessage", [DEE, CAY], text("Hi"), "failed", "SMS"],
  ["an e-mail address as usual", [DEE], text("Hi"), "delivered", "iMessage"],
  ["a card without fallback_text to who has no iMessage", [CAY], card({}), "failed", "SMS"],
  ["a card with fallback_text to who has no iMessage", [CAY], card({ fallback_text: "See the menu" }), "sent", "SMS"],
  ["a card to who has iMessage", [ANN], card({}), "delivered", "iMessage"],
])("what must go by iMessage and cannot fails (A-v3-service-choice): %s", async (_, to, message, outcome, service) => {
  const api = freshApi();
  const { status, body } = await api.post("/chats", { from: LINE, to, message });
  expect(status).toBe(201);
  await api.advance(1000);
  const sent = (await api.get(`/messages/${body.chat.message.id}`)).body;
  expect([sent.delivery_status, sent.service]).toEqual([outcome, service]);
});

function card(fields: object): object {
  const app = { name: "Card", team_id: "ABCDE12345", bundle_id: "com.example.card" };
  return { parts: [{ type: "imessage_app", app, layout: { caption: "Card" }, url: "https://example.com/", ...fields }] };
}

test("the url of a card and an App Clip may begin a chat: they are no text (A-v3-first-message-code)", async () => {
  const clip = { parts: [{ type: "app_clip", value: "https://clip.example.com/" }] };
  for (const [i, message] of [clip, card({})].entries()) {
    const { status } = await freshApi().post("/chats", { from: LINE, to: [`+1205555019${i}`], message });
    expect(status).toBe(201);
  }
});

test.each([["bad", ""].map((mention) => ({ mention })), [{ mentions: [{ handle: "bad" }] }]])(
  "a mention of what is no handle is a wrong format, in a group and elsewhere: %j",
  async (...parts) => {
    const api = freshApi();
    for (const to of [[ANN], [ANN, BEN]])
      for (const part of parts) {
        const message = { parts: [{ type: "text", value: "Hi", ...part }] };
        const { status, body } = await api.post("/chats", { from: LINE, to, message });
        expect([status, body.error.code]).toEqual([400, 1005]);
      }
  },
);

test("a chat has the service that its messages travel by (A-v3-chat-service)", async () => {
  const api = freshApi();
  const chats: { id: string; service: string }[] = [];
  for (const preferred_service of ["SMS", undefined, "RCS"]) {
    const message = { ...text("Hi"), preferred_service };
    chats.push((await api.post("/chats", { from: LINE, to: [ANN], message })).body.chat);
  }
  expect(chats.map(({ service }) => service)).toEqual(["SMS", "iMessage", "SMS"]);
  const { id } = chats[0] ?? {};
  expect((await api.get(`/chats/${id}`)).body.service).toBe("SMS");
  expect((await api.post(`/chats/${id}/location/request`)).body.error.code).toBe(2017);
  expect((await api.post(`/chats/${id}/share_contact_card`)).body.error.code).toBe(2017);
  expect((await api.post(`/chats/${id}/polls`, { poll: { options: [{ text: "Saturday" }] } })).body.error.code).toBe(2017);
  await api.post(`/chats/${id}/messages`, { message: text("Hi") });
  expect((await api.post(`/chats/${id}/location/request`)).status).toBe(200);
});

test("30 messages a minute go to one person, and the next is told how long to wait (A-v3-rate-window)", async () => {
  const api = apiClient({ fixtures: smallWorld, clock: "2025-12-05T12:00:00Z" }, "v3");
  const send = () => api.post("/chats", { from: LINE, to: [ANN], message: text("Hi") });
  for (let i = 0; i < 30; i += 1) expect((await send()).status).toBe(201);
  const refused = await send();
  expect([refused.status, refused.body.error.code, refused.body.error.retry_after, refused.headers["retry-after"]]).toEqual([
    429,
    1007,
    60,
    "60",
  ]);
  await api.advance(60_000);
  expect((await send()).status).toBe(201);
});

test("a key sends once, whichever call it comes by, and is answered as at first (A-v3-idem-scope); one of a deleted message is 404", async () => {
  const api = freshApi();
  const message = { ...text("Once"), idempotency_key: "k-1" };
  const first = await api.post("/chats", { from: LINE, to: [ANN], message });
  const again = await api.post("/messages", { to: [ANN], message: text("Other") }, { "Idempotency-Key": "k-1" });
  expect([again.status, again.body.message, again.hint]).toEqual([202, first.body.chat.message, undefined]);
  const hint = "The key was used for a message to somebody else, or from another line; nothing was sent.";
  const other = (await api.post("/chats", { from: LINE, to: [BEN], message: text("Hi") })).body.chat;
  for (const place of ["/chats", "/messages", `/chats/${other.id}/messages`])
    expect((await api.post(place, { from: LINE, to: [BEN], message })).hint).toContain(hint);
});

test("a repeat is answered as at first, whatever became of the message and its chat since (A-v3-idem-scope)", async () => {
  const api = freshApi();
  const body = { from: LINE, to: [STRANGER], message: { parts: [], ...text("First"), idempotency_key: "k" } };
  const first = await api.post("/chats", body);
  const { id, message } = first.body.chat;
  await api.advance(1000);
  for (const value of ["Second", "Third"]) await api.patch(`/messages/${message.id}`, { text: value });
  await api.post(`/messages/${message.id}/reactions`, { operation: "add", type: "love" });
  await api.post("//__mock/simulate/message", { chat: id, from: STRANGER, text: "STOP" });
  await api.post("//__mock/simulate/participant_added", { chat: id, participant: DEE });
  expect((await api.post("/chats", body)).body).toEqual(first.body);
  const { body: auto } = await api.post("/messages", body);
  expect(auto).toMatchObject({ created_new_chat: true, is_group: false, message });
  await api.post("//__mock/reset");
  expect((await api.post("/chats", body)).body.chat.message.created_at).not.toBe(message.created_at);
});

test("effects and decorations are ignored off iMessage", async () => {
  const api = freshApi();
  const effect = { type: "screen", name: "confetti" };
  const parts = [{ type: "text", value: "Hi", text_decorations: [{ range: [0, 2], style: "bold" }] }];
  const shown = async (more: object) => {
    const { body } = await api.post("/chats", { from: LINE, to: [ANN], message: { parts, effect, ...more } });
    const { message } = body.chat;
    return [message, (await api.get(`/messages/${message.id}`)).body].map((one) => [one.effect, one.parts[0].text_decorations]);
  };
  expect(await shown({ preferred_service: "SMS" })).toEqual([
    [null, null],
    [null, null],
  ]);
  expect(await shown({})).toEqual([
    [effect, parts[0]?.text_decorations],
    [effect, parts[0]?.text_decorations],
  ]);
});

test.each(["/chats", "/messages", "/chats/{chat}/messages"])("an empty key of %s is none (A-v3-idem-scope)", async (path) => {
  const api = freshApi();
  const { id } = (await api.post("/chats", { from: LINE, to: [ANN], message: text("Hi") })).body.chat;
  const send = async (value: string) => {
    const body = { from: LINE, to: [ANN], message: { ...text(value), idempotency_key: "" } };
    const answer = await api.post(path.replace("{chat}", id), body, { "Idempotency-Key": "" });
    return (answer.body.chat ?? answer.body).message.parts[0].value;
  };
  expect([await send("One"), await send("Two")]).toEqual(["One", "Two"]);
});

test("without a line, the chat that was active last is used, else the first line writes", async () => {
  const api = freshApi();
  const reused = await api.post("/messages", { to: [ANN], message: text("Hi") });
  expect(reused.body).toMatchObject({ from: LINE, created_new_chat: false, from_selection: { reason: "reused_active_chat" } });
  const opened = await api.post("/messages", { to: [STRANGER], message: text("See https://example.com") });
  expect(opened.body).toMatchObject({ created_new_chat: true, from_selection: { reason: "new_best_number" } });
});

test("a line that is flagged sends nothing, and another takes over (A-v3-failover)", async () => {
  const [chat] = smallWorld.chats ?? [];
  const lines = [{ phone_number: LINE, status: "FLAGGED" as const }, { phone_number: OTHER_LINE }];
  const api = apiClient({ fixtures: { ...smallWorld, lines, chats: chat ? [chat] : [] } }, "v3");
  const [old] = (await api.get("/chats")).body.chats;
  const refusals = [
    await api.post("/chats", { from: LINE, to: [ANN], message: text("Hi") }),
    await api.post(`/chats/${old.id}/messages`, { message: text("Hi") }),
    await api.post(`/chats/${old.id}/voicememo`, { voice_memo_url: "https://example.com/a.m4a" }),
  ];
  expect(refusals.map(({ status, body }) => [status, body.error.code])).toEqual(Array(3).fill([403, 2027]));
  expect((await api.get(`/chats/${old.id}/messages`)).body.messages).toHaveLength(1);
  expect((await api.get("/available_number")).body.phone_number).toBe(OTHER_LINE);

  const excluding = { to: [ANN], message: text("Hi"), exclude_from: [OTHER_LINE] };
  expect((await api.post("/messages", excluding)).body.error.code).toBe(2015); // the other is left, and may not send
  const all = { ...excluding, exclude_from: [LINE, OTHER_LINE] };
  expect((await api.post("/messages", all)).body.error.code).toBe(1005);
  const available = await api.get(`/available_number?exclude_from=${encodeURIComponent(OTHER_LINE)}`);
  expect([available.status, available.body.error.code]).toEqual([409, 2015]);
  const body = {
    to: [ANN],
    message: { ...text("Hi"), idempotency_key: "k" },
    continuation_message: { text: "Our new number" },
  };
  const moved = await api.post("/messages", body);
  expect(moved.body).toMatchObject({
    from: OTHER_LINE,
    created_new_chat: true,
    from_selection: { reason: "failover_flagged", reused_existing_chat: false },
    previous_chat_id: old.id,
    message: { parts: [{ value: "Our new number" }] },
  });
  expect(moved.headers["x-linq-mock-assumption"]).toContain("A-v3-failover");
  expect((await api.post("/messages", body)).body).toEqual(moved.body);
  const next = await api.post("/messages", { ...body, message: text("Next") });
  expect(next.body).toMatchObject({
    chat_id: moved.body.chat_id,
    from_selection: { reason: "reused_active_chat" },
    previous_chat_id: null,
    message: { parts: [{ value: "Next" }] },
  });

  const state = (await api.get("//__mock/state")).body;
  expect(state.lines.map(({ status }: { status?: string }) => status)).toEqual(["FLAGGED", undefined]);
  for (const line of state.lines) line.status = "FLAGGED";
  await api.put("//__mock/fixtures", state);
  const none = await api.post("/messages", { to: [ANN], message: text("Hi") });
  expect([none.status, none.body.error.code]).toEqual([409, 2015]);
});

test("what is asked to go as iMessage and cannot fails", async () => {
  const api = freshApi();
  const { body } = await api.post("/chats", {
    from: LINE,
    to: [BEN],
    message: { ...text("Hi"), preferred_service: "iMessage" },
  });
  await api.advance(1000);
  expect((await api.get(`/messages/${body.chat.message.id}`)).body).toMatchObject({
    delivery_status: "failed",
    service: "iMessage",
  });
});

test("in the vendor's sandbox people write first, and 100 messages a day go out, until midnight UTC", async () => {
  const api = apiClient({ fixtures: smallWorld, vendorSandbox: true, rateLimits: true, clock: "2026-01-05T23:00:00Z" }, "v3");
  const send = (to: string) => api.post("/chats", { from: LINE, to: [to], message: text("Hi") });
  const refused = await send(STRANGER);
  expect([refused.status, refused.body.error.code]).toEqual([403, 2008]);
  expect(refused.hint).toContain(`POST /__mock/simulate/message {"line": "${LINE}", "from": "${STRANGER}", "text": "Hi"}.`);
  await api.post("//__mock/simulate/message", { from: STRANGER, line: LINE, text: "Hello" });
  for (let i = 0; i < 100; i += 1) {
    if (i % 30 === 29) await api.advance(60_000);
    expect((await send(STRANGER)).status).toBe(201);
  }
  await api.advance(60_000);
  const over = await send(STRANGER);
  expect([over.status, over.body.error.code]).toEqual([429, 1007]);
  await api.advance(over.body.error.retry_after * 1000);
  expect((await send(STRANGER)).status).toBe(201);
});

test("in the vendor's sandbox, who wrote has written, be it deleted since, and they gone", async () => {
  const api = apiClient({ fixtures: smallWorld, vendorSandbox: true }, "v3");
  const send = async (to: string) => (await api.post("/chats", { from: LINE, to: [to], message: text("Hi") })).status;
  await api.post("//__mock/simulate/message", { from: STRANGER, line: LINE, text: "Hello" });
  const [chat] = (await api.get("/chats")).body.chats;
  const [message] = (await api.get(`/chats/${chat.id}/messages`)).body.messages;
  expect((await api.delete(`/messages/${message.id}`)).status).toBe(204);
  expect(await send(STRANGER)).toBe(201);
  await api.post("//__mock/simulate/message", { chat: 2, from: BEN, text: "Hello" });
  await api.post("//__mock/simulate/participant_removed", { chat: 2, participant: BEN });
  expect(await send(BEN)).toBe(201);
});

test("a picture on an app card goes to who has written, be it deleted since", async () => {
  const api = freshApi();
  const [chat] = (await api.get(`/chats?to=${encodeURIComponent(ANN)}`)).body.chats;
  const layout = { caption: "Card", image_url: "https://i.example.com/a.png" };
  const app = { name: "Card", team_id: "ABCDE12345", bundle_id: "com.example.card" };
  const message = { parts: [{ type: "imessage_app", app, layout, url: "https://example.com/" }] };
  const [hello] = (await api.get(`/chats/${chat.id}/messages`)).body.messages;
  await api.delete(`/messages/${hello.id}`);
  expect((await api.post(`/chats/${chat.id}/messages`, { message })).status).toBe(202);
});

test("who opted out in a group and left it takes it back elsewhere, and is refused until then (A-v3-opt-out)", async () => {
  const api = freshApi();
  const health = async () => (await api.get(`/chats/${group.id}`)).body.health_status.status;
  const send = async () => (await api.post("/chats", { from: LINE, to: [BEN], message: text("Hi") })).status;
  const chats = (await api.get(`/chats?to=${encodeURIComponent(BEN)}`)).body.chats;
  const group = chats.find(({ handles }: { handles: unknown[] }) => handles.length === 3);
  await api.post("//__mock/simulate/message", { chat: group.id, from: BEN, text: "STOP" });
  await api.post("//__mock/simulate/participant_removed", { chat: group.id, participant: BEN });
  expect([await health(), await send()]).toEqual(["OPTED_OUT", 403]);
  await api.post("//__mock/simulate/message", { line: LINE, from: BEN, text: "Hello again" });
  expect([await health(), await send()]).toEqual(["HEALTHY", 201]);
});

test("what was a group, or has been one, is no direct chat", async () => {
  const api = freshApi();
  const send = (value: string) => api.post("/chats", { from: LINE, to: [STRANGER], message: text(value) });
  const group = (await api.post("/chats", { from: LINE, to: [STRANGER, DEE], message: text("Hi") })).body.chat;
  await api.post("//__mock/simulate/participant_removed", { chat: group.id, participant: DEE });
  expect((await send("See https://example.com")).body.error.code).toBe(1005);
  const direct = (await send("Hi")).body.chat;
  expect(direct.id).not.toBe(group.id);
  await api.post("//__mock/simulate/participant_added", { chat: direct.id, participant: DEE });
  await api.post("//__mock/simulate/participant_removed", { chat: direct.id, participant: DEE });
  const other = (await send("Hi")).body.chat;
  expect([group.id, direct.id]).not.toContain(other.id);
  expect((await send("Hi")).body.chat.id).toBe(other.id);
});

test("all who are mentioned are kept, and the first is the mention of old (A-v3-mentions-shape)", async () => {
  const api = freshApi();
  const mentions = [{ handle: BEN, range: [0, 3] }, { handle: ANN }];
  const { body } = await api.post("/chats", {
    from: LINE,
    to: [ANN, BEN],
    message: { parts: [{ type: "text", value: "Ben and Ann", mentions }] },
  });
  const { parts } = (await api.get(`/messages/${body.chat.message.id}`)).body;
  expect(parts).toMatchObject([{ mention: BEN, mention_range: [0, 3], mentions }]);
});

test("who is named twice counts once (A-v3-duplicate-handles)", async () => {
  const { body, assumptions } = await freshApi().post("/chats", { from: LINE, to: [ANN, ANN], message: text("Hi") });
  expect(body.chat.handles).toHaveLength(2);
  expect(assumptions).toContain("A-v3-duplicate-handles");
});

test.each<[string, object, Record<string, string>]>([
  ["a key of 256 characters in the header", {}, { "Idempotency-Key": "k".repeat(256) }],
  ["an empty text to continue with (A-v3-continuation-text)", { continuation_message: { text: "" } }, {}],
])("without a line, %s is refused", async (_, more, headers) => {
  const { status, body } = await freshApi().post("/messages", { to: [ANN], message: text("Hi"), ...more }, headers);
  expect([status, body.error.code]).toEqual([400, 1005]);
});

test("as much as the limits allow is taken, though it has megabytes (A-v3-body-limit)", async () => {
  const parts = Array.from({ length: 80 }, (_, i) =>
    i % 2 === 0 ? { type: "text", value: "🎉".repeat(10_000) } : { type: "media", url: "https://example.com/a.png" },
  );
  const { status } = await freshApi().post("/chats", { from: LINE, to: [ANN], message: { parts } });
  expect(status).toBe(201);
});
