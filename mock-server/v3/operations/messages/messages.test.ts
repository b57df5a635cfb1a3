import { apiClient } from "../../../testing/api-client";
import { ANN, LINE, smallWorld } from "../../../testing/worlds";

// Rests on A-v3-chat-order, A-v3-idem-scope, A-v3-code-choice, A-v3-idem-deleted, A-v3-effect-name, A-v3-message-order, A-message-order, A-delivery,
// A-v3-linked-file, A-v3-reaction-one, A-v3-stickers,
// A-v3-custom-emoji.

function freshApi() {
  return apiClient({ fixtures: smallWorld, clock: "2026-01-05T12:00:00Z" }, "v3");
}

const card = (more: object = {}, layout: object = { caption: "Card" }) => ({
  parts: [
    {
      type: "imessage_app",
      app: { name: "Card", team_id: "ABCDE12345", bundle_id: "com.example.card" },
      layout,
      url: "https://example.com/card",
      ...more,
    },
  ],
});
const NOBODY = "11111111-1111-4111-8111-111111111111";
const text = (value: string, more: object = {}): object => ({ parts: [{ type: "text", value }], ...more });

async function sent(api: ReturnType<typeof freshApi>, message: object = text("Hi")) {
  const { body } = await api.post("/chats", { from: LINE, to: [ANN], message });
  return body.chat as { id: string; message: { id: string } };
}

test("a text is edited five times within 15 minutes, and no more", async () => {
  const api = freshApi();
  const { message } = await sent(api);
  for (let i = 1; i <= 5; i += 1) {
    const { status, body } = await api.patch(`/messages/${message.id}`, { text: `Version ${i}` });
    expect([status, body.parts[0].value]).toEqual([200, `Version ${i}`]);
  }
  const sixth = await api.patch(`/messages/${message.id}`, { text: "Version 6" });
  expect([sixth.status, sixth.body.error.code]).toEqual([409, 2015]);
  const other = await sent(api);
  await api.advance(15 * 60_000 + 1);
  const late = await api.patch(`/messages/${other.message.id}`, { text: "Late" });
  expect([late.status, late.body.error.code]).toEqual([409, 2015]);
});

test("a deleted message is gone, and its key is refused", async () => {
  const api = freshApi();
  const { message, id } = await sent(api, text("Once", { idempotency_key: "k" }));
  expect((await api.delete(`/messages/${message.id}`)).status).toBe(204);
  expect((await api.get(`/messages/${message.id}`)).body.error.code).toBe(2002);
  const again = await api.post(`/chats/${id}/messages`, { message: text("Once", { idempotency_key: "k" }) });
  expect([again.status, again.body.error.code]).toEqual([404, 2002]);
});

test("reactions are added and taken away, an emoji too, of which V2 says nothing", async () => {
  const api = freshApi();
  const { message } = await sent(api);
  const react = (body: object) => api.post(`/messages/${message.id}/reactions`, body);
  const added = await react({ operation: "add", type: "custom", custom_emoji: "🎉" });
  expect([added.status, added.body.message]).toEqual([202, "Reaction processed"]);
  const { parts } = (await api.get(`/messages/${message.id}`)).body;
  expect(parts[0].reactions).toMatchObject([{ type: "custom", custom_emoji: "🎉", is_me: true }]);
  expect((await react({ operation: "remove", type: "custom", custom_emoji: "🎉" })).status).toBe(202);
  const absent = await react({ operation: "remove", type: "love" });
  expect([absent.status, absent.body.error.code]).toEqual([409, 2015]);
  const [first, second] = [await react({ operation: "add", type: "love" }), await react({ operation: "add", type: "like" })];
  expect([first, second].map((one) => [one.status, one.assumptions.includes("A-v3-reaction-one")])).toEqual([
    [202, false],
    [202, true],
  ]);
  expect((await api.get(`/messages/${message.id}`)).body.parts[0].reactions).toMatchObject([{ type: "like" }]);
  const sticker = await react({ operation: "add", type: "sticker", attachment_id: message.id });
  expect([sticker.body.error.code, sticker.assumptions.includes("A-v3-stickers")]).toEqual([1005, true]);
  expect((await react({ operation: "add", type: "custom" })).body.error.code).toBe(1001);
  for (const custom_emoji of ["a", "7", "🎉🎉", "🎉!"]) {
    const odd = await react({ operation: "add", type: "custom", custom_emoji });
    expect([odd.body.error.code, odd.assumptions.includes("A-v3-custom-emoji")]).toEqual([1005, true]);
  }
  for (const custom_emoji of ["👩🏽‍🚀", "🇨🇿", "7️⃣", "❤"])
    expect((await react({ operation: "add", type: "custom", custom_emoji })).status).toBe(202);
  expect((await react({ operation: "add", type: "love", part_index: 7 })).body.error.code).toBe(1005);
});

test("a reply belongs to the thread of what it replies to", async () => {
  const api = freshApi();
  const { id, message } = await sent(api);
  await api.post(`/chats/${id}/messages`, { message: text("In between") });
  const reply = await api.post(`/chats/${id}/messages`, { message: text("A reply", { reply_to: { message_id: message.id } }) });
  expect(reply.body.message.reply_to).toEqual({ message_id: message.id, part_index: 0 });
  const { messages } = (await api.get(`/messages/${reply.body.message.id}/thread`)).body;
  expect(messages.map((one: { id: string }) => one.id)).toEqual([message.id, reply.body.message.id]);
});

test("a reply that somebody has written says what it replies to, and belongs to the thread", async () => {
  const api = freshApi();
  const { id } = await sent(api);
  await api.post("//__mock/simulate/message", { chat: 1, from: ANN, text: "A reply", replied_to: 2 });
  const { messages } = (await api.get(`/chats/${id}/messages`)).body;
  const [reply, first] = messages;
  expect(reply.reply_to).toEqual({ message_id: first.id, part_index: 0 });
  const thread = (await api.get(`/messages/${first.id}/thread`)).body.messages;
  expect(thread.map((one: { id: string }) => one.id)).toEqual([first.id, reply.id]);
});

test("a thread stays whole when a reply in its middle is deleted, in a world that is loaded again, too", async () => {
  const api = freshApi();
  const { id, message: root } = await sent(api);
  const reply = async (value: string, to: string): Promise<string> => {
    const answer = await api.post(`/chats/${id}/messages`, { message: text(value, { reply_to: { message_id: to } }) });
    return answer.body.message.id;
  };
  const a = await reply("A", root.id);
  const b = await reply("B", a);
  const c = await reply("C", root.id);
  const d = await reply("D", b);
  const page = async (of: string, query = "") => {
    const { messages, next_cursor } = (await api.get(`/messages/${of}/thread?${query}`)).body;
    return { ids: messages.map((one: { id: string }) => one.id), next: next_cursor };
  };
  const { next } = await page(root.id, "limit=2");
  await api.delete(`/messages/${a}`);
  expect((await page(root.id, `limit=2&cursor=${next}`)).ids).toEqual([b, c]);
  for (const one of [root.id, b, d]) expect((await page(one)).ids).toEqual([root.id, b, c, d]);
  expect((await api.get(`/messages/${b}`)).body.reply_to.message_id).toBe(a);
  const state = (await api.get("//__mock/state")).body;
  await api.put("//__mock/fixtures", state);
  expect((await page(d)).ids).toEqual([root.id, b, c, d]);
  await api.delete(`/messages/${root.id}`);
  await api.delete(`/messages/${b}`);
  expect([(await page(c)).ids, (await page(d)).ids]).toEqual([
    [c, d],
    [c, d],
  ]);
});

test.each(["asc", "desc"])(
  "a thread is read on (%s) from where the page before ended, whatever came and went",
  async (order) => {
    const api = freshApi();
    const { id, message } = await sent(api);
    const reply = async (value: string): Promise<string> =>
      (await api.post(`/chats/${id}/messages`, { message: text(value, { reply_to: { message_id: message.id } }) })).body.message
        .id;
    const all = [message.id];
    for (const value of ["1", "2", "3", "4"]) all.push(await reply(value));
    const page = async (cursor?: string) => {
      const { body } = await api.get(
        `/messages/${message.id}/thread?limit=2&order=${order}${cursor ? `&cursor=${cursor}` : ""}`,
      );
      return { ids: body.messages.map((one: { id: string }) => one.id), next: body.next_cursor };
    };
    if (order === "desc") all.reverse();
    const first = await page();
    expect(first.ids).toEqual(all.slice(0, 2));
    await reply("5");
    await api.delete(`/messages/${all[1]}`);
    expect((await page(first.next)).ids).toEqual(all.slice(2, 4));
  },
);

test("a message leaves with the answer, and is delivered 500 ms later (A-v3-delays)", async () => {
  const api = freshApi();
  const { message } = await sent(api);
  const read = async () => (await api.get(`/messages/${message.id}`)).body;
  expect(message).toMatchObject({ delivery_status: "pending", sent_at: null });
  expect(await read()).toMatchObject({ delivery_status: "sent", sent_at: "2026-01-05T12:00:00.000Z", delivered_at: null });
  await api.advance(499);
  expect((await read()).delivery_status).toBe("sent");
  await api.advance(1);
  expect(await read()).toMatchObject({ delivery_status: "delivered", delivered_at: "2026-01-05T12:00:00.500Z" });
});

test("V2 shows reactions to several parts, and an edit that makes one text of them keeps the newer (A-reaction-one)", async () => {
  const api = freshApi();
  const parts = [
    { type: "text", value: "One" },
    { type: "media", url: "https://example.com/a.png" },
    { type: "text", value: "Two" },
  ];
  const { message } = await sent(api, { parts });
  const v2 = { "X-LINQ-INTEGRATION-TOKEN": "test" };
  const shown = async (): Promise<string[]> => {
    const { data } = (await api.get("//api/partner/v2/chats/1/chat_messages/2", v2)).body;
    return data.reactions.map(({ reaction }: { reaction: string }) => reaction);
  };
  for (const [part_index, type] of [
    [0, "love"],
    [2, "laugh"],
  ])
    await api.post(`/messages/${message.id}/reactions`, { operation: "add", type, part_index });
  expect(await shown()).toEqual(["love", "laugh"]);
  await api.post("//api/partner/v2/chats/1/chat_messages/2/edit", { text: "Both" }, v2);
  expect(await shown()).toEqual(["laugh"]);
});

test("decorations, effects and several parts come back as they were sent, and V2 shows their text", async () => {
  const api = freshApi();
  const parts = [
    { type: "text", value: "Bold", text_decorations: [{ range: [0, 4], style: "bold" }] },
    { type: "media", url: "https://example.com/a.png" },
    { type: "text", value: "After" },
  ];
  const { id, message } = await sent(api, { parts, effect: { type: "screen", name: "confetti" } });
  const read = (await api.get(`/messages/${message.id}`)).body;
  expect(read.effect).toEqual({ type: "screen", name: "confetti" });
  expect(read.parts).toMatchObject([
    parts[0],
    { type: "media", filename: "a.png", url: "https://example.com/a.png" },
    parts[2],
  ]);
  const v2 = await api.get("//api/partner/v2/chats/1/chat_messages", { "X-LINQ-INTEGRATION-TOKEN": "test" });
  expect(v2.body.data.at(-1)).toMatchObject({ text: "Bold\nAfter", attachments: [{ filename: "a.png" }] });
  expect(id).toBeDefined();
});

test.each<[string, object, number]>([
  [
    "a range beyond the text",
    text("Hi", { parts: [{ type: "text", value: "Hi", text_decorations: [{ range: [0, 3], style: "bold" }] }] }),
    1005,
  ],
  ["a decoration without a style", { parts: [{ type: "text", value: "Hi", text_decorations: [{ range: [0, 1] }] }] }, 1005],
  ["an unknown effect", text("Hi", { effect: { type: "screen", name: "rain" } }), 1005],
  [
    "a link among texts",
    {
      parts: [
        { type: "text", value: "Hi" },
        { type: "link", value: "https://example.com" },
      ],
    },
    1004,
  ],
  ["41 media by URL", { parts: Array.from({ length: 41 }, () => ({ type: "media", url: "https://example.com/a.png" })) }, 1004],
  ["101 parts", { parts: Array.from({ length: 101 }, () => ({ type: "media", url: "https://example.com/a.png" })) }, 1004],
  ["a value of another type (A-v3-code-choice)", { parts: [{ type: "text", value: 5 }] }, 1003],
  ["a part that is a text", { parts: ["Hi"] }, 1003],
  ["a type that is a number", { parts: [{ type: 5, value: "Hi" }] }, 1003],
  ["a part without a type", { parts: [{ value: "Hi" }] }, 1001],
  ["a part without a value", { parts: [{ type: "text" }] }, 1001],
  ["a part of an unknown type", { parts: [{ type: "poem", value: "Hi" }] }, 1005],
  ["an unknown style", { parts: [{ type: "text", value: "Hi", text_decorations: [{ range: [0, 1], style: "wavy" }] }] }, 1005],
  ["an attachment_id that is no UUID", { parts: [{ type: "media", attachment_id: "7" }] }, 1005],
  ["media over http", { parts: [{ type: "media", url: "http://example.com/a.png" }] }, 1005],
  ["a text of 10,001 characters", text("a".repeat(10_001)), 1004],
  ["a key of 256 characters", text("Hi", { idempotency_key: "k".repeat(256) }), 1005],
  ["a card of an app without a name", card({ app: { team_id: "ABCDE12345", bundle_id: "com.example.card" } }), 1008],
  ["a card of an app without a team", card({ app: { name: "Card", bundle_id: "com.example.card" } }), 1008],
  ["a card without a layout", card({ layout: undefined }), 1008],
  ["a card with a URL of 2,049 characters", card({ url: `https://example.com/${"a".repeat(2029)}` }), 1008],
  ["a card with a data: URL of 16,385 characters", card({ url: `data:,${"a".repeat(16_379)}` }), 1008],
  ["a card with a URL of http", card({ url: "http://example.com/card" }), 1008],
  ["a card with a URL of ftp", card({ url: "ftp://example.com/card" }), 1008],
  ["parts and an experience", text("Hi", { experience: { name: "card", action: "show" } }), 1004],
  ["an experience that is not listed (A-v3-experience)", { experience: { name: "zebra", action: "show" } }, 1005],
  ["an experience without its title (A-v3-experience)", { experience: { name: "card", action: "show", params: {} } }, 1001],
  ["parts that are no list", { parts: "Hi" }, 1003],
  ["media with both url and id", { parts: [{ type: "media", url: "https://example.com/a.png", attachment_id: NOBODY }] }, 1005],
  ["media with neither url nor id", { parts: [{ type: "media" }] }, 1005],
  ["media of a URL that is none", { parts: [{ type: "media", url: "nonsense" }] }, 1005],
  [
    "media of a type that V3 does not send (A-v3-linked-file)",
    { parts: [{ type: "media", url: "https://example.com/a.exe" }] },
    1005,
  ],
  ["a link that is none", { parts: [{ type: "link", value: "nonsense" }] }, 1004],
  [
    "a range of one number",
    { parts: [{ type: "text", value: "Hi", text_decorations: [{ range: [0], style: "bold" }] }] },
    1005,
  ],
  [
    "a card of an app with a blank name",
    card({ app: { name: " ", team_id: "ABCDE12345", bundle_id: "com.example.card" } }),
    1008,
  ],
  ["a card of an app without a bundle", card({ app: { name: "Card", team_id: "ABCDE12345", bundle_id: "" } }), 1008],
  ["a card with an empty caption alone", card({}, { caption: "" }), 1008],
  ["a card with a URL that is none", card({ url: "nonsense" }), 1008],
  ["an action of no experience (A-v3-experience)", { experience: { name: "card", action: "hide" } }, 1005],
  [
    "a param that is too long (A-v3-experience)",
    { experience: { name: "card", action: "show", params: { title: "a".repeat(41) } } },
    1005,
  ],
  ["an effect without type and name (A-v3-effect-name)", text("Hi", { effect: {} }), 1005],
  ["a mention in a direct chat", { parts: [{ type: "text", value: "Hi", mention: ANN }] }, 2023],
  ["a reply to nothing", text("Hi", { reply_to: { message_id: "550e8400-e29b-41d4-a716-446655440000" } }), 2002],
])("%s is refused, and nothing is sent", async (_, message, code) => {
  const api = freshApi();
  const chat = await sent(api);
  const answer = await api.post(`/chats/${chat.id}/messages`, { message });
  expect(answer.body.error.code).toBe(code);
  expect((await api.get(`/chats/${chat.id}/messages`)).body.messages).toHaveLength(2);
});

test.each<[string, object, object]>([
  [
    "a mention_range without a mention (A-v3-mention-range)",
    { parts: [{ type: "text", value: "Hi", mention_range: [0, 2] }] },
    { type: "text", value: "Hi", mention: null, mention_range: null },
  ],
  ["a card without a URL (A-v3-card-without-url)", card({ url: undefined }), { url: "data:,", fallback_text: null }],
  ["a card with a data: URL", card({ url: "data:,card" }), { url: "data:,card" }],
  ["a card with a picture, where the other side has written", card({}, { image_url: "https://example.com/a.png" }), {}],
  [
    "an experience (A-v3-experience)",
    { experience: { name: "card", action: "show", params: { title: "Today" } } },
    { type: "imessage_app", layout: { caption: "Today" }, url: "data:," },
  ],
  [
    "media of a type with another name",
    { parts: [{ type: "media", url: "https://example.com/a.wav" }] },
    { filename: "a.wav" },
  ],
])("%s is sent", async (_, message, part) => {
  const api = freshApi();
  const chat = await sent(api);
  const answer = await api.post(`/chats/${chat.id}/messages`, { message });
  expect([answer.status, answer.body.message?.parts[0]]).toEqual([202, expect.objectContaining(part)]);
  expect(answer.body.message.parts[0].url).not.toBe("");
});

test("a part that is no text is not edited: 409; one that is not there is a bad value", async () => {
  const api = freshApi();
  const media = { type: "media", url: "https://example.com/a.png" };
  const { message } = await sent(api, { parts: [media, { type: "text", value: "This one" }] });
  const edit = async (part_index: number) => {
    const { status, body } = await api.patch(`/messages/${message.id}`, { text: "Ho", part_index });
    return [status, body.error?.code];
  };
  expect([await edit(0), await edit(1), await edit(2), await edit(-1)]).toEqual([
    [409, 2015],
    [200, undefined],
    [400, 1005],
    [400, 1005],
  ]);
  const link = await api.post(`/chats/${(await sent(api)).id}/messages`, {
    message: { parts: [{ type: "link", value: "https://example.com" }] },
  });
  const refused = await api.patch(`/messages/${link.body.message.id}`, { text: "Ho" });
  expect([refused.status, refused.body.error.code]).toEqual([409, 2015]);
});

test("what gives no receipts is never read, and what is read says when", async () => {
  const api = apiClient({ clock: "2026-01-05T12:00:00Z" }, "v3");
  const { chats } = (await api.get("/chats?limit=100")).body;
  const seen = new Map<string, number>();
  const look = async () => {
    for (const { id } of chats) {
      for (const one of (await api.get(`/chats/${id}/messages?limit=100`)).body.messages) {
        if (!one.is_from_me) continue;
        seen.set(one.delivery_status, (seen.get(one.delivery_status) ?? 0) + 1);
        expect([one.id, one.is_read, one.read_at !== null]).toEqual([
          one.id,
          one.delivery_status === "read",
          one.delivery_status === "read",
        ]);
      }
    }
  };
  await look();
  for (const { id } of chats) await api.post("//__mock/simulate/read", { chat: id });
  await look();
  expect([...seen.keys()]).toEqual(expect.arrayContaining(["sent", "read"]));
});
