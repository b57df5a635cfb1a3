import { findChatPath } from "../../contracts/operations";
import { apiClient } from "../testing/api-client";
import { ANN, BEN, CAY, DEE, LINE, OTHER_LINE, STRANGER, smallWorld } from "../testing/worlds";

// Asserted here, too: A-delivery.

const NOW = "2025-07-01T12:00:00.000-05:00";
const MESSAGE = "//__mock/simulate/message";

function freshApi() {
  return apiClient({ fixtures: smallWorld, clock: NOW });
}

test("somebody writes into a chat: the message is there at once, delivered and unread", async () => {
  const api = freshApi();
  const { status, body } = await api.post(MESSAGE, { chat: 1, from: ANN, text: "Are you there?" });
  expect(status).toBe(201);
  expect(body.message).toEqual({
    id: 2,
    v3_id: expect.any(String),
    text: "Are you there?",
    sent_at: NOW,
    delivered_at: NOW,
    delivery_status: "delivered",
    edited_at: null,
    is_read: false,
    sent_from: ANN,
    chat_handle_id: 1,
    attachments: [],
    reactions: [],
  });
  const [{ v3_id: _, ...message }, { v3_id: __, ...chat }] = [body.message, body.chat];
  expect((await api.get("/chats/1/chat_messages/2")).body).toEqual({ data: message });
  expect((await api.get("/chats/1")).body).toEqual({ data: chat });
  expect(body.chat.message_count).toBe(2);
});

test("in a one-to-one chat it can only be the other one", async () => {
  expect((await freshApi().post(MESSAGE, { chat: 4, text: "Hi" })).body.message.sent_from).toBe(DEE);
});

test("in a group whoever is named writes, in any format of the number", async () => {
  const { body } = await freshApi().post(MESSAGE, { chat: 3, from: "2055550102", text: "Hi" });
  expect(body.message).toMatchObject({ sent_from: BEN, chat_handle_id: 7 });
});

test.each([
  ["Ann Archer", 1, ANN],
  ["ann", 3, ANN],
  [" Dee ", 4, DEE],
])("a contact is known by name: %j in chat %i", async (from, chat, identifier) => {
  expect((await freshApi().post(MESSAGE, { chat, from, text: "Hi" })).body.message.sent_from).toBe(identifier);
});

test("a contact is known by name to a line, too, unless several have it", async () => {
  const namesake = { first_name: "Ann", last_name: "Bell", phone_number: STRANGER };
  const api = apiClient({ fixtures: { ...smallWorld, contacts: [...(smallWorld.contacts ?? []), namesake] }, clock: NOW });
  const say = (from: string) => api.post(MESSAGE, { line: OTHER_LINE, from, participants: ["Dee"], text: "Hi" });
  expect((await say("ann  bell")).body.message.sent_from).toBe(STRANGER);
  expect((await say("Ann")).body.error).toEqual({
    code: "invalid",
    message: "from can be several people",
    pointer: "/from",
    hint: `Ann is ${ANN}, ${STRANGER}.`,
  });
  expect((await api.post(MESSAGE, { chat: 1, from: "Ann", text: "Hi" })).status).toBe(201); // one of them is in it
});

test("an e-mail address is found whatever its case", async () => {
  expect((await freshApi().post(MESSAGE, { chat: 4, from: "DEE@example.com", text: "Hi" })).status).toBe(201);
});

test("who writes to a line writes into the chat that they have with it", async () => {
  const { body } = await freshApi().post(MESSAGE, { line: OTHER_LINE, from: ANN, text: "Hi" });
  expect([body.chat.id, body.message.sent_from]).toEqual([5, ANN]);
});

test("who has no chat with a line opens one (A-find-match)", async () => {
  const api = freshApi();
  const { body } = await api.post(MESSAGE, { line: LINE, from: STRANGER, text: "Hi" });
  expect(body.chat).toMatchObject({ id: 6, display_name: "+1 (205) 555-0199", group: false, message_count: 1 });
  const { v3_id: _, ...shown } = body.chat;
  expect((await api.get(findChatPath(LINE, [STRANGER]))).body.data.chat).toEqual(shown);
});

test("who writes to a line and to others opens a group, once", async () => {
  const api = freshApi();
  const message = { line: LINE, from: STRANGER, participants: [ANN, "2055550102", LINE], text: "Hi" };
  const { body } = await api.post(MESSAGE, message);
  expect(body.chat).toMatchObject({ id: 6, group: true, service: "RCS" });
  const again = await api.post(MESSAGE, { ...message, from: BEN, participants: [STRANGER, ANN] });
  expect([again.body.chat.id, again.body.message.sent_from]).toEqual([6, BEN]);
});

test("nobody is told of the new chat but by its message: it was not created through the API", async () => {
  const api = freshApi();
  await api.post("/webhook_subscriptions", {
    webhook_subscription: {
      webhook_url: "http://127.0.0.1:1/",
      version: 2,
      events: ["chat.created", "message.received", "message.sent"],
    },
  });
  await api.post(MESSAGE, { line: LINE, from: STRANGER, text: "Hi" });
  const { body } = await api.get("//__mock/deliveries");
  expect(body.deliveries.map(({ event }: { event: string }) => event)).toEqual(["message.received"]);
});

test.each([
  ["in a chat", { chat: 1, from: "2052761148" }, 1],
  ["to somebody", { line: LINE, from: LINE, participants: [ANN] }, 1],
  ["to somebody new", { line: LINE, from: LINE, participants: [STRANGER] }, 6],
])("what a user sends from the own line without the API is sent, %s", async (_, place, chat) => {
  const api = freshApi();
  const events = ["chat.created", "message.received", "message.sent"];
  await api.post("/webhook_subscriptions", {
    webhook_subscription: { webhook_url: "http://127.0.0.1:1/", version: 2, events },
  });
  const { status, body } = await api.post(MESSAGE, { ...place, text: "From my phone" });
  expect({ status, body }).toMatchObject({
    status: 201,
    body: { chat: { id: chat }, message: { sent_from: LINE, delivery_status: "pending", delivered_at: null } },
  });
  const { deliveries } = (await api.get("//__mock/deliveries")).body;
  expect(deliveries.map(({ event }: { event: string }) => event)).toEqual(["message.sent"]);
  await api.advance(500);
  const { data } = (await api.get(`/chats/${chat}/chat_messages/${body.message.id}`)).body;
  expect(data.delivery_status).toBe("delivered");
});

test("a message ends the typing of who wrote it", async () => {
  const api = freshApi();
  await api.post("//__mock/simulate/typing", { chat: 1 });
  await api.post("//__mock/simulate/typing", { chat: 4 });
  await api.post(MESSAGE, { chat: 1, text: "Hi" });
  const { chats } = (await api.get("//__mock/state")).body;
  expect(chats[0].typing).toEqual([]);
  expect(chats[3].typing).toEqual([{ from: DEE, until: "2025-07-01T12:01:00.000-05:00" }]);
});

test("an attachment by its URL is named and typed by the URL, unless it is said otherwise", async () => {
  const url = "https://files.example/a%20b/menu.pdf?v=2";
  const { body } = await freshApi().post(MESSAGE, {
    chat: 1,
    attachments: [{ url }, { url, filename: "card.png", mime_type: "image/png" }, { url: "https://files.example/" }],
  });
  expect(body.message.text).toBe("");
  expect(body.message.attachments).toEqual([
    { id: expect.any(String), url, filename: "menu.pdf", mime_type: "application/pdf", file_size: 0 },
    { id: expect.any(String), url, filename: "card.png", mime_type: "image/png", file_size: 0 },
    {
      id: expect.any(String),
      url: "https://files.example/",
      filename: "attachment",
      mime_type: "application/octet-stream",
      file_size: 0,
    },
  ]);
});

test("an attachment by its bytes is served again, byte for byte", async () => {
  const api = freshApi();
  const bytes = Buffer.from([0xff, 0xd8, 0, 1, 2, 0x80]);
  const attachment = { filename: "a photo.jpg", content_base64: bytes.toString("base64") };
  const { body } = await api.post(MESSAGE, { chat: 1, text: "Look", attachments: [attachment] });
  const [shown] = body.message.attachments;
  expect(shown).toMatchObject({ filename: "a photo.jpg", mime_type: "image/jpeg", file_size: 6 });
  expect(await api.download(shown.url)).toEqual({ status: 200, type: "image/jpeg", bytes });
});

test("the bytes of a file are of the type that is said and, where no name tells, of none", async () => {
  const { body } = await freshApi().post(MESSAGE, {
    chat: 1,
    attachments: [
      { filename: "voice", mime_type: "audio/x-caf", content_base64: "AAAA" },
      { filename: "unknown", content_base64: "" },
    ],
  });
  expect(body.message.attachments).toMatchObject([
    { mime_type: "audio/x-caf", file_size: 3 },
    { mime_type: "application/octet-stream", file_size: 0 },
  ]);
});

test("a file in a sandbox is served below the sandbox's URL", async () => {
  const api = freshApi();
  const attachments = [{ filename: "a.txt", content_base64: "SGk=" }];
  const { body } = await api.post("//s/one/__mock/simulate/message", { chat: 1, attachments });
  const { url } = body.message.attachments[0];
  expect(new URL(url).pathname).toMatch(/^\/s\/one\//);
  expect((await api.download(url)).bytes.toString()).toBe("Hi");
  expect((await api.download(url.replace("/s/one/", "/"))).status).toBe(404);
});

const NO_IDENTIFIER = "is neither a phone number nor an e-mail address";

describe("refused", () => {
  test.each([
    [
      "a chat that is not there",
      { chat: 99, text: "Hi" },
      404,
      { code: "chat_unknown", message: "There is no chat 99", pointer: "/chat", hint: "There are 1, 2, 3, 4, 5." },
    ],
    [
      "nobody in particular of a group",
      { chat: 3, text: "Hi" },
      422,
      {
        code: "invalid",
        message: "from must be given: chat 3 is a group",
        pointer: "/from",
        hint: `In chat 3 are ${ANN}, ${BEN}, ${CAY}.`,
      },
    ],
    [
      "a stranger",
      { chat: 1, from: STRANGER, text: "Hi" },
      422,
      { code: "not_in_chat", message: `${STRANGER} is not in chat 1`, pointer: "/from", hint: `In chat 1 is ${ANN}.` },
    ],
    [
      "a reply from one's own line",
      { chat: 1, from: LINE, text: "Hi", replied_to: 1 },
      422,
      { code: "invalid", message: "replied_to goes with what is received only", pointer: "/replied_to" },
    ],
    [
      "a magic value from one's own line",
      { chat: 1, from: LINE, text: "linq-mock: refused" },
      409,
      { code: "impossible", message: "The magic value linq-mock: refused has it refused", pointer: "/text" },
    ],
    [
      "one's own line to itself",
      { line: LINE, from: LINE, text: "Hi" },
      422,
      {
        code: "own_line",
        message: `${LINE} is your own line`,
        pointer: "/from",
        hint: "What your side does goes through the API.",
      },
    ],
    [
      "a line that is not there",
      { line: STRANGER, from: ANN, text: "Hi" },
      404,
      {
        code: "line_unknown",
        message: `${STRANGER} is not one of your phone numbers`,
        pointer: "/line",
        hint: `There are ${LINE}, ${OTHER_LINE}.`,
      },
    ],
    [
      "from nobody to a line",
      { line: LINE, text: "Hi" },
      422,
      { code: "invalid", message: "from is missing", pointer: "/from" },
    ],
    [
      "to nowhere",
      { from: ANN, text: "Hi" },
      422,
      { code: "invalid", message: "chat is missing, or line and from", pointer: "" },
    ],
    [
      "to two places",
      { chat: 1, line: LINE, from: ANN, text: "Hi" },
      422,
      { code: "invalid", message: "line does not go with chat: a chat has its line", pointer: "/line" },
    ],
    [
      "others, beside those of a chat",
      { chat: 1, participants: [BEN], text: "Hi" },
      422,
      { code: "invalid", message: "participants does not go with chat: a chat has its participants", pointer: "/participants" },
    ],
    [
      "from what is no number, in a chat",
      { chat: 1, from: "Zed", text: "Hi" },
      422,
      {
        code: "invalid",
        message: `from ${NO_IDENTIFIER}`,
        pointer: "/from",
        hint: `It is a number or an e-mail address, or the name of a contact who has one. In chat 1 is ${ANN}.`,
      },
    ],
    [
      "from what is no number, to a line",
      { line: LINE, from: "Zed", text: "Hi" },
      422,
      { code: "invalid", message: `from ${NO_IDENTIFIER}`, pointer: "/from" },
    ],
    [
      "with what is no number",
      { line: LINE, from: ANN, participants: [BEN, "Cay"], text: "Hi" },
      422,
      { code: "invalid", message: `participants[1] ${NO_IDENTIFIER}`, pointer: "/participants/1" },
    ],
    [
      "nothing at all",
      { chat: 1 },
      422,
      { code: "invalid", message: "text must not be blank without an attachment", pointer: "/text" },
    ],
    [
      "blank text",
      { chat: 1, text: " \n" },
      422,
      { code: "invalid", message: "text must not be blank without an attachment", pointer: "/text" },
    ],
    [
      "a line by its id",
      { line: 1, from: ANN, text: "Hi" },
      422,
      { code: "invalid", pointer: "/line", hint: 'A line is its phone number, in quotes, such as "+12052761148".' },
    ],
    [
      "somebody by a bare number",
      { chat: 1, from: 12055550101, text: "Hi" },
      422,
      {
        code: "invalid",
        pointer: "/from",
        hint: "Somebody is a number in quotes, an e-mail address, or the name of a contact.",
      },
    ],
    [
      "a message that is wrapped",
      { message: { chat: 1, text: "Hi" } },
      422,
      {
        code: "invalid",
        message: "The request body has the unknown field message",
        hint: "The fields are not wrapped: they stand at the top level.",
      },
    ],
    ["a text under another name", { chat: 1, message: "Hi" }, 422, { code: "invalid", hint: "Did you mean text?" }],
    [
      "a misspelt field",
      { chat: 1, txt: "Hi" },
      422,
      { code: "invalid", message: "The request body has the unknown field txt", pointer: "", hint: "Did you mean text?" },
    ],
    [
      "a field of the wrong type",
      { chat: "1", text: "Hi" },
      422,
      { code: "invalid", message: "chat must be an integer", pointer: "/chat" },
    ],
    [
      "an attachment that is empty",
      { chat: 1, attachments: [{}] },
      422,
      {
        code: "invalid",
        message: "An attachment needs an id, an http or https url, or filename and content_base64",
        pointer: "/attachments/0/url",
      },
    ],
    [
      "an attachment of another protocol",
      { chat: 1, attachments: [{ url: "https://a.example/b.png" }, { url: "ftp://a.example/b.png" }] },
      422,
      {
        code: "invalid",
        message: "An attachment needs an id, an http or https url, or filename and content_base64",
        pointer: "/attachments/1/url",
      },
    ],
    [
      "an attachment that is a link and a file",
      { chat: 1, attachments: [{ url: "https://a.example/b.png", filename: "b.png", content_base64: "AAAA" }] },
      422,
      { code: "invalid", message: "url does not go with content_base64", pointer: "/attachments/0/url" },
    ],
    [
      "bytes without a name",
      { chat: 1, attachments: [{ content_base64: "SGk=" }] },
      422,
      { code: "invalid", message: "filename is missing", pointer: "/attachments/0/filename" },
    ],
    [
      "bytes that are no base64",
      { chat: 1, attachments: [{ filename: "a.txt", content_base64: "Hi!" }] },
      422,
      { code: "invalid", message: "content_base64 is not base64", pointer: "/attachments/0/content_base64" },
    ],
    [
      "bytes that are cut off",
      { chat: 1, attachments: [{ filename: "a.txt", content_base64: "SGVsb" }] },
      422,
      { code: "invalid", message: "content_base64 is not base64", pointer: "/attachments/0/content_base64" },
    ],
    [
      "too many bytes",
      { chat: 1, attachments: [{ filename: "a.bin", content_base64: "A".repeat(14_000_000) }] },
      422,
      { code: "invalid", message: "The file is over the limit of 10 MB", pointer: "/attachments/0/content_base64" },
    ],
    [
      "too many attachments",
      { chat: 1, attachments: Array.from({ length: 11 }, () => ({ url: "https://a.example/b.png" })) },
      422,
      { code: "invalid", message: "attachments must hold at most 10", pointer: "/attachments" },
    ],
  ])("%s, and nothing changes", async (_, message, status, error) => {
    const api = freshApi();
    const { body: before } = await api.get("//__mock/state");
    expect(await api.post(MESSAGE, message)).toMatchObject({ status, body: { error } });
    expect((await api.get("//__mock/state")).body).toEqual(before);
  });

  test("where there are many chats, some are named", async () => {
    const api = apiClient();
    const { body } = await api.post(MESSAGE, { chat: 9999, text: "Hi" });
    expect(body.error.hint).toMatch(/^There are \d+, \d+, \d+, \d+, \d+ and more\.$/);
  });

  test("where there are no chats, the way to one is told", async () => {
    const api = apiClient({ fixtures: { version: 1, lines: [{ phone_number: LINE }] } });
    const { body } = await api.post(MESSAGE, { chat: 1, text: "Hi" });
    expect(body.error.hint).toBe("There are no chats; write to a line with {line, from, text}.");
  });
});

test("a file whose name has half a character is taken under one that a URL can hold", async () => {
  const api = apiClient({ fixtures: smallWorld });
  const file = { filename: "a\ud800.txt", content_base64: "SGk=" };
  const { body } = await api.post("//__mock/simulate/message", { chat: 1, attachments: [file] });
  const [attachment] = body.message.attachments;
  expect(attachment.filename).toBe("a\ufffd.txt");
  expect((await api.download(attachment.url)).bytes.toString()).toBe("Hi");
});

test("a type that can stand in no header is refused", async () => {
  const api = apiClient({ fixtures: smallWorld });
  const file = { filename: "a.txt", mime_type: "text/html\r\nX: y", content_base64: "SGk=" };
  const { status, body } = await api.post("//__mock/simulate/message", { chat: 1, attachments: [file] });
  expect([status, body.error.pointer]).toEqual([422, "/attachments/0/mime_type"]);
});
