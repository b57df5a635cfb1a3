import { findChatPath } from "../../../../contracts/operations";
import { apiClient } from "../../../testing/api-client";
import { ANN, BEN, CAY, DEE, LINE, OTHER_LINE, STRANGER, smallWorld } from "../../../testing/worlds";

// Asserted here, too: A-find-match, A-list-order, A-list-scope, A-idempotency-scope, A-error-wording, A-create-status,
// A-number-invalid, A-number-area, A-body-wrapped.

const NOW = "2025-07-01T12:00:00.000-05:00";

function freshApi() {
  return apiClient({ fixtures: smallWorld, clock: NOW });
}

function creation(phone_numbers: readonly string[], message: object = { text: "Hi" }, chat: object = {}): object {
  return { send_from: LINE, chat: { phone_numbers, ...chat }, message };
}

test("a new chat is created and its first message sent", async () => {
  const { status, body, assumptions } = await freshApi().post("/chats", creation([STRANGER]));
  expect(status).toBe(200);
  expect(body).toEqual({
    data: {
      id: 6,
      display_name: "+1 (205) 555-0199",
      service: "iMessage",
      group: false,
      chat_handles: [
        { id: 14, phone_number: STRANGER, service: "iMessage", joined_at: NOW },
        { id: 15, phone_number: LINE, service: "iMessage", joined_at: NOW },
      ],
      chat_messages: {
        id: 2,
        text: "Hi",
        sent_at: NOW,
        delivered_at: null,
        delivery_status: "pending",
        is_read: false,
        attachments: [],
      },
    },
  });
  expect(assumptions).toEqual(["A-create-service", "A-availability", "A-delivery"]);
});

test("a created chat is found, listed and read at once", async () => {
  const api = freshApi();
  const { body: created } = await api.post("/chats", creation([STRANGER, ANN]));
  const { body: found } = await api.get(findChatPath(LINE, [ANN, STRANGER]));
  const { body: listed } = await api.get(`/chats?phone_number=${encodeURIComponent(STRANGER)}`);
  const { body: read } = await api.get(`/chats/${created.data.id}`);
  expect(found.data.chat).toMatchObject({ id: created.data.id, group: true, message_count: 1 });
  expect(listed.data).toEqual([found.data.chat]);
  expect(read.data).toEqual(found.data.chat);
});

test("the same participants, permuted and reformatted, get the existing chat", async () => {
  const api = freshApi();
  const { body, assumptions } = await api.post("/chats", creation(["2055550103", ANN, "12055550102", ANN, LINE]));
  expect(body.data.id).toBe(3);
  expect(assumptions).toContain("A-create-existing");
  expect((await api.get("/chats/3")).body.data.message_count).toBe(1);
});

test("an existing chat keeps its name", async () => {
  const { body, assumptions } = await freshApi().post(
    "/chats",
    creation([ANN, BEN, CAY], { text: "Hi" }, { display_name: "Another" }),
  );
  expect(body.data.display_name).toBe("The three");
  expect(assumptions).toContain("A-create-name");
});

test("a name that was not given rests on no assumption", async () => {
  expect((await freshApi().post("/chats", creation([ANN]))).assumptions).not.toContain("A-create-name");
  const blank = creation([STRANGER], { text: "Hi" }, { display_name: " " });
  expect((await freshApi().post("/chats", blank)).assumptions).toContain("A-create-name");
});

test("a name given for a new chat is its name", async () => {
  const { body } = await freshApi().post("/chats", creation([ANN, STRANGER], { text: "Hi" }, { display_name: "New kitchen" }));
  expect(body.data.display_name).toBe("New kitchen");
});

test.each([
  [[ANN], OTHER_LINE, 5],
  [[ANN], LINE, 1],
])("%p from %s is chat %i", async (phone_numbers, send_from, id) => {
  const { body } = await freshApi().post("/chats", { send_from, chat: { phone_numbers }, message: { text: "Hi" } });
  expect(body.data.id).toBe(id);
});

test.each([
  ["iMessage", [STRANGER, DEE]],
  ["RCS", [STRANGER, BEN]],
  ["SMS", [BEN, CAY, STRANGER]],
])("the service is the best that everybody receives: %s", async (service, phone_numbers) => {
  const { body } = await freshApi().post("/chats", creation(phone_numbers));
  expect(body.data.service).toBe(service);
});

test("an idempotency key sends once, whatever else the request says", async () => {
  const api = freshApi();
  const { body: first } = await api.post("/chats", creation([ANN], { text: "Hi", idempotency_key: "order-1" }));
  const {
    status,
    body: second,
    assumptions,
  } = await api.post("/chats", creation([BEN], { text: "Other", idempotency_key: "order-1" }));
  expect(status).toBe(200);
  expect(second).toEqual(first);
  expect(assumptions).toContain("A-idempotency-create");
  expect((await api.get("/chats/1")).body.data.message_count).toBe(2);
  expect((await api.get(findChatPath(LINE, [BEN]))).body.data.chat).toBeNull();
});

test("a key that was used to write to others, or from another line, gives a hint", async () => {
  const api = freshApi();
  const send = async (to: readonly string[], from = LINE) =>
    (await api.post("/chats", { ...creation(to, { text: "Hi", idempotency_key: "order-1" }), send_from: from })).hint;
  expect(await send([BEN, ANN])).toBeUndefined();
  const hint = "The idempotency key was used for message 2, in chat 2; nothing was sent to anybody else.";
  expect([await send([ANN]), await send([ANN, BEN], OTHER_LINE), await send([ANN, BEN])]).toEqual([hint, hint, undefined]);
  await api.post("//__mock/simulate/participant_added", { chat: 2, participant: CAY });
  expect(await send([ANN, BEN])).toBeUndefined();
});

test("a key that is null is none", async () => {
  const api = freshApi();
  for (const text of ["One", "Two"]) {
    const { assumptions } = await api.post("/chats", creation([ANN], { text, idempotency_key: null }));
    expect(assumptions).toContain("A-idempotency-scope");
  }
  const sent = await api.post("/chats/1/chat_messages", { message: { text: "Three", idempotency_key: null } });
  expect(sent.assumptions).toEqual(["A-delivery", "A-idempotency-scope"]);
  expect((await api.get("/chats/1")).body.data.message_count).toBe(4);
});

test.each([" ", null])("the name %p is none", async (display_name) => {
  const { body } = await freshApi().post("/chats", creation([ANN, STRANGER], { text: "Hi" }, { display_name }));
  expect(body.data.display_name).toBe("Ann Archer, +1 (205) 555-0199");
});

test("the assumptions that shaped an answer are named", async () => {
  const message = { text: "", attachment_urls: ["https://files.example.com/a.png"] };
  const { assumptions } = await freshApi().post("/chats", creation([LINE, "ANN@example.com", "+442079460958"], message));
  expect([...assumptions].sort()).toEqual([
    "A-attachment-limit",
    "A-availability",
    "A-create-self",
    "A-create-service",
    "A-delivery",
    "A-email-case",
    "A-linked-file-size",
    "A-number-display",
    "A-text-blank",
  ]);
});

test("whatever was created, the state loads again as an equal world", async () => {
  const api = freshApi();
  const message = {
    text: "",
    attachment_urls: ["https://files.example.com/%zz%20[x]", "http://u:p@files.example.com"],
    idempotency_key: "k",
  };
  await api.post("/chats", creation([STRANGER, DEE, "+442079460958"], message, { display_name: "" }));
  await api.post("/chats", creation([ANN], { text: "\ud800 \u0000 \u202e 🙂" }));
  const { body: state } = await api.get("//__mock/state");
  const again = await apiClient({ fixtures: state, clock: NOW }).get("//__mock/state");
  expect(JSON.stringify(again.body)).toBe(JSON.stringify(state));
});

test("files are attached by their address", async () => {
  const message = {
    text: "",
    attachment_urls: ["https://files.example.com/", "https://files.example.com/plan%20b.pdf?v=2"],
  };
  const { body } = await freshApi().post("/chats", creation([ANN], message));
  expect(body.data.chat_messages.attachments).toEqual([
    {
      id: expect.any(String),
      url: "https://files.example.com/",
      filename: "attachment",
      mime_type: "application/octet-stream",
      file_size: 0,
    },
    {
      id: expect.any(String),
      url: "https://files.example.com/plan%20b.pdf?v=2",
      filename: "plan b.pdf",
      mime_type: "application/pdf",
      file_size: 0,
    },
  ]);
});

test("a form is read as JSON is, and its files are sent", async () => {
  const api = freshApi();
  const form = new FormData();
  const fields = {
    send_from: LINE,
    "chat[display_name]": "Kitchen",
    "message[text]": "The plan",
    "message[idempotency_key]": "plan-1",
    "message[attachment_urls][]": "https://files.example.com/a.png",
  };
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const number of [STRANGER, "2055550102"]) form.append("chat[phone_numbers][]", number);
  form.append("message[attachments][]", new File(["%PDF"], "plan.pdf", { type: "application/pdf" }));
  const { status, body, hint, assumptions } = await api.postForm("/chats", form);
  expect({ status, hint }).toEqual({ status: 200, hint: undefined });
  expect(assumptions).toContain("A-create-form");
  const { chat_messages: sent, ...chat } = body.data;
  expect(chat).toMatchObject({ display_name: "Kitchen", group: true, service: "RCS" });
  expect(sent).toMatchObject({
    text: "The plan",
    attachments: [{ filename: "plan.pdf", file_size: 4 }, { filename: "a.png" }],
  });
  expect((await api.download(sent.attachments[0].url)).bytes.toString()).toBe("%PDF");
  expect((await api.postForm("/chats", form)).body.data.chat_messages.id).toBe(sent.id);
});

test("a form with nothing but files is sent, and one of nothing refused", async () => {
  const api = freshApi();
  const form = new FormData();
  for (const [name, value] of [
    ["send_from", LINE],
    ["chat[phone_numbers][]", ANN],
    ["message[text]", ""],
  ] as const)
    form.append(name, value);
  expect((await api.postForm("/chats", form)).status).toBe(422);
  form.append("message[attachments][]", new File(["Hi"], "a.txt"));
  expect((await api.postForm("/chats", form)).status).toBe(200);
});

test.each(["/chats", "/chats/1/chat_messages"])("attachments in JSON are no URLs, and POST %s says so", async (path) => {
  const api = freshApi();
  const message = { text: "Hi", attachments: ["https://files.example.com/a.png"] };
  const { status, body, hint } = await api.post(path, { ...creation([ANN]), message });
  expect(status).toBeLessThan(300);
  expect((body.data.chat_messages ?? body.data).attachments).toEqual([]);
  expect(hint).toMatch(/^attachments is not read here: it takes files, in multipart\/form-data/);
  const alone = await api.post(path, { ...creation([ANN]), message: { ...message, text: "" } });
  expect([alone.status, alone.hint]).toEqual([422, hint]);
});

test.each([
  ["a line that is not ours", { ...creation([ANN]), send_from: STRANGER }, "send_from is not one of your phone numbers"],
  ["a send_from that is no number", { ...creation([ANN]), send_from: "the office" }, "send_from is not a valid phone number"],
  ["a punctuated number", creation([ANN, "(205) 555-0102"]), "chat.phone_numbers[1] is not a valid phone number"],
  ["a blank number", creation([ANN, ""]), "chat.phone_numbers[1] is not a valid phone number"],
  ["nobody but the line", creation([LINE]), "chat.phone_numbers names nobody but your own phone number"],
  ["a blank text", creation([ANN], { text: " \n" }), "message.text must not be blank"],
  [
    "an attachment that is no address",
    creation([ANN], { text: "", attachment_urls: ["plan.pdf"] }),
    "message.attachment_urls[0] must be a URL",
  ],
  [
    "a file on a disk",
    creation([ANN], { text: "", attachment_urls: ["file:///etc/passwd"] }),
    "message.attachment_urls[0] is not an http or https URL",
  ],
  [
    "an idempotency key with a space",
    creation([ANN], { text: "Hi", idempotency_key: "order 1" }),
    "message.idempotency_key must match ^[a-zA-Z0-9_-]+$",
  ],
  ["an area code that is none", creation(["0123456789"]), "chat.phone_numbers[0] is not a valid phone number"],
  ["a space where only a query has pluses", creation([" 12055550101"]), "chat.phone_numbers[0] is not a valid phone number"],
])("%s is unusable, and nothing is sent", async (_, body, detail) => {
  const api = freshApi();
  const before = await api.get("//__mock/state");
  const answer = await api.post("/chats", body);
  expect(answer.status).toBe(422);
  expect(answer.body).toEqual({
    errors: [{ status: 422, code: "invalid_params", title: "Invalid Params", detail }],
  });
  expect((await api.get("//__mock/state")).body).toEqual(before.body);
});

test("a line that is not ours gets a hint that names ours", async () => {
  const { hint } = await freshApi().post("/chats", { ...creation([ANN]), send_from: STRANGER });
  expect(hint).toBe(`send_from is your own line: ${LINE}, ${OTHER_LINE}.`);
});

test("the hint for a punctuated number says how to write it", async () => {
  const { hint } = await freshApi().post("/chats", creation(["(205) 555-0102"]));
  expect(hint).toContain("without spaces or punctuation: +12055550102.");
});

const NO_LINE = {
  status: 400,
  code: "missing_phone",
  title: "Missing Phone",
  detail: "Missing required parameter: send_from",
};
const NOBODY = { status: 422, code: "invalid_params", title: "Invalid Params", detail: "Phone number is required" };

test.each([
  ["send_from", { send_from: undefined }, NO_LINE, []],
  ["send_from", { send_from: null }, NO_LINE, ["A-create-status"]],
  ["send_from", { send_from: " ", chat: {} }, NO_LINE, ["A-create-status"]],
  ["send_from", { send_from: "", chat: undefined }, NO_LINE, ["A-create-status"]],
  ["send_from", { send_from: null, message: undefined }, NO_LINE, ["A-create-status"]],
  ["chat", { chat: undefined }, NOBODY, ["A-create-numbers"]],
  ["chat", { chat: null }, NOBODY, ["A-create-numbers"]],
  ["anybody in chat.phone_numbers", { chat: { phone_numbers: ["", " "] } }, NOBODY, ["A-create-numbers"]],
  ["chat.phone_numbers", { chat: {} }, NOBODY, ["A-create-numbers"]],
  ["chat.phone_numbers", { chat: { phone_numbers: null } }, NOBODY, ["A-create-numbers"]],
  ["anybody in chat.phone_numbers", { chat: { phone_numbers: [] } }, NOBODY, ["A-create-numbers"]],
  ["chat.phone_numbers", { chat: {}, message: undefined }, NOBODY, ["A-create-numbers"]],
  ["anybody in chat.phone_numbers", { chat: { phone_numbers: [""] }, message: undefined }, NOBODY, ["A-create-numbers"]],
])("a chat without %s is refused as documented: %j", async (_, change, error, assumed) => {
  const { status, body, assumptions } = await freshApi().post("/chats", { ...creation([ANN]), ...change });
  expect({ status, body }).toEqual({ status: error.status, body: { errors: [error] } });
  expect(assumptions).toEqual(assumed);
});

test.each([
  ["chat", { chat: "Kitchen" }],
  ["message", { message: undefined }],
  ["chat.phone_numbers[0]", { chat: { phone_numbers: [2055550101] } }],
  ["message", { message: "Hi" }],
  ["message.text", { message: {} }],
  ["message.text", { message: { text: 123 } }],
])("a bad %s is refused by name: %j", async (field, change) => {
  const { status, body } = await freshApi().post("/chats", { ...creation([ANN]), ...change });
  expect(status).toBe(400);
  const { code, detail } = body.errors[0];
  const isMissing = code === "missing_params";
  expect(isMissing ? detail : detail.split(" ")[0]).toBe(isMissing ? `Missing required parameter: ${field}` : field);
});

test("a form whose files have no text is refused as JSON is", async () => {
  const form = new FormData();
  form.append("send_from", LINE);
  form.append("chat[phone_numbers][]", ANN);
  form.append("message[attachments][]", new File(["Hi"], "a.txt"));
  const { status, body } = await freshApi().postForm("/chats", form);
  expect([status, body.errors[0].detail]).toEqual([400, "Missing required parameter: message.text"]);
});

test("a form without participants is refused as JSON is", async () => {
  const form = new FormData();
  form.append("send_from", LINE);
  form.append("message[text]", "Hi");
  const { status, body } = await freshApi().postForm("/chats", form);
  expect({ status, body }).toEqual({ status: 422, body: { errors: [NOBODY] } });
});

test.each([
  [400, { phone_number: ANN, text: "Hi" }],
  [422, { send_from: LINE, phone_numbers: [ANN], text: "Hi" }],
])("a flat body gets a hint: %i, %j", async (refused, body) => {
  const { status, hint } = await freshApi().post("/chats", body);
  expect(status).toBe(refused);
  expect(hint).toContain('Create Chat takes {"send_from"');
});

test("an e-mail address with a space in a body is told of the space (A-number-invalid)", async () => {
  const sent = { send_from: LINE, chat: { phone_numbers: ["a @b.co"] }, message: { text: "Hi" } };
  expect((await freshApi().post("/chats", sent)).hint).toBe("An e-mail address has no spaces.");
});

test("attachments that are no files rest on A-create-status", async () => {
  const sent = { send_from: LINE, chat: { phone_numbers: [ANN] }, message: { text: "Hi", attachments: ["a.png"] } };
  const { status, assumptions } = await freshApi().post("/chats", sent);
  expect([status, assumptions.includes("A-create-status")]).toEqual([200, true]);
});
