import { apiClient } from "../../../testing/api-client";
import { smallWorld } from "../../../testing/worlds";

// Asserted here, too: A-404-others, A-error-wording, A-delivery.

const PATH = "/chats/1/chat_messages";

function freshApi() {
  return apiClient({ fixtures: smallWorld });
}

test("a deleted message is gone, whoever sent it", async () => {
  const api = freshApi();
  await api.post(PATH, { message: { text: "Mine" } });
  for (const id of [1, 2]) {
    const { status, body, assumptions } = await api.delete(`${PATH}/${id}`);
    expect(status).toBe(200);
    expect(body).toEqual({ message: "Chat message deleted successfully" });
    expect(assumptions).toEqual(["A-message-delete"]);
    expect((await api.get(`${PATH}/${id}`)).status).toBe(404);
  }
  expect((await api.get("/chats/1")).body.data.message_count).toBe(0);
});

test("a list closes over a deleted message (A-message-order)", async () => {
  const api = freshApi();
  for (const text of ["a", "b", "c"]) await api.post(PATH, { message: { text } });
  await api.delete(`${PATH}/2`);
  const { body } = await api.get(`${PATH}?per_page=2`);
  expect(body.data.map((message: { id: number }) => message.id)).toEqual([1, 3]);
  expect(body.meta).toMatchObject({ total_count: 3, total_pages: 2 });
});

test("a message can be deleted once", async () => {
  const api = freshApi();
  await api.delete(`${PATH}/1`);
  expect((await api.delete(`${PATH}/1`)).status).toBe(404);
});

test("its reactions go with it (A-reaction-one)", async () => {
  const api = freshApi();
  const { body } = await api.post("/chat_messages/1/reactions", { type: "like", operation: "add" });
  await api.delete(`${PATH}/1`);
  expect((await api.get(`/chat_message_reactions/${body.data.id}`)).status).toBe(404);
  expect((await api.post("/chat_messages/1/reactions", { type: "like", operation: "add" })).status).toBe(404);
});

test("its files go with it, unless another message has them by their URL (A-attachment-limit, A-text-blank, A-linked-file-size)", async () => {
  const api = freshApi();
  const form = new FormData();
  form.append("message[text]", "");
  form.append("message[attachments][]", new File(["x"], "a.txt"));
  const { body } = await api.postForm(PATH, form);
  const [{ url }] = body.data.attachments;
  const again = await api.post("/chats/2/chat_messages", { message: { text: "", attachment_urls: [url] } });
  expect(again.body.data.attachments).toMatchObject([{ url, file_size: 1 }]);
  await api.delete(`${PATH}/${body.data.id}`);
  expect((await api.download(url)).status).toBe(200);
  await api.delete(`/chats/2/chat_messages/${again.body.data.id}`);
  expect((await api.download(url)).status).toBe(404);
});

test("its idempotency key can be used again, its id is not", async () => {
  const api = freshApi();
  const message = { text: "Hi", idempotency_key: "order-1" };
  await api.post(PATH, { message });
  await api.delete(`${PATH}/2`);
  const { status, body, assumptions } = await api.post(PATH, { message });
  expect(status).toBe(201);
  expect(body.data.id).toBe(3);
  expect(assumptions).toEqual(["A-delivery", "A-message-delete"]);
});

test("a message of another chat is not deleted", async () => {
  const api = freshApi();
  expect((await api.delete("/chats/2/chat_messages/1")).status).toBe(404);
  expect((await api.get(`${PATH}/1`)).status).toBe(200);
});
