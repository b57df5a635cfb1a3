import type { OperationId } from "../../generated/v2/operations";
import type { RecordedExchange } from "../recorded-exchange";
import { expectEnvelope } from "./expect-envelope";
import { Broken } from "./signals";

const ERROR = { errors: [{ status: 404, code: "not_found", title: "Not Found", detail: "Chat not found" }] };
const STANDARD = { status: "error", error_code: "NOT_FOUND", message: "Not Found", errors: ["There is none"] };

function refusal(operation: OperationId, body: unknown): RecordedExchange {
  const request = { method: "GET", path: "/" };
  return { operation, request, response: { status: 404, headers: {}, body, text: "" }, token: "own", ms: 1 };
}

test.each([
  ["getChat", ERROR],
  ["updatePhoneNumber", ERROR],
  ["getContact", STANDARD],
  ["deleteWebhookSubscription", STANDARD],
] as const)("%s in the envelope of its group is right", (operation, body) => {
  expect(() => expectEnvelope(refusal(operation, body))).not.toThrow();
});

test.each([
  ["getChat", STANDARD],
  ["getContact", ERROR],
  ["getChat", { errors: [] }],
  ["getChat", "Not Found"],
  ["getContact", undefined],
] as const)("%s in something else is not", (operation, body) => {
  expect(() => expectEnvelope(refusal(operation, body))).toThrow(Broken);
});

test("what is shown is how it should look, and what came", () => {
  const evidence = {
    what: "the envelope of getContact 404",
    pointer: "",
    expected: '{"status": "error", ...}',
    received: ERROR,
  };
  expect(() => expectEnvelope(refusal("getContact", ERROR))).toThrow(expect.objectContaining({ evidence }));
});
