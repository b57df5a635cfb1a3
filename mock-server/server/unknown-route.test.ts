import express from "express";
import type { OperationId } from "../../contracts/generated/v2/operations";
import { supertest } from "../testing/supertest";
import { v2 } from "../v2/index";
import { API_VERSIONS } from "../versions";
import type { ApiVersion } from "./api-version";
import { createLocalMock } from "./create-app";
import { exchangeOpener } from "./exchange";
import type { Logger } from "./logger";
import { handleError } from "./unknown-route";

// Asserted here, too: A-404-others, A-error-wording.

function appThatThrows(error: unknown, operation?: OperationId) {
  const errors: unknown[] = [];
  const { sandboxes, log: silent } = createLocalMock({});
  const log: Logger = { ...silent, error: (_text, thrown) => errors.push(thrown) };
  const app = express();
  const open = exchangeOpener(API_VERSIONS, log, sandboxes);
  app.use((req, res) => {
    open(req, res).operation = operation;
    throw error;
  });
  app.use(handleError);
  return { app, errors };
}

test.each([
  new Error("a defect"),
  new TypeError("another"),
  Object.assign(new TypeError("of Node's"), { code: "ERR_INVALID_ARG_TYPE" }),
  Object.assign(new Error("with a status"), { status: 400 }),
  new URIError("in an operation"),
])("a defect of ours is a 500, and in the log: %s", async (error) => {
  const { app, errors } = appThatThrows(error, "getContact");
  const { status, body } = await supertest(app).get("/");
  expect({ status, body }).toEqual({
    status: 500,
    body: {
      status: "error",
      error_code: "INTERNAL_ERROR",
      message: "Internal error",
      errors: ["linq-mock failed to answer; its log says why"],
    },
  });
  expect(errors).toEqual([error]);
});

test("a path that cannot be decoded is refused in the words of the version that it is below", async () => {
  const later: ApiVersion = { ...v2, name: "v3", prefix: "/api/partner/v3", envelope: ({ detail }) => ({ problem: detail }) };
  const { app } = createLocalMock({}, [v2, later]);
  const asked = await supertest(app).get("/api/partner/v3/chats/%ff").set("X-LINQ-INTEGRATION-TOKEN", "any");
  expect([asked.status, asked.body]).toEqual([404, { problem: "Route not found" }]);
  expect((await supertest(app).get("/api/partner/v2/chats/%ff")).body).toMatchObject({ errors: [{ code: "not_found" }] });
});
