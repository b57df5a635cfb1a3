import type { OperationId } from "../../generated/v2/operations";
import type { RecordedExchange } from "../report";
import { errorWording } from "./errors";

function refusal(operation: OperationId, status: number, body: unknown): RecordedExchange {
  const response = { status, headers: {}, body, text: JSON.stringify(body) };
  return { operation, request: { method: "GET", path: "/" }, response, token: "own", ms: 1 };
}

function error(status: number, code: string, title: string): RecordedExchange {
  return refusal("listChats", status, { errors: [{ status, code, title, detail: "Ann Lee is not here" }] });
}

function standard(status: number, error_code: string, message: string): RecordedExchange {
  return refusal("getContact", status, { status: "error", error_code, message, errors: [] });
}

test("both envelopes are looked at", () => {
  const seen = [error(400, "bad_request", "Bad Request"), standard(422, "UNPROCESSABLE_ENTITY", "Unprocessable Entity")];
  expect(errorWording(seen)).toBe("the code and the title of each 400, 422 are the name of the status");
});

test.each([
  ["the code of a 400 is invalid_parameter instead of bad_request", error(400, "invalid_parameter", "Bad Request")],
  ["the code of a 400 is another instead of bad_request", error(400, "no Ann Lee", "Bad Request")],
  ["the title of a 422 is another instead of Unprocessable Entity", error(422, "unprocessable_entity", "Ann Lee is no name")],
  ["the code of a 422 is unprocessable_entity instead of UNPROCESSABLE_ENTITY", standard(422, "unprocessable_entity", "")],
])("%s", (message, exchange) => {
  expect(() => errorWording([exchange])).toThrow(expect.objectContaining({ name: "Contradiction", message, exchange }));
});

test("what is documented, or has another shape, says nothing", () => {
  const documented = standard(404, "CONTACT_NOT_FOUND", "Contact not found");
  const others = [refusal("listChats", 400, { error: "no" }), refusal("listChats", 400, "no"), refusal("listChats", 200, {})];
  expect(() => errorWording([documented, ...others])).toThrow("no refusal was seen whose words are not documented");
});
