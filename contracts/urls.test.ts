import { isUrl } from "./urls";

test.each([
  ["https://a.test/x?y#z", true],
  ["https://bücher.example/a.pdf", true],
  ["mailto:ann@example.com", true],
  ["https://", false],
  ["/path", false],
  ["", false],
])("%j is a URL: %j", (text, expected) => {
  for (let times = 0; times < 50_000; times += 1)
    if (isUrl(text) !== expected) throw new Error(`after ${times} times: ${!expected}`);
});

test("a path is a URL from a base", () => {
  expect(isUrl("/path", "https://a.test")).toBe(true);
});
