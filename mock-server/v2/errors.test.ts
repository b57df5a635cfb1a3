import { type OperationId, operations } from "../../contracts/generated/v2/operations";
import { errorWording } from "../../contracts/suite/assumptions/errors";
import { documentedErrors, isDocumentedError, userNotFound } from "../../contracts/suite/documented-errors";
import { envelope, faultFailure, isDocumented, refuse } from "./errors";
import { REFUSALS, type RefusalName } from "./refusal-table";

const names = Object.keys(REFUSALS) as RefusalName[];

test.each<[RefusalName, OperationId, object]>([
  ["unauthorized", "listChats", documentedErrors.unauthorized],
  ["chatNotFound", "migrateChat", documentedErrors.chatNotFound],
  ["sendFromMissing", "createChat", documentedErrors.sendFromMissing],
  ["participantsMissing", "createChat", documentedErrors.participantsMissing],
  ["phoneNumberForeign", "updatePhoneNumber", documentedErrors.phoneNumberForeign],
  ["phoneNumberUnknown", "updatePhoneNumber", documentedErrors.phoneNumberForeign],
  ["forwardingNumberInvalid", "updatePhoneNumber", documentedErrors.forwardingNumberInvalid],
  ["contactNotFound", "deleteContact", documentedErrors.contactNotFound],
  ["contactWithoutIdentity", "createContact", documentedErrors.contactWithoutIdentity],
  ["userUnknown", "createContact", userNotFound("owner@company.com")],
  ["nothingToFindBy", "findContact", documentedErrors.nothingToFindBy],
  ["emailInvalidInQuery", "findContact", documentedErrors.emailInvalid],
  ["contactNumberInvalidInQuery", "findContact", documentedErrors.numberInvalid],
  ["contactsFailed", "listContacts", documentedErrors.contactsFailed],
  ["contactFailed", "findContact", documentedErrors.contactFailed],
])("%s has the body that is documented for %s", (name, operation, body) => {
  expect(envelope(refuse(name, { field: "owner@company.com" }), operation)).toEqual(body);
  expect(isDocumented(name)).toBe(true);
});

test.each(names.filter((name) => !isDocumented(name)))(
  "%s is worded by the pattern of its status, in either envelope",
  (name) => {
    for (const operation of ["sendMessage", "createWebhookSubscription"] as const) {
      const failure = refuse(name, { field: "text" });
      const body = envelope(failure, operation);
      expect(isDocumentedError(body)).toBe(false);
      const response = { status: failure.status, headers: {}, body, text: JSON.stringify(body) };
      const exchange = { operation, request: { method: "POST", path: "/" }, response, token: "own", ms: 1 } as const;
      if (failure.status === 429 && operations[operation].envelope === "StandardError") continue; // no pattern is known
      expect(errorWording([exchange])).toBe(`the code and the title of each ${failure.status} are as assumed`);
    }
  },
);

test.each([
  ["listContacts", 500, documentedErrors.contactsFailed],
  ["findContact", 500, documentedErrors.contactFailed],
  ["updatePhoneNumber", 403, documentedErrors.phoneNumberForeign],
  ["shareContact", 404, documentedErrors.chatNotFound],
  ["listWebhookSubscriptions", 401, documentedErrors.unauthorized],
])("a fault of %s with %i is worded as documented", (operation, status, body) => {
  expect(envelope(faultFailure(operation, { status, retryAfterS: 10, by: "vendor" }), operation)).toEqual(body);
});

test("a status with an apostrophe has a title of words", () => {
  const failure = faultFailure("listChats", { status: 418, retryAfterS: 10, by: "vendor" });
  expect(envelope(failure, "listChats")).toMatchObject({ errors: [{ code: "im_a_teapot", title: "Im A Teapot" }] });
});

test("a fault with a detail of its own keeps the code", () => {
  const failure = faultFailure("findContact", { status: 500, detail: "The disk is full", retryAfterS: 10, by: "vendor" });
  expect(envelope(failure, "findContact")).toEqual({ ...documentedErrors.contactFailed, errors: ["The disk is full"] });
});
