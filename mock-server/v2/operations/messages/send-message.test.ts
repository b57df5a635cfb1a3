import { type ApiClient, apiClient } from "../../../testing/api-client";
import { ANN, LINE, smallWorld } from "../../../testing/worlds";

// Asserted here, too: A-create-status, A-body-wrapped, A-error-wording, A-form-urlencoded.

const NOW = "2025-07-01T12:00:00.000-05:00";
const PATH = "/chats/1/chat_messages";
const URLENCODED = { "Content-Type": "application/x-www-form-urlencoded" };

function freshApi() {
  return apiClient({ fixtures: smallWorld, clock: NOW });
}

function form(entries: readonly (readonly [string, string | File])[]): FormData {
  const made = new FormData();
  for (const [name, value] of entries) made.append(name, value);
  return made;
}

async function messageCount(api: ApiClient): Promise<number> {
  return (await api.get("/chats/1")).body.data.message_count;
}

test("a message is sent from the line, pending at first", async () => {
  const { status, body, assumptions, hint } = await freshApi().post(PATH, { message: { text: "On my way" } });
  expect(status).toBe(201);
  expect(body).toEqual({
    data: {
      id: 2,
      text: "On my way",
      sent_at: NOW,
      delivered_at: null,
      delivery_status: "pending",
      edited_at: null,
      is_read: false,
      sent_from: LINE,
      chat_handle_id: 2,
      attachments: [],
      reactions: [],
    },
  });
  expect(assumptions).toEqual(["A-delivery"]);
  expect(hint).toBeUndefined();
});

test("what was sent is in the chat (A-message-order)", async () => {
  const api = freshApi();
  const { body: sent } = await api.post(PATH, { message: { text: "Hi" } });
  expect((await api.get(`${PATH}/2`)).body).toEqual(sent);
  expect((await api.get(PATH)).body.data[1]).toEqual(sent.data);
  expect(await messageCount(api)).toBe(2);
});

test("a pending message is delivered after 500 ms", async () => {
  const api = freshApi();
  await api.post(PATH, { message: { text: "Hi" } });
  await api.advance(499);
  expect((await api.get(`${PATH}/2`)).body.data).toMatchObject({ delivery_status: "pending", delivered_at: null });
  await api.advance(1);
  expect((await api.get(`${PATH}/2`)).body.data).toMatchObject({
    delivery_status: "delivered",
    sent_at: NOW,
    delivered_at: "2025-07-01T12:00:00.500-05:00",
  });
});

test("sending ends the line's typing in this chat, and no other", async () => {
  const api = freshApi();
  await api.post("/chats/1/start_typing");
  await api.post("/chats/2/start_typing");
  await api.post(PATH, { message: { text: "Hi" } });
  const { chats } = (await api.get("//__mock/state")).body;
  expect(chats[0].typing).toEqual([]);
  expect(chats[1].typing).toHaveLength(1);
});

test("a form that is urlencoded is read like JSON", async () => {
  const body =
    "message%5Btext%5D=A+%26+B&message[idempotency_key]=k-1&message[attachment_urls][]=https://files.example.com/a.png";
  const api = freshApi();
  const { status, body: sent } = await api.send("POST", PATH, { body, headers: URLENCODED });
  expect(status).toBe(201);
  expect(sent.data).toMatchObject({ text: "A & B", attachments: [{ filename: "a.png", file_size: 0 }] });
  expect((await api.post(PATH, { message: { text: "A & B", idempotency_key: "k-1" } })).body).toEqual(sent);
});

test("a multipart form without files is read like JSON", async () => {
  const api = freshApi();
  const fields = [
    ["message[text]", "Grüße 🙂"],
    ["message[idempotency_key]", "k-1"],
    ["message[attachment_urls][]", "https://files.example.com/a.png"],
    ["message[attachment_urls][]", "https://files.example.com/b.pdf"],
  ] as const;
  const { status, body } = await api.postForm(PATH, form(fields));
  expect(status).toBe(201);
  expect(body.data).toMatchObject({ text: "Grüße 🙂", attachments: [{ filename: "a.png" }, { filename: "b.pdf" }] });
  expect((await api.postForm(PATH, form(fields))).status).toBe(200);
});

test("files that are uploaded are served again at the URLs of their attachments", async () => {
  const api = freshApi();
  const bytes = Buffer.from([0x89, 0x50, 0, 0xff, 0x0d, 0x0a]);
  const { status, body, assumptions } = await api.postForm(
    PATH,
    form([
      ["message[text]", "Two files"],
      ["message[attachments][]", new File([bytes], "plan b.png", { type: "image/png" })],
      ["message[attachments][]", new File(["total: 5"], "Übersicht.txt", { type: "text/plain" })],
    ]),
  );
  expect(status).toBe(201);
  expect(assumptions).toEqual(["A-delivery", "A-attachment-limit"]);
  expect(body.data.attachments).toMatchObject([
    { filename: "plan b.png", mime_type: "image/png", file_size: 6 },
    { filename: "Übersicht.txt", mime_type: "text/plain", file_size: 8 },
  ]);
  const [image, text] = body.data.attachments;
  expect(await api.download(image.url)).toEqual({ status: 200, type: "image/png", bytes });
  expect(await api.download(text.url)).toEqual({ status: 200, type: "text/plain", bytes: Buffer.from("total: 5") });
});

test("a sandbox's upload is served in that sandbox alone", async () => {
  const api = freshApi();
  const upload = form([
    ["message[text]", "For you"],
    ["message[attachments][]", new File(["secret"], "a.txt")],
  ]);
  const { body } = await api.postForm(PATH, upload, { "X-LINQ-INTEGRATION-TOKEN": "sandbox-one" });
  const { url } = body.data.attachments[0];
  expect(new URL(url).pathname).toMatch(/^\/s\/one\/attachments\/[\da-f-]{36}\/a\.txt$/);
  expect(await api.download(url)).toMatchObject({ status: 200, bytes: Buffer.from("secret") });
  expect((await api.download(url.replace("/s/one/", "/"))).status).toBe(404);
});

test("a file needs no text", async () => {
  const upload = form([
    ["message[text]", ""],
    ["message[attachments][]", new File(["x"], "a.txt")],
  ]);
  const { status, body, assumptions } = await freshApi().postForm(PATH, upload);
  expect(status).toBe(201);
  expect(body.data.text).toBe("");
  expect(assumptions).toContain("A-text-blank");
});

test("a linked file is listed by its URL", async () => {
  const { body, assumptions } = await freshApi().post(PATH, {
    message: { text: "", attachment_urls: ["https://files.example.com/plan%20b.pdf?v=2"] },
  });
  expect(body.data.attachments).toEqual([
    {
      id: expect.any(String),
      url: "https://files.example.com/plan%20b.pdf?v=2",
      filename: "plan b.pdf",
      mime_type: "application/pdf",
      file_size: 0,
    },
  ]);
  expect(assumptions).toEqual(["A-delivery", "A-attachment-limit", "A-linked-file-size", "A-text-blank"]);
});

test("attachment_urls that are null are none (A-create-status)", async () => {
  const { status, body, assumptions } = await freshApi().post(PATH, { message: { text: "Hi", attachment_urls: null } });
  expect([status, body.data.attachments, assumptions]).toEqual([201, [], ["A-delivery", "A-create-status"]]);
});

test("an idempotency key sends once", async () => {
  const api = freshApi();
  const message = { text: "Hi", idempotency_key: "order-1" };
  const first = await api.post(PATH, { message });
  const second = await api.post(PATH, { message });
  expect([first.status, second.status]).toEqual([201, 200]);
  expect(second.body).toEqual(first.body);
  expect(second.hint).toBeUndefined();
  expect(await messageCount(api)).toBe(2);
});

test("a key that is used with another text gives the earlier message and a hint, which an edit does not change", async () => {
  const api = freshApi();
  await api.post(PATH, { message: { text: "Hi", idempotency_key: "order-1" } });
  const other = await api.post(PATH, { message: { text: "Other", idempotency_key: "order-1" } });
  expect(other.hint).toBe("The idempotency key was used for message 2, which had another text; nothing was sent.");
  await api.post(`${PATH}/2/edit`, { text: "Hi!" });
  const again = await api.post(PATH, { message: { text: "Hi", idempotency_key: "order-1" } });
  expect([again.body.data.text, again.hint]).toEqual(["Hi!", undefined]);
  expect((await api.post(PATH, { message: { text: "Hi!", idempotency_key: "order-1" } })).hint).toBe(other.hint);
});

test("a key that is used in another chat gives the earlier message and a hint", async () => {
  const api = freshApi();
  const { body: first } = await api.post(PATH, { message: { text: "Hi", idempotency_key: "order-1" } });
  const again = await api.post("/chats/2/chat_messages", { message: { text: "Hi", idempotency_key: "order-1" } });
  expect(again).toMatchObject({ status: 200, body: first });
  expect(again.assumptions).toContain("A-idempotency-scope");
  expect(again.hint).toBe("The idempotency key was used for message 2, in chat 1; nothing was sent to anybody else.");
  expect((await api.get("/chats/2")).body.data.message_count).toBe(0);
});

test("a key of Create Chat's is used, too", async () => {
  const api = freshApi();
  const message = { text: "Hi", idempotency_key: "order-1" };
  await api.post("/chats", { send_from: LINE, chat: { phone_numbers: [ANN] }, message });
  expect((await api.post(PATH, { message })).status).toBe(200);
});

test("a replay shows the message as it is by now", async () => {
  const api = freshApi();
  const message = { text: "Hi", idempotency_key: "order-1" };
  await api.post(PATH, { message });
  await api.advance(500);
  expect((await api.post(PATH, { message })).body.data.delivery_status).toBe("delivered");
});

test.each([
  [400, "the text in the wrong place", { text: "Hi" }, "Missing required parameter: message"],
  [400, "no text", { message: {} }, "Missing required parameter: message.text"],
  [400, "a text that is none", { message: { text: 5 } }, "message.text must be a string"],
  [422, "a blank text", { message: { text: " \n" } }, "message.text must not be blank"],
  [
    422,
    "a link that is none",
    { message: { text: "", attachment_urls: ["plan"] } },
    "message.attachment_urls[0] must be a URL",
  ],
  [
    422,
    "a link to a disk",
    { message: { text: "", attachment_urls: ["file:///a"] } },
    "message.attachment_urls[0] is not an http or https URL",
  ],
  [
    422,
    "a key with a space",
    { message: { text: "Hi", idempotency_key: "order 1" } },
    "message.idempotency_key must match ^[a-zA-Z0-9_-]+$",
  ],
])("%i refuses %s, and nothing is sent", async (status, _, body, detail) => {
  const api = freshApi();
  const answer = await api.post(PATH, body);
  expect(answer.status).toBe(status);
  expect(answer.body.errors[0]).toMatchObject({ status, detail });
  expect(await messageCount(api)).toBe(1);
});

test("a text in the wrong place gets a hint", async () => {
  expect((await freshApi().post(PATH, { text: "Hi" })).hint).toBe("text is read inside of message only.");
});

test("no message is sent into a chat that does not exist", async () => {
  const { status, body, assumptions } = await freshApi().post("/chats/99/chat_messages", { message: { text: "Hi" } });
  expect(status).toBe(404);
  expect(body.errors[0].detail).toBe("Chat not found");
  expect(assumptions).toEqual(["A-404-others"]);
});
