import { redactExchange } from "./redact-exchange";
import { redactHeaders } from "./redact-headers";
import { Redaction } from "./redaction";
import { aCall } from "./testing/a-call";

test.each([
  ["accept", "application/json, text/html;q=0.9, */*;q=0.8"],
  ["vary", "Origin, Prefer"],
  ["allow", "GET,POST"],
  ["cache-control", "no-store, max-age=60"],
  ["x-linq-mock-assumption", "A-auth-everywhere, A-head"],
  ["x-request-id", "req-123456"],
  ["x-request-id", "0b7e1f6e-6c5e-4c58-9d0a-0b7e1f6e6c5e"],
])("%s: %s tells nothing of anybody", (name, value) => {
  expect(redactHeaders({ [name]: value }, new Redaction())).toEqual([[name, value]]);
});

test.each([
  ["accept", "application/json; user=2063394417"],
  ["cache-control", "private=ann smith"],
  ["vary", "+12063394417"],
  ["x-request-id", "req-12063394417"],
])("%s: %s may", (name, value) => {
  expect(redactHeaders({ [name]: value }, new Redaction())).toEqual([[name, "redacted"]]);
});

test.each(["connect ECONNREFUSED 10.1.2.3:443", "connect ECONNREFUSED [2001:db8::7]:443", "connect ECONNREFUSED ::1:4010"])(
  "of %s, the address stays out",
  (error) => {
    const written = JSON.stringify(redactExchange({ ...aCall({}), response: { error } }, new Redaction()));
    expect(written).not.toMatch(/10\.1\.2\.3|2001|db8|443|4010/);
  },
);

test("of a URL at a host that is nobody's, who asks and the query are replaced, too", () => {
  const redaction = new Redaction();
  expect(redaction.url("https://files.example.com/a.png")).toBe("https://files.example.com/a.png");
  expect(redaction.url("https://ann:zarq@files.example.com/a.png?of=+12063394417")).not.toMatch(/ann|zarq|2063394417/);
});
