import { apiClient } from "../../../testing/api-client";
import { smallWorld } from "../../../testing/worlds";

// Asserted here, too: A-reaction-one, A-error-wording, A-id-shape.

const api = apiClient({ fixtures: smallWorld });

test("a reaction is the same as when it was created", async () => {
  const { body: created } = await api.post("/chat_messages/1/reactions", { type: "laugh", operation: "add" });
  const { status, body } = await api.get(`/chat_message_reactions/${created.data.id}`);
  expect({ status, body }).toEqual({ status: 200, body: created });
});

test("a reaction that was removed is gone", async () => {
  const own = apiClient({ fixtures: smallWorld });
  const { body } = await own.post("/chat_messages/1/reactions", { type: "laugh", operation: "add" });
  await own.post("/chat_messages/1/reactions", { type: "laugh", operation: "remove" });
  expect((await own.get(`/chat_message_reactions/${body.data.id}`)).status).toBe(404);
});

test.each(["99", "0", "love"])("the reaction %s is not found", async (id) => {
  const { status, body, assumptions } = await api.get(`/chat_message_reactions/${id}`);
  expect(status).toBe(404);
  expect(body.errors[0]).toEqual({ status: 404, code: "not_found", title: "Not Found", detail: "Reaction not found" });
  expect(assumptions).toContain("A-404-others");
});
