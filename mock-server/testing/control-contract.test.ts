import { requireControlContract } from "./control-contract";

const CLOCK = { mode: "real", now: "2025-07-01T12:00:00.000-05:00", next: null };
const ERROR = { error: { code: "invalid", message: "No" } };

test.each([
  ["GET", "/__mock/clock", 200, CLOCK],
  ["GET", "/s/box/__mock/clock?x=1", 200, CLOCK],
  ["PUT", "/__mock/snapshots/a", 204, undefined],
  ["POST", "/__mock/simulate/typing", 422, ERROR],
  ["GET", "/__mock/nothing", 404, ERROR],
  ["GET", "/chats/1", 200, {}],
])("%s %s %i may be answered so", (method, path, status, body) => {
  expect(() => requireControlContract(method, path, status, body)).not.toThrow();
});

test.each([
  ["GET", "/__mock/clock", 200, { ...CLOCK, zone: "CST" }, "the answer has the unknown field zone"],
  ["GET", "/s/box/__mock/clock", 200, { mode: "real", next: null }, "now is missing"],
  ["GET", "/__mock/clock", 200, { ...CLOCK, mode: "odd" }, "mode must be one of real, frozen"],
  ["GET", "/__mock/clock", 200, undefined, "there is no JSON body"],
  ["GET", "/__mock/clock", 201, CLOCK, `the status is not declared: ${JSON.stringify(CLOCK)}`],
  ["PUT", "/__mock/snapshots/a", 204, {}, "there must be no body"],
  ["GET", "/__mock/clock", 404, { errors: [] }, "error is missing"],
  ["GET", "/__mock/nothing", 200, {}, "the status is not declared: {}"],
])("%s %s %i may not be answered so: %j", (method, path, status, body, violation) => {
  expect(() => requireControlContract(method, path, status, body)).toThrow(
    `${method} ${path} ${status} breaks the control API's document: ${violation}`,
  );
});
