import { apiClient } from "../../../testing/api-client";
import { ANN, BEN, LINE, smallWorld } from "../../../testing/worlds";

// Rests on A-v3-chat-order, A-v3-code-choice, A-v3-timestamps, A-v3-message-order, A-v3-deleted-file, A-v3-expired-url, A-v3-upload-refusals, A-v3-linked-file, A-v3-put-chat-status.

const PNG = Buffer.from("89504e470d0a1a0a", "hex");
const trail = { filename: "trail.png", content_type: "image/png", size_bytes: PNG.length };

function freshApi() {
  return apiClient({ fixtures: smallWorld, clock: "2026-01-05T12:00:00Z" }, "v3");
}

type Api = ReturnType<typeof freshApi>;

function put(api: Api, url: string, body: Buffer, headers: Record<string, string> = { "Content-Type": "image/png" }) {
  return api.send("PUT", `/${new URL(url).pathname}`, { body, headers: { Authorization: "", ...headers } });
}

async function uploaded(api: Api) {
  const { body } = await api.post("/attachments", trail);
  await put(api, body.upload_url, PNG, body.required_headers);
  return body as { attachment_id: string; download_url: string; upload_url: string };
}

function send(api: Api, attachment_id: string) {
  return api.post("/chats", { from: LINE, to: [ANN], message: { parts: [{ type: "media", attachment_id }] } });
}

test.each([
  ["wav", "audio/x-wav"],
  ["vcf", "text/vcard"],
  ["ico", "image/x-icon"],
  ["rtf", "text/rtf"],
  ["pages", "application/x-iwork-pages-sffpages"],
  ["numbers", "application/x-iwork-numbers-sffnumbers"],
  ["key", "application/x-iwork-keynote-sffkey"],
  ["xml", "text/xml"],
  ["gz", "application/x-gzip"],
  ["md", "text/markdown"],
])("a file that ends in .%s is of the type %s, as V3 names it, by whichever side (A-v3-linked-file)", async (ending, type) => {
  const api = freshApi();
  const url = `https://example.com/a.${ending}`;
  const { chat } = (await api.post("/chats", { from: LINE, to: [ANN], message: { parts: [{ type: "media", url }] } })).body;
  await api.post("//__mock/simulate/message", { chat: chat.id, from: ANN, attachments: [{ url }] });
  const { messages } = (await api.get(`/chats/${chat.id}/messages?limit=2`)).body;
  for (const { parts } of messages) {
    expect(parts[0].mime_type).toBe(type);
    expect((await api.get(`/attachments/${parts[0].id}`)).body.content_type).toBe(type);
  }
});

test("a file is announced, uploaded without a token, and had at its URL; any number of messages have it", async () => {
  const api = freshApi();
  const announced = await api.post("/attachments", trail);
  expect(announced.status).toBe(200);
  expect(announced.body).toMatchObject({
    http_method: "PUT",
    expires_at: "2026-01-05T12:15:00.000Z",
    required_headers: { "Content-Type": "image/png", "Content-Length": "8" },
  });
  const { attachment_id: id, upload_url, download_url, required_headers } = announced.body;
  expect(await api.download(download_url)).toMatchObject({ status: 404 });
  expect((await api.get(`/attachments/${id}`)).body).toMatchObject({ id, status: "pending", size_bytes: 8 });
  const early = await send(api, id);
  expect([early.status, early.body.error.code]).toEqual([404, 2007]);

  expect((await put(api, upload_url, PNG, required_headers)).status).toBe(200);
  expect(await api.download(download_url)).toEqual({ status: 200, type: "image/png", bytes: PNG });
  expect((await api.get(`/attachments/${id.toUpperCase()}`)).body).toEqual({
    id,
    content_type: "image/png",
    created_at: "2026-01-05T12:00:00.000Z",
    filename: "trail.png",
    size_bytes: 8,
    status: "complete",
    download_url,
  });
  const [first, second] = [await send(api, id), await send(api, id)];
  expect(first.body.chat.message.parts).toEqual([
    {
      type: "media",
      id,
      filename: "trail.png",
      mime_type: "image/png",
      size_bytes: 8,
      url: `${download_url}?expires=1767618000000`,
      reactions: [],
    },
  ]);
  await api.delete(`/messages/${first.body.chat.message.id}`);
  expect(await api.download(second.body.chat.message.parts[0].url)).toMatchObject({ status: 200 });
  await api.delete(`/messages/${second.body.chat.message.id}`);
  expect(await api.download(download_url)).toMatchObject({ status: 200 });
});

test.each<[string, object, number]>([
  ["no size", { filename: "a.png", content_type: "image/png" }, 1001],
  ["a size of more than 100 MB", { ...trail, size_bytes: 104_857_601 }, 5005],
  ["no bytes", { ...trail, size_bytes: 0 }, 1005],
  ["a type that is not supported", { ...trail, content_type: "application/x-msdownload" }, 5004],
  ["a blank name", { ...trail, filename: " " }, 1005],
])("%s is announced in vain", async (_, body, code) => {
  const answer = await freshApi().post("/attachments", body);
  expect([answer.status, answer.body.error.code]).toEqual([400, code]);
});

// The answers of the upload URL are the mock's own: the vendor's is of a store of files.
test.each<[string, (api: Api, url: string) => Promise<{ status: number; body: { error: { code: string } } }>, number, string]>([
  ["of more bytes", (api, url) => put(api, url, Buffer.alloc(9)), 400, "size"],
  ["of fewer bytes", (api, url) => put(api, url, Buffer.alloc(7)), 400, "size"],
  ["of another type", (api, url) => put(api, url, PNG, { "Content-Type": "image/jpeg" }), 415, "content_type"],
  ["by another method", (api, url) => api.send("POST", `/${new URL(url).pathname}`, { body: PNG }), 405, "method"],
  ["to a URL of nothing", (api, url) => put(api, url.replace(/.{12}$/, "000000000000"), PNG), 404, "file_unknown"],
  ["of another sandbox", (api, url) => put(api, url.replace("/attachments", "/s/other/attachments"), PNG), 404, "file_unknown"],
  [
    "after 15 minutes",
    async (api, url) => {
      await api.advance(15 * 60_000 + 1);
      return put(api, url, PNG);
    },
    403,
    "expired",
  ],
])("an upload %s is refused, and another may follow", async (_, upload, status, code) => {
  const api = freshApi();
  const { body } = await api.post("/attachments", trail);
  const answer = await upload(api, body.upload_url);
  expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  expect(await api.download(body.download_url)).toMatchObject({ status: 404 });
  if (code !== "expired") expect((await put(api, body.upload_url, PNG)).status).toBe(200);
});

test("a file is uploaded once, and not when there is no room for it", async () => {
  const api = freshApi();
  const { upload_url } = await uploaded(api);
  expect((await put(api, upload_url, PNG)).status).toBe(409);
  const small = apiClient({ fixtures: smallWorld, maxMemory: 1 }, "v3");
  const { body } = await small.post("/attachments", { ...trail, size_bytes: 2_000_000 });
  const refused = await put(small, body.upload_url, Buffer.alloc(2_000_000));
  expect([refused.status, refused.body.error.code]).toEqual([413, "no_room"]);
});

test("the URL of a part holds for an hour, that of V2 and the inbox for good", async () => {
  const api = freshApi();
  const { body } = await send(api, (await uploaded(api)).attachment_id);
  const { id, parts } = body.chat.message;
  await api.advance(3_599_999);
  expect(await api.download(parts[0].url)).toMatchObject({ status: 200 });
  await api.advance(1);
  expect(await api.download(parts[0].url)).toMatchObject({ status: 403 });
  const anew = (await api.get(`/messages/${id}`)).body.parts[0].url;
  expect(await api.download(anew)).toMatchObject({ status: 200 });
  const { chats } = (await api.get("//__mock/chats")).body;
  const lists = await Promise.all(chats.map((chat: { id: number }) => api.get(`//__mock/chats/${chat.id}/messages`)));
  const [file] = lists.flatMap((list) => list.body.messages).flatMap(({ attachments }) => attachments);
  expect(file.url).not.toContain("expires");
  expect(await api.download(file.url)).toMatchObject({ status: 200 });
});

test("a file that is deleted is gone for good; messages keep what is known of it", async () => {
  const api = freshApi();
  const { attachment_id: id, download_url } = await uploaded(api);
  const { body } = await send(api, id);
  expect((await api.delete(`/attachments/${id}`)).status).toBe(204);
  expect(await api.download(download_url)).toMatchObject({ status: 404 });
  const message = await api.get(`/messages/${body.chat.message.id}`);
  expect(message.body.parts).toMatchObject([
    { type: "media", id, filename: "trail.png", url: expect.stringContaining(download_url) },
  ]);
  for (const answer of [await api.get(`/attachments/${id}`), await api.delete(`/attachments/${id}`), await send(api, id)]) {
    expect([answer.status, answer.body.error.code]).toEqual([404, 2003]);
  }
});

test("what a message has is known by its id, too, and can be sent on or deleted", async () => {
  const api = freshApi();
  const received = await api.post("//__mock/simulate/message", {
    chat: 1,
    attachments: [{ filename: "a.txt", content_base64: "SGk=" }],
  });
  const chats = await api.get(`/chats?to=${encodeURIComponent(ANN)}`);
  const direct = chats.body.chats.find(({ is_group }: { is_group: boolean }) => !is_group);
  const { body } = await api.get(`/chats/${direct.id}/messages`);
  const [part] = body.messages[0].parts;
  expect((await api.get(`/attachments/${part.id}`)).body).toMatchObject({ content_type: "text/plain", status: "complete" });
  const sent = await send(api, part.id);
  expect(sent.body.chat.message.parts[0].id).toBe(part.id);
  expect((await api.delete(`/attachments/${part.id}`)).status).toBe(204);
  expect(await api.download(part.url)).toMatchObject({ status: 404 });
  expect(received.status).toBe(201);
});

test("a file of a type that only V2 takes is none of V3's", async () => {
  const api = freshApi();
  const attachments = [{ filename: "a.exe", content_base64: "SGk=", mime_type: "application/x-msdownload" }];
  const { body } = await api.post("//__mock/simulate/message", { chat: 1, attachments });
  const answer = await api.get(`/attachments/${body.message.attachments[0].id}`);
  expect([answer.status, answer.body.error.code, answer.hint]).toEqual([404, 2003, expect.stringContaining("x-msdownload")]);
});

test("no UUID is 400, and one of nothing is 404", async () => {
  const api = freshApi();
  const unreadable = await api.get("/attachments/7");
  expect([unreadable.status, unreadable.body.error.message]).toEqual([
    400,
    "invalid attachmentId format: must be a valid UUID",
  ]);
  expect((await api.get("/attachments/550e8400-e29b-41d4-a716-446655440000")).status).toBe(404);
});

test("a file's own URL stands for the file wherever the vendor takes an https URL (A-v3-linked-file)", async () => {
  const api = freshApi();
  const { attachment_id: id, download_url: url } = await uploaded(api);
  const sent = await api.post("/messages", { to: [ANN], message: { parts: [{ type: "media", url }] } });
  const { chat_id, message } = sent.body;
  expect(message.parts).toMatchObject([{ type: "media", id, mime_type: "image/png", size_bytes: PNG.length }]);
  const presigned = { type: "media", url: message.parts[0].url };
  const again = await api.post(`/chats/${chat_id}/messages`, { message: { parts: [presigned] } });
  expect(again.body.message.parts).toMatchObject([{ id, size_bytes: PNG.length }]);
  const memo = await api.post(`/chats/${chat_id}/voicememo`, { voice_memo_url: url });
  expect([memo.status, memo.body.error.code]).toEqual([400, 5004]);
  const group = (await api.post("/chats", { from: LINE, to: [ANN, BEN], message: { parts: [{ type: "text", value: "Hi" }] } }))
    .body.chat;
  expect((await api.put(`/chats/${group.id}`, { group_chat_icon: url })).status).toBe(200);
  expect((await api.get(`/chats/${group.id}`)).body.group_chat_icon).toBe(url);

  const elsewhere = `http://files.example.com:9/attachments/${id}/trail.png`;
  const refused = await api.post("/messages", { to: [ANN], message: { parts: [{ type: "media", url: elsewhere }] } });
  const noIcon = await api.put(`/chats/${group.id}`, { group_chat_icon: elsewhere });
  expect([refused.body.error.code, noIcon.body.error.code]).toEqual([1005, 1005]);
  await api.send("DELETE", `/attachments/${id}`);
  const gone = await api.post("/messages", { to: [ANN], message: { parts: [{ type: "media", url }] } });
  const goneIcon = await api.put(`/chats/${group.id}`, { group_chat_icon: url });
  expect([gone.body.error.code, goneIcon.body.error.code]).toEqual([2003, 5007]);
});
