import { apiClient } from "../../../testing/api-client";
import { LINE, OTHER_LINE, smallWorld } from "../../../testing/worlds";

// Asserted here, too: A-error-wording.

test("a contact is shared", async () => {
  const { status, body, assumptions } = await apiClient({ fixtures: smallWorld }).post("/chats/1/share_contact");
  expect({ status, body }).toEqual({ status: 201, body: undefined });
  expect(assumptions).toEqual([]);
});

test.each([
  [2, "RCS"],
  [3, "SMS"],
])("a contact is shared in chat %i, and a hint tells that nobody gets it by %s", async (chat, service) => {
  const { status, hint, assumptions } = await apiClient({ fixtures: smallWorld }).post(`/chats/${chat}/share_contact`);
  expect({ status, hint }).toEqual({
    status: 201,
    hint: `Nobody gets it: a contact card goes by iMessage only, and this chat is by ${service}.`,
  });
  expect(assumptions).toEqual(["A-share-disabled"]);
});

test("an organization without the feature is refused", async () => {
  const api = apiClient({ fixtures: { ...smallWorld, contact_sharing: false } });
  const { status, body, hint, assumptions } = await api.post("/chats/1/share_contact");
  expect(status).toBe(422);
  expect(body.errors[0].detail).toBe("Contact sharing is not enabled for your organization");
  expect(hint).toBe("The fixture says contact_sharing: false.");
  expect(assumptions).toContain("A-share-disabled");
});

test("a line without a contact card is refused, and another has its own", async () => {
  const lines = [{ phone_number: LINE, contact_card: false }, { phone_number: OTHER_LINE }];
  const api = apiClient({ fixtures: { ...smallWorld, lines } });
  const { status, body, hint, assumptions } = await api.post("/chats/1/share_contact");
  expect(status).toBe(422);
  expect(body.errors[0].detail).toBe("The contact card of this phone number has not been set up");
  expect(hint).toBe("The fixture says contact_card: false of the line.");
  expect(assumptions).toContain("A-share-disabled");
  expect((await api.post("/chats/5/share_contact")).status).toBe(201);
  expect((await api.get("//__mock/state")).body.lines).toMatchObject([{ contact_card: false }, {}]);
});

test.each([true, false])("a chat that does not exist is not found, whether sharing is enabled or not: %p", async (enabled) => {
  const api = apiClient({ fixtures: { ...smallWorld, contact_sharing: enabled } });
  const { status, body } = await api.post("/chats/99/share_contact");
  expect(status).toBe(404);
  expect(body.errors[0].detail).toBe("Chat not found");
});

test("whoever sends or shares anything in a group that the line has left is told that nobody gets it", async () => {
  const [chat] = smallWorld.chats?.slice(1) ?? [];
  const api = apiClient({
    fixtures: { ...smallWorld, chats: [{ ...chat, service: "iMessage", left_at: "2025-06-01T12:00:00Z" }] as never },
  });
  const shared = await api.post("/chats/1/share_contact");
  const sent = await api.post("/chats/1/chat_messages", { message: { text: "Hi" } });
  const hint = "Your line has left this group: nothing that it sends there reaches anybody.";
  expect([shared.hint, sent.hint]).toEqual([hint, hint]);
  expect([shared.assumptions, sent.assumptions]).toEqual([["A-group-left"], ["A-delivery", "A-group-left"]]);
});
