import type { RequestBody, RequestBodyOfV3, WebhookEvent } from "./index";
import { type Message, type MockServer, startMockServer, type TestSandbox } from "./index";

/* The compiler is the judge of what is said here of types: `npm run check`. */

let mock: MockServer;
let box: TestSandbox;

beforeAll(async () => {
  mock = await startMockServer();
  box = await mock.sandbox();
  const headers = { "X-LINQ-INTEGRATION-TOKEN": box.token, "Content-Type": "application/json" };
  const body: RequestBody<"sendMessage"> = { message: { text: "Hi" } };
  await fetch(`${box.url}/api/partner/v2/chats/46/chat_messages`, { method: "POST", headers, body: JSON.stringify(body) });
});
afterAll(() => mock.stop());

test("a request of the journal has the body of its operation, once it is known which that is", async () => {
  const [asked] = await box.requests.list({ operation: "sendMessage" });
  const sent: string | null | undefined = asked?.request.body.message.text;
  const answered: Message | undefined = asked?.response.body.data;
  // @ts-expect-error it has no such field
  expect([sent, answered?.text, asked?.request.body.contact]).toEqual(["Hi", "Hi", undefined]);

  const [any] = await box.requests.waitFor({});
  if (any?.operation !== "sendMessage") throw new Error("it was the only one");
  const narrowed: Message = any.response.body.data;
  // @ts-expect-error it has no such field
  expect([narrowed.text, any.request.body.message.picture]).toEqual(["Hi", undefined]);

  // @ts-expect-error there is no such operation
  await expect(box.requests.list({ operation: "sendMail" })).rejects.toThrow("The API has no operation sendMail");
  // @ts-expect-error there is no such event
  await expect(box.deliveries.list({ event: "message.recieved" })).rejects.toThrow("Did you mean message.received?");
});

test("a request of V3 has the body of its operation there", async () => {
  const headers = { Authorization: `Bearer ${box.token}`, "Content-Type": "application/json" };
  const body: RequestBodyOfV3<"createChat"> = {
    from: "+12052761148",
    to: ["+12055426109"],
    message: { parts: [{ type: "text", value: "Hi" }] },
  };
  await fetch(`${box.url}/api/partner/v3/chats`, { method: "POST", headers, body: JSON.stringify(body) });
  const [asked] = await box.requests.waitFor({ operation: "createChat", version: "v3" });
  const line: string | undefined = asked?.request.body.from;
  // @ts-expect-error it has no such field
  expect([line, asked?.request.body.send_from]).toEqual(["+12052761148", undefined]);
  expect(asked?.response.body.chat.message.delivery_status).toBe("pending");
  expect(await box.requests.list({ operation: "createChat", version: "v2" })).toEqual([]);
  expect(await box.requests.list({ operation: "getAvailableNumber" })).toEqual([]);
});

test("the event of a webhook is told by its type", () => {
  const textOf = (event: WebhookEvent): string | null | undefined => {
    if (event.event_type === "message.received") return event.data.text;
    // @ts-expect-error most events have no text
    return event.data.text;
  };
  const known: WebhookEvent<"contact.deleted">["data"] = { id: 7 };
  expect(textOf({ event_type: "contact.deleted", data: known } as WebhookEvent<"contact.deleted">)).toBeUndefined();
});
