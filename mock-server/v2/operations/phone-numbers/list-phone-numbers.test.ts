import { apiClient } from "../../../testing/api-client";
import { BEN, LINE, OTHER_LINE, smallWorld } from "../../../testing/worlds";

test("the lines are listed by their ids, and whose they are is not told any more", async () => {
  const lines = [
    { id: 7, phone_number: OTHER_LINE },
    { id: 3, phone_number: LINE, forwarding_number: BEN, response_rate: 96, user: "ada@example.com" },
  ];
  const { status, body, assumptions } = await apiClient({ fixtures: { ...smallWorld, lines } }).get("/phone_numbers");
  expect(status).toBe(200);
  expect(body).toEqual({
    phone_numbers: [
      { id: 3, phone_number: LINE, forwarding_number: BEN, response_rate: 96 },
      { id: 7, phone_number: OTHER_LINE, forwarding_number: null, response_rate: 75 },
    ],
  });
  expect(assumptions).toEqual(["A-list-order"]);
});

test("an organization may have no lines", async () => {
  const { body } = await apiClient({ fixtures: { version: 1 } }).get("/phone_numbers");
  expect(body).toEqual({ phone_numbers: [] });
});
