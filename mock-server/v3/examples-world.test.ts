import { apiClient } from "../testing/api-client";

// Rests on A-v3-display-name, A-v3-handles-order, A-v3-timestamps, A-v3-leave-status, A-v3-code-choice.

const api = apiClient({ fixtures: "v3-examples" }, "v3");

test.each([
  "/chats/550e8400-e29b-41d4-a716-446655440000",
  "/chats/182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e",
  "/chats/5F0C2A10-E29B-41D4-A716-446655440000",
  "/messages/69a37c7d-af4f-4b5e-af42-e28e98ce873a",
  "/messages/7d9f3b52-64c1-4e0a-9c57-1b8a2f6e4d03",
  "/attachments/abc12345-1234-5678-9abc-def012345678",
  "/attachments/a4e8d0c7-92b1-4d36-8e5f-70c3b1a9f264",
  "/webhook-subscriptions/b2c3d4e5-f6a7-8901-bcde-f23456789012",
])("what the examples name is there: %s", async (path) => {
  const { status, body } = await api.get(path);
  expect([status, body.id]).toEqual([200, path.split("/")[2]?.toLowerCase()]);
});

test("what the examples do is possible", async () => {
  const edited = await api.patch("/messages/69a37c7d-af4f-4b5e-af42-e28e98ce873a", {
    text: "This is the edited message content",
  });
  expect(edited.body.parts[0].value).toBe("This is the edited message content");
  const line = await api.put("/phone_numbers/182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e", { forwarding_number: "+12025559999" });
  expect(line.body.id).toBe("182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e");
  const left = await api.post("/chats/550e8400-e29b-41d4-a716-446655440000/leave");
  expect(left.status).toBe(202);
  const unknown = await api.get("/messages/550e8400-e29b-41d4-a716-446655440000"); // of a chat
  expect(unknown.status).toBe(404);
});
