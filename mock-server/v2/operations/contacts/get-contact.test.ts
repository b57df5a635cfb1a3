import { apiClient } from "../../../testing/api-client";
import { ANN, smallWorld } from "../../../testing/worlds";

// Asserted here, too: A-id-shape.

const api = apiClient({ fixtures: smallWorld });

test("a contact shows what is known, and null for the rest", async () => {
  const { status, body, assumptions } = await api.get("/contacts/1");
  expect(status).toBe(200);
  expect(body).toEqual({
    data: {
      id: 1,
      first_name: "Ann",
      last_name: "Archer",
      full_name: "Ann Archer",
      email: null,
      phone_number: ANN,
      company: null,
      title: null,
      location: null,
      image_url: null,
      created_at: "2025-01-01T12:00:00.000-06:00",
      updated_at: "2025-01-01T12:00:00.000-06:00",
      contact_owner: { id: 1, email: "ada@example.com", first_name: "Ada", last_name: "", name: "Ada" },
    },
  });
  expect(assumptions).toEqual(["A-contact-empty"]);
});

test.each(["99", "0", "ann"])("the contact %s is not found, as documented", async (id) => {
  const { status, body } = await api.get(`/contacts/${id}`);
  expect(status).toBe(404);
  expect(body).toEqual({
    status: "error",
    error_code: "CONTACT_NOT_FOUND",
    message: "Contact not found",
    errors: ["The requested contact does not exist or is not accessible to your organization"],
  });
});
