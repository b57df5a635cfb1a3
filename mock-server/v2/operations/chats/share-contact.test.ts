import { apiClient } from "../../../testing/api-client";
import { smallWorld } from "../../../testing/worlds";

test("a contact is shared", async () => {
  const { status, body, assumptions } = await apiClient({ fixtures: smallWorld }).post("/chats/1/share_contact");
  expect({ status, body }).toEqual({ status: 201, body: undefined });
  expect(assumptions).toEqual([]);
});

test("an organization without the feature is refused", async () => {
  const api = apiClient({ fixtures: { ...smallWorld, contact_sharing: false } });
  const { status, body, hint, assumptions } = await api.post("/chats/1/share_contact");
  expect(status).toBe(422);
  expect(body.errors[0].detail).toBe("Contact sharing is not enabled for your organization");
  expect(hint).toBe("The fixture says contact_sharing: false.");
  expect(assumptions).toContain("A-share-disabled");
});

test.each([true, false])("a chat that does not exist is not found, whether sharing is enabled or not: %p", async (enabled) => {
  const api = apiClient({ fixtures: { ...smallWorld, contact_sharing: enabled } });
  const { status, body } = await api.post("/chats/99/share_contact");
  expect(status).toBe(404);
  expect(body.errors[0].detail).toBe("Chat not found");
});
