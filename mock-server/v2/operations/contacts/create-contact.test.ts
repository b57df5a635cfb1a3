import { apiClient } from "../../../testing/api-client";
import { smallWorld } from "../../../testing/worlds";

// Asserted here, too: A-list-order, A-body-wrapped, A-error-wording, A-number-invalid, A-email-case.

const NOW = "2025-07-01T12:00:00.000-05:00";
const ADA = { id: 1, email: "ada@example.com", first_name: "Ada", last_name: "", name: "Ada" };
const users = [...(smallWorld.users ?? []), { name: "Grace Brewster Hopper", email: "grace@example.com" }];

function freshApi() {
  return apiClient({ fixtures: { ...smallWorld, users }, clock: NOW });
}

test("a contact is created with what is given", async () => {
  const { status, body, assumptions } = await freshApi().post("/contacts", {
    contact: {
      first_name: "Ben",
      last_name: "Baker",
      email: "Ben@Example.com",
      phone_number: "(205) 555-0102",
      company: "Baker & Sons",
      title: "Baker",
      location: "Chicago, IL",
    },
  });
  expect(status).toBe(201);
  expect(body).toEqual({
    data: {
      id: 3,
      first_name: "Ben",
      last_name: "Baker",
      full_name: "Ben Baker",
      email: "Ben@Example.com",
      phone_number: "+12055550102",
      company: "Baker & Sons",
      title: "Baker",
      location: "Chicago, IL",
      image_url: null,
      created_at: NOW,
      updated_at: NOW,
      contact_owner: ADA,
    },
  });
  expect(assumptions).toEqual(["A-contact-empty", "A-contact-values"]);
});

test.each([
  [{ first_name: "Ben" }, { first_name: "Ben", full_name: "Ben" }],
  [{ last_name: "Baker" }, { last_name: "Baker", full_name: "Baker" }],
  [{ email: "ben@example.com" }, { email: "ben@example.com", full_name: null }],
  [{ phone_number: "2055550102" }, { phone_number: "+12055550102", full_name: null }],
])("%j is enough; what is unset is null", async (contact, set) => {
  const { status, body } = await freshApi().post("/contacts", { contact });
  expect(status).toBe(201);
  const unset = { first_name: null, last_name: null, email: null, phone_number: null };
  expect(body.data).toMatchObject({ ...unset, company: null, title: null, location: null, ...set });
});

test("a created contact is found, listed and read at once", async () => {
  const api = freshApi();
  const { body: created } = await api.post("/contacts", { contact: { email: "ben@example.com" } });
  expect((await api.get("/contacts/find?email=ben@example.com")).body).toEqual(created.data);
  expect((await api.get("/contacts")).body.contacts[2]).toEqual(created.data);
  expect((await api.get("/contacts/3")).body).toEqual(created);
});

test.each([
  "2055550102",
  "12055550102",
  "+12055550102",
  "205-555-0102",
  "(205) 555-0102",
  "+1 205.555.0102",
  " +12055550102\t\n",
  "\t205 555 0102 ",
])("the number may be written %s", async (phone_number) => {
  const { body } = await freshApi().post("/contacts", { contact: { phone_number } });
  expect(body.data.phone_number).toBe("+12055550102");
});

test("a blank field counts as unset", async () => {
  const contact = { first_name: "Ben", last_name: " ", email: "", phone_number: "", company: "" };
  const { status, body } = await freshApi().post("/contacts", { contact });
  expect(status).toBe(201);
  expect(body.data).toMatchObject({ last_name: null, full_name: "Ben", email: null, phone_number: null, company: null });
});

test("user_email names the owner, in any case", async () => {
  const { body, assumptions } = await freshApi().post("/contacts", {
    contact: { first_name: "Ben" },
    user_email: "Grace@Example.com",
  });
  expect(body.data.contact_owner).toEqual({
    id: 2,
    email: "grace@example.com",
    first_name: "Grace",
    last_name: "Brewster Hopper",
    name: "Grace Brewster Hopper",
  });
  expect(assumptions).toEqual(["A-contact-empty", "A-email-case"]);
});

test.each<[object, string | null]>([
  [{ first_name: "Ben" }, null],
  [{ first_name: "Ben" }, " "],
  [{ first_name: "Ben" }, " grace@example.com "],
  [{ email: " ben@example.com " }, "grace@example.com"],
  [{ phone_number: "205-555-0102" }, "grace@example.com"],
])("a contact of %j with the owner %j rests on A-contact-values", async (contact, user_email) => {
  const { status, assumptions } = await freshApi().post("/contacts", { contact, user_email });
  expect([status, assumptions]).toEqual([201, ["A-contact-empty", "A-contact-values"]]);
});

test("without user_email, the first admin is the owner", async () => {
  const users = [
    { name: "Ada", email: "ada@example.com" },
    { name: "Grace", email: "grace@example.com", admin: true },
    { name: "Joan", email: "joan@example.com", admin: true },
  ];
  const api = apiClient({ fixtures: { version: 1, users, contacts: [{ first_name: "Ann" }] } });
  const { body } = await api.post("/contacts", { contact: { first_name: "Ben" }, user_email: null });
  expect(body.data.contact_owner.name).toBe("Grace");
  expect((await api.get("/contacts/1")).body.data.contact_owner.name).toBe("Grace");
  const { users: exported } = (await api.get("//__mock/state")).body;
  expect(exported.map(({ admin }: { admin?: boolean }) => admin)).toEqual([false, true, true]);
});

test("an organization without users has contacts without owners", async () => {
  const { body } = await apiClient({ fixtures: { version: 1 } }).post("/contacts", { contact: { first_name: "Ben" } });
  expect(body.data.contact_owner).toBeNull();
});

test("chats show the name of the new contact", async () => {
  const api = freshApi();
  await api.post("/contacts", { contact: { first_name: "Ben", phone_number: "205-555-0102" } });
  expect((await api.get("/chats/2")).body.data.display_name).toBe("Ann Archer, Ben");
});

test("of two contacts with a number the one with the lowest id gives the name (A-contact-match)", async () => {
  const api = freshApi();
  await api.post("/contacts", { contact: { first_name: "Anna", phone_number: "2055550101" } });
  expect((await api.get("/chats/1")).body.data.display_name).toBe("Ann Archer");
});

test.each([
  ["a contact that is a text", { contact: "Ben" }, "contact must be an object"],
  ["an e-mail address that is none", { contact: { email: "ben" } }, "contact.email is not a valid e-mail address"],
  ["a number as an e-mail address", { contact: { email: "2055550102" } }, "contact.email is not a valid e-mail address"],
  ["a number that is none", { contact: { phone_number: "call me" } }, "contact.phone_number is not a valid phone number"],
  ["a name that is no text", { contact: { first_name: 5 } }, "contact.first_name must be a string or null"],
])("%s is refused, and nothing is created", async (_, body, detail) => {
  const api = freshApi();
  const answer = await api.post("/contacts", body);
  expect(answer.status).toBe(422);
  expect(answer.body).toEqual({
    status: "error",
    error_code: "VALIDATION_ERROR",
    message: "Contact validation failed",
    errors: [detail],
  });
  expect(answer.assumptions).toContain("A-contact-status");
  expect((await api.get("/contacts")).body.pagination.total_count).toBe(2);
});

const NOBODY = [
  "VALIDATION_ERROR",
  "Contact validation failed",
  "At least one of the name, email, or phone number fields must be filled out for the contact",
] as const;

test.each([
  ["neither name nor address nor number", [], { contact: { company: "Baker & Sons" } }, ...NOBODY],
  ["nothing at all", [], { contact: {} }, ...NOBODY],
  ["blank fields only", ["A-contact-values"], { contact: { first_name: " ", email: "" } }, ...NOBODY],
  ["no contact", [], {}, ...NOBODY],
  ["null in the place of a contact", [], { contact: null }, ...NOBODY],
  ["an owner alone", [], { user_email: "ada@example.com" }, ...NOBODY],
  ["the fields in the wrong place", ["A-body-wrapped"], { first_name: "Ben" }, ...NOBODY],
  [
    "an owner who is no user",
    [],
    { contact: { first_name: "Ben" }, user_email: "No.Body@example.com" },
    "USER_NOT_FOUND",
    "Specified user not found",
    "No user with email 'No.Body@example.com' exists in your organization",
  ],
])("%s is refused as documented", async (_, assumed, sent, error_code, message, error) => {
  const { status, body, assumptions } = await freshApi().post("/contacts", sent);
  expect({ status, body }).toEqual({ status: 422, body: { status: "error", error_code, message, errors: [error] } });
  expect(assumptions).toEqual(assumed);
});

test("a contact that is not wrapped gets a hint", async () => {
  const { hint } = await freshApi().post("/contacts", { first_name: "Ben" });
  expect(hint).toBe("first_name is read inside of contact only.");
});
