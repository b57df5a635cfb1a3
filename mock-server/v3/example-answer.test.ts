import { operations } from "../../contracts/generated/v3/operations";
import { apiClient } from "../testing/api-client";
import { smallWorld } from "../testing/worlds";
import { routes } from "./routes";

// Rests on A-v3-background-delete-status, A-v3-code-choice, A-v3-message-order.

test("every operation that clients use has something behind it", () => {
  const all = Object.values(operations).map(({ method, path, tier }) => ({ route: `${method} ${path}`, tier }));
  const examples = all.filter(({ route }) => !Object.hasOwn(routes, route));
  expect(examples.filter(({ tier }) => tier !== "rare")).toEqual([]);
  expect(examples.length).toBeGreaterThan(0);
});

test("an operation with nothing behind it says so, and its chat must be there all the same", async () => {
  const api = apiClient({ fixtures: smallWorld }, "v3");
  const { body } = await api.get("/chats");
  const { status, hint } = await api.send("DELETE", `/chats/${body.chats[0].id}/background`);
  expect([status, hint]).toEqual([202, expect.stringContaining("nothing behind")]);
  const unknown = await api.send("DELETE", "/chats/550e8400-e29b-41d4-a716-446655440000/background");
  expect([unknown.status, unknown.body.error.code]).toEqual([404, 2001]);
  const chat = await api.get("/chats");
  expect(chat.hint).toBeUndefined();
});

test("its trace is that of the request", async () => {
  const api = apiClient({ fixtures: smallWorld }, "v3");
  const { body } = await api.get("/chats");
  const withMessage = body.chats.map(({ id }: { id: string }) => id);
  const lists = await Promise.all(withMessage.map((id: string) => api.get(`/chats/${id}/messages`)));
  const message = lists.flatMap((list) => list.body.messages)[0].id;
  const moved = await api.patch(`/messages/${message}/reactions/550e8400-e29b-41d4-a716-446655440000`, { x: 0 });
  expect(moved.body.trace_id).toBe(moved.headers["x-trace-id"]);
});
