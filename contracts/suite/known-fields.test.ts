import { knownFields } from "./known-fields";
import { anExchange } from "./reports/testing/an-exchange";

const line = { id: 1, phone_number: "+12052761148", forwarding_number: null, response_rate: 75 };

test("of an answer, laws see what the contract knows", () => {
  const body = { phone_numbers: [{ ...line, read_at: "now" }, line], request_id: "one" };
  expect(knownFields(anExchange("/phone_numbers", { body }))).toEqual({ phone_numbers: [line, line] });
  expect(body.phone_numbers[0]).toHaveProperty("read_at");
});

test("what is wrong in another way stays, for laws to stumble over", () => {
  const body = { phone_numbers: [{ ...line, id: "one" }] };
  expect(knownFields(anExchange("/phone_numbers", { body }))).toBe(body);
  expect(knownFields(anExchange("/phone_numbers", { body: "a page" }))).toBe("a page");
});
