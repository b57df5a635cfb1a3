import { type MockServer, startMockServer } from "./start-mock-server";

// Asserted here, too: A-create-status, A-error-wording, A-contact-status.

/* What is nested so deeply that it cannot be written again is refused where it comes in. */

const DEEP = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
const API = "/api/partner/v2";

let mock: MockServer;
beforeAll(async () => {
  mock = await startMockServer();
});
afterAll(() => mock.stop());

test.each([
  ["POST", `${API}/chats`, DEEP, 400],
  ["POST", `${API}/chats/46/chat_messages`, `{"message":{"text":"Hi","x":${DEEP}}}`, 400],
  ["POST", `${API}/contacts`, `{"contact":{"first_name":"Hi","x":${DEEP}}}`, 422],
  ["DELETE", `${API}/contacts/1`, DEEP, 204], // nobody reads it
  ["PUT", "/__mock/fixtures", `{"version":1,"chats":${DEEP}}`, 400],
  ["POST", "/__mock/faults", `{"fault":${DEEP}}`, 400],
  ["PUT", "/__mock/clock", DEEP, 400],
  ["POST", "/__mock/simulate/message", `{"chat":46,"text":${DEEP}}`, 400],
])("%s %s", async (method, path, body, status) => {
  const headers = { "X-LINQ-INTEGRATION-TOKEN": "any", "Content-Type": "application/json" };
  const response = await fetch(`${mock.url}${path}`, { method, headers, body });
  expect(response.status).toBe(status);
  if (status !== 204) expect(await response.text()).toMatch(/nested too deeply/);
  expect((await fetch(`${mock.url}/__mock/requests`)).status).toBe(200);
});

test.each(["multipart/form-data", "application/x-www-form-urlencoded"])("a name in a form, %s", async (type) => {
  const name = `message${"[a]".repeat(100_000)}`;
  const [headers, body] =
    type === "multipart/form-data"
      ? [
          { "Content-Type": `${type}; boundary=x` },
          `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n1\r\n--x--\r\n`,
        ]
      : [{ "Content-Type": type }, `${name}=1`];
  const url = `${mock.url}${API}/chats/46/chat_messages`;
  const response = await fetch(url, { method: "POST", headers: { "X-LINQ-INTEGRATION-TOKEN": "any", ...headers }, body });
  expect(response.status).toBe(400);
  expect((await fetch(`${mock.url}/__mock/requests`)).status).toBe(200);
});
