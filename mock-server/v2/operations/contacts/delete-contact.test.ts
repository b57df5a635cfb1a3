import { apiClient } from "../../../testing/api-client";
import { smallWorld } from "../../../testing/worlds";

// Asserted here, too: A-list-order, A-contact-empty.

function freshApi() {
  return apiClient({ fixtures: smallWorld });
}

test("a deleted contact is gone", async () => {
  const api = freshApi();
  const { status, body } = await api.delete("/contacts/1");
  expect({ status, body }).toEqual({ status: 204, body: undefined });
  expect((await api.get("/contacts/1")).status).toBe(404);
  expect((await api.get("/contacts/find?phone_number=2055550101")).body).toEqual({ contact: null });
  expect((await api.get("/contacts")).body).toMatchObject({ contacts: [{ id: 2 }], pagination: { total_count: 1 } });
});

test("chats show the number again", async () => {
  const api = freshApi();
  await api.delete("/contacts/1");
  expect((await api.get("/chats/1")).body.data.display_name).toBe("+1 (205) 555-0101");
});

test("the next contact with the number names its chats", async () => {
  const api = freshApi();
  await api.post("/contacts", { contact: { first_name: "Anna", phone_number: "2055550101" } });
  await api.delete("/contacts/1");
  expect((await api.get("/chats/1")).body.data.display_name).toBe("Anna");
});

test("a contact can be deleted once, and its id is not given again", async () => {
  const api = freshApi();
  await api.delete("/contacts/2");
  const { status, body } = await api.delete("/contacts/2");
  expect(status).toBe(404);
  expect(body.error_code).toBe("CONTACT_NOT_FOUND");
  expect((await api.post("/contacts", { contact: { first_name: "Ben" } })).body.data.id).toBe(3);
});
