import { apiClient } from "../../../testing/api-client";
import { smallWorld } from "../../../testing/worlds";

// Asserted here, too: A-delivery, A-error-wording, A-404-others.

const PATH = "/chats/1/chat_messages";
const NOW = "2025-07-01T12:00:00.000-05:00";

/** In which message 2 was sent from the line. */
async function apiWithSent(message: object = { text: "Teh plan" }) {
  const api = apiClient({ fixtures: smallWorld, clock: NOW });
  await api.post(PATH, { message });
  return api;
}

test("an own message gets another text, and keeps the rest", async () => {
  const api = await apiWithSent();
  const { body: sent } = await api.get(`${PATH}/2`);
  await api.advance(60_000);
  const { status, body, assumptions } = await api.post(`${PATH}/2/edit`, { text: "The plan" });
  expect(status).toBe(200);
  expect(body).toEqual({ message: "Message edited successfully", data: { id: 2, text: "The plan" } });
  expect(assumptions).toEqual([]);
  expect((await api.get(`${PATH}/2`)).body.data).toEqual({
    ...sent.data,
    text: "The plan",
    edited_at: "2025-07-01T12:01:00.000-05:00",
    delivery_status: "delivered",
    delivered_at: "2025-07-01T12:00:00.500-05:00",
  });
});

test.each([
  ["15 minutes", 15 * 60_000, []],
  ["a day", 86_400_000, ["A-edit-window"]],
])("a message of %s ago may be edited, though the platform stops after 15 minutes", async (_, age, rested) => {
  const api = await apiWithSent();
  await api.advance(age);
  const { status, assumptions } = await api.post(`${PATH}/2/edit`, { text: "The plan" });
  expect({ status, assumptions }).toEqual({ status: 200, assumptions: rested });
});

test("somebody else's message cannot be edited", async () => {
  const api = await apiWithSent();
  const { status, body, assumptions } = await api.post(`${PATH}/1/edit`, { text: "I owe you" });
  expect(status).toBe(422);
  expect(body.errors[0].detail).toBe("Only messages sent from your own phone number can be edited");
  expect(assumptions).toContain("A-edit-own");
  expect((await api.get(`${PATH}/1`)).body.data).toMatchObject({ text: "Hello", edited_at: null });
});

test.each(["", " \n"])("the text %j is blank, and refused", async (text) => {
  const api = await apiWithSent();
  const { status, body, assumptions } = await api.post(`${PATH}/2/edit`, { text });
  expect(status).toBe(422);
  expect(body.errors[0].detail).toBe("text must not be blank");
  expect(assumptions).toContain("A-text-blank");
  expect((await api.get(`${PATH}/2`)).body.data.text).toBe("Teh plan");
});

test("a message with an attachment may lose its text", async () => {
  const api = await apiWithSent({ text: "The plan", attachment_urls: ["https://files.example.com/a.png"] });
  const { status, body, assumptions } = await api.post(`${PATH}/2/edit`, { text: "" });
  expect(status).toBe(200);
  expect(body.data.text).toBe("");
  expect(assumptions).toContain("A-text-blank");
});

test("a wrapped text is refused with a hint (A-create-status)", async () => {
  const api = await apiWithSent();
  const { status, body, hint } = await api.post(`${PATH}/2/edit`, { message: { text: "The plan" } });
  expect(status).toBe(400);
  expect(body.errors[0].detail).toBe("Missing required parameter: text");
  expect(hint).toBe("text is read at the top level only.");
});

test.each(["/chats/1/chat_messages/99", "/chats/2/chat_messages/2", "/chats/99/chat_messages/2"])(
  "%s cannot be edited, because it is not there",
  async (path) => {
    const api = await apiWithSent();
    expect((await api.post(`${path}/edit`, { text: "The plan" })).status).toBe(404);
    expect((await api.get(`${PATH}/2`)).body.data.text).toBe("Teh plan");
  },
);
