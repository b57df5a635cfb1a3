import { apiClient } from "../../../testing/api-client";
import { smallWorld } from "../../../testing/worlds";

// Asserted here, too: A-plus-space.

const api = apiClient({ fixtures: smallWorld });

async function foundId(query: string): Promise<number | undefined> {
  const { status, body } = await api.get(`/contacts/find?${query}`);
  expect(status).toBe(200);
  return body.id;
}

test("the answer is the bare contact", async () => {
  const { status, body, hint, assumptions } = await api.get("/contacts/find?phone_number=2055550101");
  expect(status).toBe(200);
  expect(body).toEqual((await api.get("/contacts/1")).body.data);
  expect(hint).toBeUndefined();
  expect(assumptions).toEqual(["A-contact-empty"]);
});

test.each([
  "2055550101",
  "12055550101",
  "%2B12055550101",
  "+12055550101",
  "205-555-0101",
  "(205)%20555-0101",
  "205.555.0101",
  "1-205-555-0101",
  "%2B1%20(205)%20555-0101",
  "205%20555%200101%20",
  "%20%2B12055550101%09%0A",
  "tel:%2B1-205-555-0101",
  "tel:2055550101",
  "205-555-0101%20ext.%205",
  "%2B12055550101x5",
  "tel:%2B12055550101;ext=5",
])("the number may be written %s", async (written) => {
  expect(await foundId(`phone_number=${written}`)).toBe(1);
});

test.each(["dee@example.com", "DEE@EXAMPLE.COM", "Dee%40Example.com"])(
  "the e-mail address may be written %s",
  async (written) => {
    expect(await foundId(`email=${written}`)).toBe(2);
  },
);

test("an address in capitals rests on an assumption", async () => {
  expect((await api.get("/contacts/find?email=DEE@example.com")).assumptions).toContain("A-email-case");
  expect((await api.get("/contacts/find?email=dee@example.com")).assumptions).not.toContain("A-email-case");
});

test.each([
  ["the address alone matches", "email=dee@example.com&phone_number=2055550199", 2],
  ["the number alone matches", "email=nobody@example.com&phone_number=2055550101", 1],
  ["the address is blank", "email=&phone_number=2055550101", 1],
  ["the number is blank", "email=dee@example.com&phone_number=", 2],
])("one of two is enough: %s", async (_, query, id) => {
  expect(await foundId(query)).toBe(id);
});

test("of several that match the lowest id is found", async () => {
  const { body, assumptions } = await api.get("/contacts/find?email=dee@example.com&phone_number=2055550101");
  expect(body.id).toBe(1);
  expect(assumptions).toContain("A-contact-find");
});

test("blanks that are cut off rest on A-contact-find, whoever is found", async () => {
  for (const email of ["dee@example.com", "nobody@example.com"]) {
    const { assumptions } = await api.get(`/contacts/find?email=%20${email}`);
    expect(assumptions).toContain("A-contact-find");
  }
});

test.each(["email=nobody@example.com", "phone_number=2055550199"])("%s finds nobody, with 200", async (query) => {
  const { status, body, hint } = await api.get(`/contacts/find?${query}`);
  expect({ status, body }).toEqual({ status: 200, body: { contact: null } });
  expect(hint).toContain("Not found is 200");
});

const NO_EMAIL = "The provided email address is not in a valid format";
const NO_NUMBER = "The provided phone number is not in a valid format. Please use E.164 format (e.g., +15551234567)";
const NOTHING = "Please provide either email or phone_number";

test.each([
  ["", 400, "MISSING_SEARCH_PARAMS", "At least one search parameter is required", NOTHING],
  ["email=&phone_number=%20", 400, "MISSING_SEARCH_PARAMS", "At least one search parameter is required", NOTHING],
  ["email=ann", 422, "INVALID_EMAIL_FORMAT", "Invalid email format", NO_EMAIL],
  ["email=ann&phone_number=2055550101", 422, "INVALID_EMAIL_FORMAT", "Invalid email format", NO_EMAIL],
  ["phone_number=call+me", 422, "INVALID_PHONE_FORMAT", "Invalid phone number format", NO_NUMBER],
  ["phone_number=555-0101", 422, "INVALID_PHONE_FORMAT", "Invalid phone number format", NO_NUMBER],
])("%j is refused as documented", async (query, status, error_code, message, error) => {
  const answer = await api.get(`/contacts/find?${query}`);
  expect(answer.status).toBe(status);
  expect(answer.body).toEqual({ status: "error", error_code, message, errors: [error] });
  expect(answer.assumptions).toEqual([]);
});

test("an address given twice is refused", async () => {
  const { status, body, assumptions } = await api.get("/contacts/find?email=a@example.com&email=b@example.com");
  expect(status).toBe(400);
  expect(body).toEqual({
    status: "error",
    error_code: "INVALID_PARAMS",
    message: "Invalid params",
    errors: ["email must be given once"],
  });
  expect(assumptions).toEqual(["A-repeated-parameter", "A-error-wording"]);
});

test("an address whose plus was not encoded gets a hint", async () => {
  const { status, hint } = await api.get("/contacts/find?email=ann+work@example.com");
  expect(status).toBe(422);
  expect(hint).toBe("A + in a query string means a space. Write it as %2B.");
});
