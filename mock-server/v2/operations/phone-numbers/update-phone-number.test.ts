import { apiClient } from "../../../testing/api-client";
import { BEN, LINE, smallWorld } from "../../../testing/worlds";

const fixtures = { ...smallWorld, foreign_line_ids: [9] };

function freshApi() {
  return apiClient({ fixtures });
}

test("a forwarding number is set, and the answer is the bare line", async () => {
  const api = freshApi();
  const { status, body, assumptions } = await api.put("/phone_numbers/1", { forwarding_number: BEN });
  expect(status).toBe(200);
  expect(body).toEqual({ id: 1, phone_number: LINE, forwarding_number: BEN, response_rate: 100 });
  expect(assumptions).toEqual(["A-forwarding-number"]);
  expect((await api.get("/phone_numbers")).body.phone_numbers).toMatchObject([body, { id: 2, forwarding_number: null }]);
});

test("the empty string clears it", async () => {
  const api = freshApi();
  await api.put("/phone_numbers/1", { forwarding_number: BEN });
  const { status, body } = await api.put("/phone_numbers/1", { forwarding_number: "" });
  expect(status).toBe(200);
  expect(body.forwarding_number).toBeNull();
});

test.each([
  ["2055550102", BEN],
  ["12055550102", BEN],
  ["+442079460958", "+442079460958"],
])("the number may be written %s", async (written, read) => {
  expect((await freshApi().put("/phone_numbers/1", { forwarding_number: written })).body.forwarding_number).toBe(read);
});

test.each(["(205) 555-0102", "0123456789", "ben@example.com", " ", "the office"])(
  "%j is no forwarding number, and nothing changes",
  async (forwarding_number) => {
    const api = freshApi();
    await api.put("/phone_numbers/1", { forwarding_number: BEN });
    const { status, body, assumptions } = await api.put("/phone_numbers/1", { forwarding_number });
    expect(status).toBe(422);
    expect(body.errors[0].detail).toBe("forwarding_number is not a valid phone number");
    expect(assumptions).toContain("A-forwarding-number");
    expect((await api.get("/phone_numbers")).body.phone_numbers[0].forwarding_number).toBe(BEN);
  },
);

test.each([{}, { forwarding_number: null }, { forwarding_number: 2055550102 }])("%j is refused", async (body) => {
  const answer = await freshApi().put("/phone_numbers/1", body);
  expect(answer.status).toBe(400);
  expect(answer.body.errors[0].detail).toMatch(/^forwarding_number /);
});

test("another organization's line is forbidden", async () => {
  const { status, body } = await freshApi().put("/phone_numbers/9", { forwarding_number: BEN });
  expect(status).toBe(403);
  expect(body.errors[0]).toEqual({
    status: 403,
    code: "forbidden",
    title: "Forbidden",
    detail: "id names a phone number that is not yours",
  });
});

test.each(["3", "0", "first"])("the line %s is not found", async (id) => {
  const { status, body, assumptions } = await freshApi().put(`/phone_numbers/${id}`, { forwarding_number: BEN });
  expect(status).toBe(404);
  expect(body.errors[0].detail).toBe("Phone number not found");
  expect(assumptions).toContain("A-404-more");
});
