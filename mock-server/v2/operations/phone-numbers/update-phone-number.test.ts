import { apiClient } from "../../../testing/api-client";
import { BEN, LINE, smallWorld } from "../../../testing/worlds";

// Asserted here, too: A-list-order.

const fixtures = { ...smallWorld, foreign_line_ids: [9] };

function freshApi() {
  return apiClient({ fixtures });
}

test("a forwarding number is set, and the answer is the bare line", async () => {
  const api = freshApi();
  const { status, body, assumptions } = await api.put("/phone_numbers/1", { forwarding_number: BEN });
  expect(status).toBe(200);
  expect(body).toEqual({ id: 1, phone_number: LINE, forwarding_number: BEN, response_rate: 75 });
  expect(assumptions).toEqual(["A-forwarding-number"]);
  expect((await api.get("/phone_numbers")).body.phone_numbers).toMatchObject([body, { id: 2, forwarding_number: null }]);
});

test.each(["", null])("%j clears it", async (forwarding_number) => {
  const api = freshApi();
  await api.put("/phone_numbers/1", { forwarding_number: BEN });
  const { status, body, assumptions } = await api.put("/phone_numbers/1", { forwarding_number });
  expect(status).toBe(200);
  expect(body.forwarding_number).toBeNull();
  expect(assumptions).toEqual([]);
});

test.each([[{}], [undefined]])("without the field nothing changes: %j", async (sent) => {
  const api = freshApi();
  await api.put("/phone_numbers/1", { forwarding_number: BEN });
  const { status, body, assumptions } = await api.put("/phone_numbers/1", sent);
  expect({ status, body }).toMatchObject({ status: 200, body: { id: 1, forwarding_number: BEN } });
  expect(assumptions).toEqual(["A-forwarding-missing"]);
});

test.each([
  ["2055550102", BEN],
  ["12055550102", BEN],
  ["+442079460958", "+442079460958"],
])("the number may be written %s", async (written, read) => {
  expect((await freshApi().put("/phone_numbers/1", { forwarding_number: written })).body.forwarding_number).toBe(read);
});

test.each(["(205) 555-0102", "0123456789", "ben@example.com", " ", "the office", 2055550102, true, [BEN], {}])(
  "%j is no forwarding number, and nothing changes",
  async (forwarding_number) => {
    const api = freshApi();
    await api.put("/phone_numbers/1", { forwarding_number: BEN });
    const { status, body, assumptions } = await api.put("/phone_numbers/1", { forwarding_number });
    const error = { status: 422, code: "invalid_request", title: "Invalid Request", detail: "Forwarding number is invalid" };
    expect({ status, body }).toEqual({ status: 422, body: { errors: [error] } });
    expect(assumptions).toEqual(["A-forwarding-number"]);
    expect((await api.get("/phone_numbers")).body.phone_numbers[0].forwarding_number).toBe(BEN);
  },
);

test("a number that is no text is told so", async () => {
  const { hint } = await freshApi().put("/phone_numbers/1", { forwarding_number: 2055550102 });
  expect(hint).toContain("forwarding_number must be a string or null.");
});

test.each([
  ["another organization's line", 9, []],
  ["a line that nobody has", 3, ["A-line-unknown"]],
  ["the line 0", 0, ["A-line-unknown"]],
  ["the line -1", -1, ["A-line-unknown"]],
  ["a line of more digits than any", "99999999999999999999", ["A-line-unknown"]],
])("%s is forbidden", async (_, id, assumed) => {
  const { status, body, assumptions } = await freshApi().put(`/phone_numbers/${id}`, { forwarding_number: BEN });
  const detail = "This phone number doesn't belong to your organization";
  const error = { status: 403, code: "forbidden", title: "Forbidden", detail };
  expect({ status, body }).toEqual({ status: 403, body: { errors: [error] } });
  expect(assumptions).toEqual(assumed);
});

test.each(["first", "01", "1.5", "-0"])("a line whose id is none is not found: %s", async (id) => {
  const { status, body, assumptions } = await freshApi().put(`/phone_numbers/${id}`, { forwarding_number: BEN });
  expect(status).toBe(404);
  expect(body.errors[0].detail).toBe("Phone number not found");
  expect(assumptions).toEqual(["A-id-shape", "A-error-wording"]);
});
