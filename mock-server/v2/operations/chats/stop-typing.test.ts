import { apiClient } from "../../../testing/api-client";
import { ANN, LINE, smallWorld } from "../../../testing/worlds";

const NOW = "2025-07-01T12:00:00.000-05:00";

test("the line's typing ends, a participant's does not", async () => {
  const until = "2025-07-01T12:00:30.000-05:00";
  const chats = [{ line: LINE, participants: [ANN], typing: [{ from: ANN, until }] }];
  const api = apiClient({ fixtures: { ...smallWorld, chats }, clock: NOW });
  await api.post("/chats/1/start_typing");
  const { status, body } = await api.delete("/chats/1/stop_typing");
  expect({ status, body }).toEqual({ status: 204, body: undefined });
  expect((await api.get("//__mock/state")).body.chats[0].typing).toEqual([{ from: ANN, until }]);
});

test("whoever does not type may stop", async () => {
  expect((await apiClient({ fixtures: smallWorld }).delete("/chats/1/stop_typing")).status).toBe(204);
});

test("POST stops nothing, and the hint says what does (A-method-unknown, A-error-wording)", async () => {
  const api = apiClient({ fixtures: smallWorld, clock: NOW });
  await api.post("/chats/1/start_typing");
  const { status, hint } = await api.post("/chats/1/stop_typing");
  expect(status).toBe(404);
  expect(hint).toContain("DELETE");
  expect((await api.get("//__mock/state")).body.chats[0].typing).toHaveLength(1);
});

test("a chat that does not exist is not found", async () => {
  const { status, body } = await apiClient({ fixtures: smallWorld }).delete("/chats/99/stop_typing");
  expect(status).toBe(404);
  expect(body.errors[0].detail).toBe("Chat not found");
});
