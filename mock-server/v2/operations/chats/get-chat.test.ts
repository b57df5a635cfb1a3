import { findChatPath } from "../../../../contracts/operations";
import { apiClient } from "../../../testing/api-client";
import { ANN, LINE, smallWorld } from "../../../testing/worlds";

const api = apiClient({ fixtures: smallWorld });
const NOT_FOUND = { errors: [{ status: 404, code: "not_found", title: "Not Found", detail: "Chat not found" }] };

test("a chat is the same as Find Chat shows it (A-find-match)", async () => {
  const { status, body } = await api.get("/chats/1");
  expect(status).toBe(200);
  expect(body.data).toEqual((await api.get(findChatPath(LINE, [ANN]))).body.data.chat);
});

test("a misspelt find is recognized", async () => {
  expect((await api.get("/chats/fnd?phone_number=1")).hint).toBe("That was read as an id; did you mean find?");
});

test.each([
  "6",
  "0",
  "-1",
  "1.5",
  "01",
  "1e0",
  "9007199254740993",
  "99999999999999999999",
  "%2e%2e",
  "%00",
  "find%2F",
  "1%20",
  "__proto__",
])("the id %s is nobody's, with the documented answer", async (id) => {
  const { status, body } = await api.get(`/chats/${id}`);
  expect({ status, body }).toEqual({ status: 404, body: NOT_FOUND });
});

test.each(["undefined", "null", "NaN", "None", "nil", ":id", "%7Bid%7D", "%3Cid%3E", "[object%20Object]"])(
  "whoever asks for %s has read the id from the wrong place",
  async (id) => {
    const { status, hint, assumptions } = await api.get(`/chats/${id}`);
    expect(status).toBe(404);
    expect(hint).toContain("data.id in the answer of Create Chat");
    expect(assumptions).toContain("A-id-shape");
  },
);
