import type { OperationId } from "../../generated/v2/operations";
import { documentedErrors, userNotFound } from "../documented-errors";
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
  const seen = [
    error(400, "missing_phone", "Missing Phone"),
    error(422, "invalid_params", "Invalid Params"),
    standard(422, "VALIDATION_ERROR", "Contact validation failed"),
    standard(404, "CONTACT_NOT_FOUND", "Contact was not found"), // each operation has the code of its thing
    refusal("findContact", 422, { status: "error", error_code: "INVALID_EMAIL_FORMAT", message: "No address", errors: [] }),
  ];
  expect(errorWording(seen)).toBe("the code and the title of each 400, 404, 422 are as assumed");
});

const CODES_OF_400 = "missing_phone or missing_params or invalid_params";

test.each([
  [`the code of a 400 of List Chats is bad_request instead of ${CODES_OF_400}`, error(400, "bad_request", "Bad Request")],
  [`the code of a 400 of List Chats is another instead of ${CODES_OF_400}`, error(400, "no Ann Lee", "Bad Request")],
  ["the title of a 422 is another instead of Invalid Params", error(422, "invalid_params", "Ann Lee is no name")],
  ["the code of a 422 of Get Contact is invalid_params instead of VALIDATION_ERROR", standard(422, "invalid_params", "")],
])("%s", (message, exchange) => {
  expect(() => errorWording([exchange])).toThrow(expect.objectContaining({ name: "Contradiction", message, exchange }));
});

test("what is documented, or has another shape, says nothing", () => {
  const documented = Object.values(documentedErrors).map((body) => refusal("getContact", 422, body));
  const unknownUser = refusal("createContact", 422, userNotFound("ann@example.com"));
  const others = [refusal("listChats", 400, { error: "no" }), refusal("listChats", 400, "no"), refusal("listChats", 200, {})];
  const seen = [...documented, unknownUser, ...others];
  expect(() => errorWording(seen)).toThrow("no refusal was seen whose words are not documented");
});
