import { apiPathOf } from "./operations";

test.each([
  ["https://api.linqapp.com/api/partner/v2/chats/46?x=1", "/chats/46?x=1"],
  ["http://localhost:4010/s/team-a/api/partner/v2/chats", "/chats"],
  ["https://gateway.example.com/linq/api/partner/v2/contacts/find?email=a%40b.co", "/contacts/find?email=a%40b.co"],
  ["/api/partner/v2/phone_numbers", "/phone_numbers"],
  ["https://api.linqapp.com/api/partner/v25/chats", undefined],
  ["https://api.linqapp.com/api/partner/v2", undefined],
  ["https://api.linqapp.com/chats?to=/api/partner/v2/chats", undefined],
  ["http://", undefined],
  ["", undefined],
])("below the prefix, %s is %s", (url, path) => {
  expect(apiPathOf(url)).toBe(path);
});
