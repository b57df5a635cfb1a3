import { apiClient } from "../../../testing/api-client";
import { ANN, LINE, smallWorld } from "../../../testing/worlds";

// Rests on A-v3-chat-order, A-v3-linked-file, A-v3-code-choice, A-v3-delays.

async function direct() {
  const api = apiClient({ fixtures: smallWorld, clock: "2026-01-05T12:00:00Z" }, "v3");
  const { body } = await api.get(`/chats?from=${encodeURIComponent(LINE)}&to=${encodeURIComponent(ANN)}`);
  const { id } = body.chats.find(({ is_group }: { is_group: boolean }) => !is_group);
  return { api, id, path: `/chats/${id}/voicememo` };
}

type Api = Awaited<ReturnType<typeof direct>>["api"];

async function announced(api: Api, content_type: string, size: number, isUploaded = true): Promise<string> {
  const { body } = await api.post("/attachments", { filename: "memo", content_type, size_bytes: size });
  const headers = { "Content-Type": content_type };
  if (isUploaded) await api.send("PUT", `/${new URL(body.upload_url).pathname}`, { body: Buffer.alloc(size), headers });
  return body.attachment_id;
}

test("an uploaded file is sent as a voice memo, and then is a message like any other", async () => {
  const { api, id, path } = await direct();
  const attachment_id = await announced(api, "audio/x-m4a", 5);
  const { status, body } = await api.post(path, { attachment_id });
  expect(status).toBe(202);
  expect(body.voice_memo).toMatchObject({
    chat: { id, is_active: true, is_group: false, service: "iMessage" },
    from: LINE,
    to: [ANN],
    status: "queued",
    voice_memo: { id: attachment_id, mime_type: "audio/x-m4a", size_bytes: 5, duration_ms: null },
  });
  await api.advance(1000);
  expect((await api.get(`/messages/${body.voice_memo.id}`)).body).toMatchObject({
    chat_id: id,
    delivery_status: "delivered",
    parts: [{ type: "media", id: attachment_id }],
  });
});

test.each([
  ["memo.mp3", "audio/mpeg"],
  ["memo", "application/octet-stream"],
  ["mp3", "application/octet-stream"],
  ["123", "application/octet-stream"],
])("a voice memo may be a URL that ends in %s, whose type is %s (A-v3-linked-file)", async (filename, mime_type) => {
  const { api, path } = await direct();
  const voice_memo_url = `https://example.com/tts/${filename}`;
  const { body } = await api.post(path, { voice_memo_url });
  expect(body.voice_memo.voice_memo).toMatchObject({ filename, mime_type, url: voice_memo_url, size_bytes: 0 });
});

test.each<[string, (api: Api) => Promise<object> | object, number, number]>([
  ["nothing", () => ({}), 400, 1001],
  [
    "both",
    async (api) => ({ attachment_id: await announced(api, "audio/mpeg", 1), voice_memo_url: "https://a.example/a.mp3" }),
    400,
    1005,
  ],
  ["a URL of http", () => ({ voice_memo_url: "http://a.example/a.mp3" }), 400, 1005],
  ["a picture", () => ({ voice_memo_url: "https://a.example/a.png" }), 400, 5004],
  ["a midi file", async (api) => ({ attachment_id: await announced(api, "audio/midi", 1) }), 400, 5004],
  ["more than 10 MB", async (api) => ({ attachment_id: await announced(api, "audio/aac", 10_485_761) }), 413, 5001],
  ["what was not uploaded", async (api) => ({ attachment_id: await announced(api, "audio/aac", 5, false) }), 404, 2007],
  ["a file of nobody", () => ({ attachment_id: "550e8400-e29b-41d4-a716-446655440000" }), 404, 2003],
])("of %s it is refused", async (_, bodyOf, status, code) => {
  const { api, path } = await direct();
  const answer = await api.post(path, await bodyOf(api));
  expect([answer.status, answer.body.error.code]).toEqual([status, code]);
});

test("who has written STOP gets none, unless it is overridden", async () => {
  const { api, path } = await direct();
  await api.post("//__mock/simulate/message", { chat: 1, from: ANN, text: "STOP" });
  const voice_memo_url = "https://example.com/memo.mp3";
  expect((await api.post(path, { voice_memo_url })).body.error.code).toBe(2024);
  expect((await api.post(path, { voice_memo_url, override_optout: true })).status).toBe(202);
});
