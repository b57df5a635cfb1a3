import { apiClient } from "../../../testing/api-client";
import { ANN, BEN, smallWorld } from "../../../testing/worlds";

// Rests on A-v3-chat-order, A-v3-location-status, A-v3-code-choice.

test("the position of a direct chat on iMessage can be asked for; nobody shares one", async () => {
  const api = apiClient({ fixtures: smallWorld }, "v3");
  const ask = async (isWanted: (chat: { is_group: boolean; service: string }) => boolean, of: string) => {
    const { body } = await api.get(`/chats?to=${encodeURIComponent(of)}`);
    const { id } = body.chats.find(isWanted);
    return { id, answer: await api.post(`/chats/${id}/location/request`) };
  };
  const { id, answer } = await ask(({ is_group }) => !is_group, ANN);
  expect([answer.status, answer.body]).toEqual([200, { success: true, message: "Location request sent" }]);
  const { body, headers } = await api.get(`/chats/${id}/location`);
  expect(headers["content-type"]).toBe("application/geo+json");
  expect(body).toEqual({ success: true, data: { type: "FeatureCollection", features: [] } });
  expect((await ask(({ is_group }) => is_group, BEN)).answer.body.error.code).toBe(2016);
});
