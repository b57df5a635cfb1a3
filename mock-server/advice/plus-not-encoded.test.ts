import { AdviceTester } from "../testing/advice-tester";

const bench = new AdviceTester();

test.each([
  ["/chats/find?phone_number=+12052761148&phone_numbers%5B%5D=+12055550101", "phone_number and phone_numbers[]"],
  ["/chats?phone_number=+12052761148", "phone_number"],
  ["/contacts/find?email=ann+work@example.com", "email"],
  ["/contacts/find?email=ann+work%40example.com", "email"],
  ["/chats/1/chat_messages?after=2020-01-01T00:00:00+02:00", "after"],
  ["/chats/1/chat_messages?before=2030-01-01T00%3A00%3A00+02%3A00", "before"],
])("%s", async (path, names) => {
  await bench.api("GET", path, undefined, { "X-Request-Id": "plus" });
  const route = path.split("?")[0];
  expect(await bench.box.advice()).toMatchObject([
    {
      id: "plus-not-encoded",
      title: "1 query has a plus that is not encoded",
      evidence: [{ requests: ["plus"], what: `GET /api/partner/v2${route} has a bare plus in ${names}` }],
    },
  ]);
});

test.each([
  "/chats/find?phone_number=%2B12052761148&phone_numbers%5B%5D=%2B12055550101",
  `/contacts/find?${new URLSearchParams({ phone_number: "(205) 555-0101", email: "ann+work@example.com" })}`,
  `/chats/1/chat_messages?${new URLSearchParams({ after: "2020-01-01T00:00:00+02:00" })}`,
  "/chats/1/chat_messages?after=2020-01-01T00:00:00-06:00",
  "/nothing?phone_number=+12052761148",
])("nothing is advised of %s", async (path) => {
  await bench.api("GET", path);
  expect(await bench.advised()).toEqual([]);
});
