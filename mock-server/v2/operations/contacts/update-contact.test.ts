import { type ApiClient, apiClient } from "../../../testing/api-client";
import { ANN, BEN, smallWorld } from "../../../testing/worlds";

// Asserted here, too: A-contact-empty, A-error-wording, A-number-invalid.

const NOW = "2025-07-01T12:00:00.000-05:00";

function freshApi() {
  return apiClient({ fixtures: smallWorld, clock: NOW });
}

async function nameOfChat(api: ApiClient, id: number): Promise<string> {
  return (await api.get(`/chats/${id}`)).body.data.display_name;
}

describe.each(["put", "patch"] as const)("%s", (method) => {
  test("only the given fields change", async () => {
    const api = freshApi();
    const { body: before } = await api.get("/contacts/1");
    const { status, body, assumptions } = await api[method]("/contacts/1", {
      contact: { last_name: "Abbott", company: "Abbott & Co" },
    });
    expect(status).toBe(200);
    expect(body.data).toEqual({
      ...before.data,
      last_name: "Abbott",
      full_name: "Ann Abbott",
      company: "Abbott & Co",
      updated_at: NOW,
    });
    expect(assumptions).toEqual(["A-update-owner"]);
    expect((await api.get("/contacts/1")).body).toEqual(body);
  });

  test("a blank field is unset", async () => {
    const { body, assumptions } = await freshApi()[method]("/contacts/1", { contact: { last_name: "" } });
    expect(body.data).toMatchObject({ first_name: "Ann", last_name: null, full_name: "Ann" });
    expect(assumptions).toEqual(["A-contact-values", "A-update-owner"]);
  });

  test.each(["", " ", null])("an e-mail address and a number are cleared by %j", async (blank) => {
    const api = freshApi();
    const contact = { first_name: "Ann", last_name: "Archer", email: "ann@example.com", phone_number: ANN };
    await api[method]("/contacts/1", { contact });
    const cleared = { email: blank, phone_number: blank };
    expect((await api[method]("/contacts/1", { contact: cleared })).status).toBe(200);
    expect((await api.get("/contacts/1")).body.data).toMatchObject({ ...contact, email: null, phone_number: null });
    expect((await api.get("/contacts/find?email=ann@example.com")).body).toEqual({ contact: null });
    const { status, body } = await api[method]("/contacts/1", { contact: { first_name: blank, last_name: blank, ...cleared } });
    expect({ status, code: body.error_code }).toEqual({ status: 422, code: "VALIDATION_ERROR" });
    expect((await api.get("/contacts/1")).body.data.first_name).toBe("Ann");
  });

  test.each([
    { contact: { company: "Abbott & Co" } },
    { contact: {} },
    { contact: { company: "Abbott & Co" }, user_email: "grace@example.com" },
    { contact: {}, user_email: "grace@example.com" },
    { user_email: "grace@example.com" },
    { contact: null, user_email: "grace@example.com" },
    {},
    { first_name: "Anna" },
    undefined,
  ])("an update that gives none of the four fields is refused as documented, whatever the contact has: %j", async (sent) => {
    const users = [...(smallWorld.users ?? []), { name: "Grace", email: "grace@example.com" }];
    const api = apiClient({ fixtures: { ...smallWorld, users } });
    const { body: before } = await api.get("/contacts/1");
    const { status, body, assumptions } = await api[method]("/contacts/1", sent);
    expect({ status, body }).toEqual({
      status: 422,
      body: {
        status: "error",
        error_code: "VALIDATION_ERROR",
        message: "Contact validation failed",
        errors: ["At least one of the name, email, or phone number fields must be filled out for the contact"],
      },
    });
    expect(assumptions).toContain("A-update-invalid");
    expect((await api.get("/contacts/1")).body).toEqual(before);
  });

  test("user_email changes the owner", async () => {
    const users = [...(smallWorld.users ?? []), { name: "Grace", email: "grace@example.com" }];
    const api = apiClient({ fixtures: { ...smallWorld, users } });
    const kept = await api[method]("/contacts/1", { contact: { first_name: "Ann" } });
    expect(kept.body.data.contact_owner.name).toBe("Ada");
    const changed = await api[method]("/contacts/1", { contact: { first_name: "Ann" }, user_email: "grace@example.com" });
    expect(changed.body.data.contact_owner.name).toBe("Grace");
    expect(kept.assumptions).toEqual(["A-update-owner"]);
    expect(changed.assumptions).toEqual([]);
  });

  test("without user_email, somebody keeps the contact who is not the first admin", async () => {
    const users = [...(smallWorld.users ?? []), { name: "Grace", email: "grace@example.com" }];
    const contacts = [{ first_name: "Ann", owner: "Grace" }];
    const api = apiClient({ fixtures: { version: 1, users, contacts } });
    const { body } = await api[method]("/contacts/1", { contact: { first_name: "Anna" } });
    expect(body.data.contact_owner.name).toBe("Grace");
  });

  test("a contact that was read can be put back, with all its nulls", async () => {
    const api = freshApi();
    const { data: before } = (await api.get("/contacts/2")).body;
    expect(before.last_name).toBeNull();
    const { status, body, hint } = await api[method]("/contacts/2", { contact: before });
    expect({ status, hint }).toEqual({ status: 200, hint: undefined });
    expect(body.data).toEqual({ ...before, updated_at: body.data.updated_at });
    const other = { ...before, full_name: "Somebody Else" };
    expect((await api[method]("/contacts/2", { contact: other })).hint).toBe("contact.full_name is not read.");
  });

  test("null unsets a field, as a blank does", async () => {
    const { body, assumptions } = await freshApi()[method]("/contacts/1", { contact: { first_name: "Ann", last_name: null } });
    expect(body.data).toMatchObject({ first_name: "Ann", last_name: null, full_name: "Ann" });
    expect(assumptions).toEqual(["A-contact-values", "A-update-owner"]);
  });

  test("a contact that does not exist is not found, as documented", async () => {
    const { status, body } = await freshApi()[method]("/contacts/99", { contact: { first_name: "Nobody" } });
    expect(status).toBe(404);
    expect(body).toEqual({
      status: "error",
      error_code: "CONTACT_NOT_FOUND",
      message: "Contact not found",
      errors: ["The requested contact does not exist or is not accessible to your organization"],
    });
  });

  test.each([
    ["an e-mail address that is none", { contact: { email: "ann@" } }, "A-contact-status"],
    ["a number that is none", { contact: { phone_number: "555" } }, "A-contact-status"],
    ["nothing that would be left", { contact: { first_name: "", last_name: "", phone_number: "" } }, "A-update-invalid"],
    ["a field outside of contact", { first_name: "Anna" }, "A-body-wrapped"],
    ["a contact that is a text", { contact: "Anna" }, "A-contact-status"],
    ["an owner who is no user", { contact: { first_name: "Ann" }, user_email: "nobody@example.com" }, "A-update-invalid"],
  ])("%s is refused, and nothing changes", async (_, body, assumption) => {
    const api = freshApi();
    const { body: before } = await api.get("/contacts/1");
    const answer = await api[method]("/contacts/1", body);
    expect(answer.status).toBe(422);
    expect(answer.assumptions).toContain(assumption);
    expect((await api.get("/contacts/1")).body).toEqual(before);
  });
});

test("chats follow the name of a contact", async () => {
  const api = freshApi();
  await api.patch("/contacts/1", { contact: { first_name: "Anna", last_name: "" } });
  expect(await nameOfChat(api, 1)).toBe("Anna");
  expect(await nameOfChat(api, 2)).toBe("Anna, +1 (205) 555-0102");
  expect(await nameOfChat(api, 3)).toBe("The three");
});

test("chats follow the number of a contact", async () => {
  const api = freshApi();
  await api.patch("/contacts/1", { contact: { phone_number: BEN } });
  expect(await nameOfChat(api, 2)).toBe("+1 (205) 555-0101, Ann Archer");
  expect((await api.get(`/contacts/find?phone_number=${encodeURIComponent(ANN)}`)).body).toEqual({ contact: null });
  expect((await api.get(`/contacts/find?phone_number=${encodeURIComponent(BEN)}`)).body.id).toBe(1);
});

test("chats follow the e-mail address of a contact (A-number-display)", async () => {
  const api = freshApi();
  await api.patch("/contacts/2", { contact: { email: "dora@example.com" } });
  expect(await nameOfChat(api, 4)).toBe("dee@example.com");
});
