import { apiClient } from "../../../testing/api-client";
import { smallWorld } from "../../../testing/worlds";

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

test.each(["email=nobody@example.com", "phone_number=2055550199", "email=ann"])("%s finds nobody, with 200", async (query) => {
  const { status, body, hint } = await api.get(`/contacts/find?${query}`);
  expect({ status, body }).toEqual({ status: 200, body: { contact: null } });
  expect(hint).toContain("Not found is 200");
});

test.each([
  ["", "email or phone_number is required", "A-query-missing"],
  ["email=&phone_number=%20", "email or phone_number is required", "A-query-missing"],
  ["phone_number=call+me", "phone_number is not a valid phone number", "A-number-invalid"],
  ["phone_number=555-0101", "phone_number is not a valid phone number", "A-number-invalid"],
  ["email=a@example.com&email=b@example.com", "email must be given once", "A-repeated-parameter"],
])("%j is refused", async (query, detail, assumption) => {
  const { status, body, assumptions } = await api.get(`/contacts/find?${query}`);
  expect(status).toBe(400);
  expect(body).toEqual({ status: "error", error_code: "BAD_REQUEST", message: "Bad Request", errors: [detail] });
  expect(assumptions).toContain(assumption);
});
