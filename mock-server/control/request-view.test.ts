import { v2 } from "../v2/index";
import { PublicIds } from "../world/public-ids";
import { requestView } from "./requests";

const entry = {
  ...{
    requestId: "req-1",
    at: 0,
    startedAt: 0,
    ms: 1,
    connection: undefined,
    method: "POST",
    url: "/chats",
    operation: "createChat",
    headers: {},
    bodyBytes: 0,
  },
  ...{ status: 400, answer: "", hint: undefined, assumptions: [] },
};

test("a body that is nested too deep to be written is not shown", () => {
  const body: unknown = JSON.parse(`{"deep":${"[".repeat(100_000)}${"]".repeat(100_000)}}`);
  expect(requestView({ ...entry, body }, v2, { publicIds: new PublicIds("default") }).request.body).toBe("(nested too deep)");
});

test("the secret of a webhook subscription is not shown", () => {
  const body = { webhook_subscription: { secret: "s3cret", version: 2 } };
  expect(requestView({ ...entry, body }, v2, { publicIds: new PublicIds("default") }).request.body).toEqual({
    webhook_subscription: { secret: "(hidden)", version: 2 },
  });
});
