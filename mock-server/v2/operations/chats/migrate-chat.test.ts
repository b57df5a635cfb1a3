import { apiClient } from "../../../testing/api-client";
import { ANN, BEN, LINE, smallWorld } from "../../../testing/worlds";

const api = apiClient({
  fixtures: {
    ...smallWorld,
    chats: [
      { line: LINE, participants: [ANN] },
      { line: LINE, participants: [BEN], migratable: false },
    ],
  },
});

test("a chat has one id in V3, however often it is asked for, and after a reset", async () => {
  const first = await api.get("/chats/1/migrate_to_v3");
  expect(first).toMatchObject({ status: 200, hint: undefined, assumptions: ["A-migrate"] });
  expect(first.body).toEqual({ data: { v3_chat_id: expect.any(String), v2_chat_id: 1, migrated: true } });
  expect((await api.get("/chats/1/migrate_to_v3")).body).toEqual(first.body);
  await api.post("//__mock/reset");
  expect((await api.get("/chats/1/migrate_to_v3")).body).toEqual(first.body);
});

test("a chat that the fixture says cannot be migrated is told in the form of the success, and stays so in an export", async () => {
  const { status, body, assumptions } = await api.get("/chats/2/migrate_to_v3");
  expect({ status, body }).toEqual({ status: 422, body: { data: { v3_chat_id: null, v2_chat_id: 2, migrated: false } } });
  expect(assumptions).toEqual(["A-migrate"]);
  const { chats } = (await api.get("//__mock/state")).body;
  expect(chats.map(({ migratable }: { migratable?: boolean }) => migratable)).toEqual([undefined, false]);
});

test("a chat that does not exist is the documented 404", async () => {
  const { status, body, assumptions } = await api.get("/chats/99/migrate_to_v3");
  const error = { status: 404, code: "not_found", title: "Not Found", detail: "Chat not found" };
  expect({ status, body, assumptions }).toEqual({ status: 404, body: { errors: [error] }, assumptions: [] });
});
