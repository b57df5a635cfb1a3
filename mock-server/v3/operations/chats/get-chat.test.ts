import { apiClient } from "../../../testing/api-client";
import { ANN, LINE, smallWorld } from "../../../testing/worlds";

const api = apiClient({ fixtures: smallWorld }, "v3");
const v2 = "//api/partner/v2";

async function idOfFirst(): Promise<string> {
  const { body } = await api.get(`${v2}/chats/1/migrate_to_v3`, { "X-LINQ-INTEGRATION-TOKEN": "test" });
  return body.data.v3_chat_id;
}

// The names rest on A-migrate, A-v3-display-name, A-v3-handles-order.
test("a chat of V2 is there, by the id that V2 says it has", async () => {
  const id = await idOfFirst();
  const { status, body, headers } = await api.get(`/chats/${id}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ id, display_name: `${LINE}, ${ANN}`, is_group: false, service: "iMessage" });
  expect(body.handles.map(({ handle, is_me }: { handle: string; is_me: boolean }) => [handle, is_me])).toEqual([
    [LINE, true],
    [ANN, false],
  ]);
  expect(headers["x-trace-id"]).toMatch(/^[\da-f]{32}$/);
});

test("an id that is no UUID is the documented 400", async () => {
  const { body, headers } = await api.get("/chats/46"); // A-v3-code-choice
  expect(body).toEqual({
    success: false,
    error: {
      status: 400,
      code: 1005,
      message: "invalid chatId format: must be a valid UUID",
      doc_url: "https://docs.linqapp.com/error/codes/1xxx/1005/",
    },
    trace_id: headers["x-trace-id"],
  });
});

test("a UUID of nothing is 404 (A-v3-code-choice)", async () => {
  const { status, body } = await api.get("/chats/550e8400-e29b-41d4-a716-446655440000");
  expect([status, body.error.code, body.error.message]).toEqual([404, 2001, "Resource not found"]);
});

test("without a bearer token it is 401 (A-v3-code-choice), and who sends V2's header is told", async () => {
  const { status, body, hint } = await api.get("/phone_numbers", { Authorization: "", "X-LINQ-INTEGRATION-TOKEN": "test" });
  expect([status, body.error.code]).toEqual([401, 2004]);
  expect(hint).toContain("X-LINQ-INTEGRATION-TOKEN is the header of V2");
});
