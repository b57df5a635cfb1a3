import { redactHeader } from "./headers";
import { labels } from "./private-value";
import { decodePart, Redactor } from "./redactor";
import { SecretRedactor } from "./secrets";

const LINE = "+12052761148";
const FRIEND = "+12055426109";
const TIME = "2025-05-21T15:30:00.000-05:00";
const FIND = "/chats/find?phone_number=%2B12052761148&phone_numbers%5B%5D=2055426109";

const chat = {
  id: 46,
  display_name: "Zebediah Quux",
  service: "iMessage",
  group: false,
  message_count: 2,
  chat_handles: [
    { id: 125, phone_number: FRIEND, service: "iMessage", joined_at: TIME },
    { id: 126, phone_number: LINE, service: "iMessage", joined_at: TIME },
  ],
};

/** Knows a line, and whatever is in the bodies. */
function redactorOf(...bodies: unknown[]): Redactor {
  const redactor = new Redactor({ replace: labels(), kept: ["https://api.linqapp.com"] });
  redactor.add(LINE, "phone");
  for (const body of bodies) redactor.learn(body);
  return redactor;
}

function detail(text: string, redactor = redactorOf()): unknown {
  return redactor.json(text, ["errors", "detail"]);
}

test("a short name is not looked for within the name of an operation", () => {
  const redactor = redactorOf({ data: { company: "Tech" } });
  expect(redactor.text("the shape of createChat 201, of Tech")).toBe("the shape of createChat 201, of name 1");
});

test("what is marked has a label; ids, counts, times and the values of the contract are shown", () => {
  expect(redactorOf().json({ data: { chat } })).toEqual({
    data: {
      chat: {
        ...chat,
        display_name: "name 1",
        chat_handles: [
          { id: 125, phone_number: "phone 2", service: "iMessage", joined_at: TIME },
          { id: 126, phone_number: "phone 1", service: "iMessage", joined_at: TIME },
        ],
      },
    },
  });
});

test.each([
  "+12055426109",
  "12055426109",
  "2055426109",
  "(205) 542-6109",
  "+1 (205) 542-6109",
  "205.542.6109",
  "205 542 6109",
  "205\u2011542\u20116109",
  "%2B12055426109",
  "%28205%29%20542-6109",
  "+1+205+542+6109",
  "542-6109",
  "\\u002b12055426109",
  "２０５５４２６１０９",
])("a number is the same one written as %s", (written) => {
  const redactor = redactorOf(chat);
  expect(redactor.text(`the chat with ${written} is gone`)).toBe("the chat with phone 2 is gone");
  expect(redactor.json(written)).toBe("phone 2");
});

test("a path has the same labels", () => {
  expect(decodePart(redactorOf(chat).path(FIND))).toBe("/chats/find?phone_number=phone 1&phone_numbers[]=phone 2");
  const list = "/chats/46/chat_messages?page=2&after=2025-05-21T15%3A30%3A00.000-05%3A00&sort=desc";
  expect(redactorOf().path(list)).toBe(list);
});

test("parts of a path that are no words of the API and no ids are not shown", () => {
  expect(decodePart(redactorOf().path("/contacts/find?email=a.b%2Bc%40example.com&note=hello&page=9"))).toBe(
    "/contacts/find?email=email 1&note=…&page=9",
  );
  expect(decodePart(redactorOf().path("/chats/2055426109"))).toBe("/chats/phone 2");
  expect(decodePart(redactorOf().path("/chats/2147483647"))).toBe("/chats/phone 2"); // it could be a number of Dallas
  expect(redactorOf().path("/chat_messages/7/reactions#love")).toBe("/chat_messages/7/reactions#love");
});

test("what is marked is replaced, even a word of the contract; what is empty stays", () => {
  const contact = { first_name: "love", company: "SMS", email: "A@Example.com", title: "error", location: "" };
  expect(redactorOf().json({ contact, text: "2025-05-21", code: "" })).toEqual({
    contact: { first_name: "name 1", company: "name 2", email: "email 1", title: "name 3", location: "" },
    text: "text 1",
    code: "",
  });
});

test("two texts that differ only in case are two", () => {
  expect(redactorOf().json(["Hi there", "hi there", "Hi there"], ["data", "text"])).toEqual(["text 1", "text 2", "text 1"]);
});

test("a value alone is known by the field that it stood in", () => {
  expect(redactorOf().json("like", ["text"])).toBe("text 1");
  expect(redactorOf().json("like", ["reactions", "reaction"])).toBe("like");
  expect(redactorOf().json("72345", ["phone_number"])).toBe("phone 2");
});

test("fields that the contract does not know are shown by name, and their texts and long numbers are not", () => {
  const added = { mood: "sunny", born: 1987, score: 12055426109, tags: ["a", 5], seen: TIME, at: { x: null, y: true } };
  expect(redactorOf(chat).json(added)).toEqual({
    mood: "text 1",
    born: 1987,
    score: "phone 2",
    tags: ["text 2", 5],
    seen: TIME,
    at: { x: null, y: true },
  });
});

test("fields that are no identifiers are replaced like texts, in pointers, too", () => {
  const body = { "Zebediah Quux": 1, "+12055426109": 2, "a/b": 3, quux: 4, size: 5 };
  const redactor = redactorOf(chat, body);
  expect(Object.entries(redactor.json(body) as object)).toEqual([
    ["name 1", 1],
    ["phone 2", 2],
    ["text 1", 3],
    ["name 2", 4],
    ["size", 5],
  ]);
  expect(redactor.pointer("/data/Zebediah Quux/0/a~1b/size")).toBe("/data/name 1/0/text 1/size");
  expect(redactor.text("shape-getChat-200-/data/a~1b:added#12345678")).toBe("shape-getChat-200-/data/text 1:added#12345678");
});

test("an answer that is no JSON is a text", () => {
  const page = "<html>Zebediah</html>";
  expect(redactorOf(page).json(page)).toBe("text 1");
});

test("ids of any length are shown, and numbers that stand where ids should are not", () => {
  const body = { data: { id: 7654321, chat_handle_id: 2055426109 } };
  const redactor = redactorOf(chat, body);
  redactor.learnPath("/chats/123456789/chat_messages/7654321");
  expect(redactor.json(body)).toEqual({ data: { id: 7654321, chat_handle_id: "phone 2" } });
  expect(redactor.text("chat 123456789 lacks message 7654321")).toBe("chat 123456789 lacks message 7654321");
  expect(redactor.json([7654321, 7654322])).toEqual([7654321, "phone 3"]);
});

test.each([
  "Chat 46 not found",
  "send_from is missing; chat.phone_numbers[0] must be a string",
  "sent_at must be after 2025-05-21T15:30:00Z",
])("what a server says in the words of the contract is shown: %s", (sentence) => {
  expect(detail(sentence)).toBe(sentence);
});

test("of what a server says, everything that could be somebody's is not, known or unknown", () => {
  expect(detail("Participant Mombasa Jones not found")).toBe("Participant … not found");
  expect(detail("Mail to (917) 555-0123 or j.doe@example.com failed")).toBe("Mail to phone 2 or email 1 failed");
  expect(detail("See https://example.com/a?b=c")).toBe("… url 1");
  const redactor = redactorOf(chat);
  expect(detail("ZEBEDIAH, 205-542-6109, is not valid", redactor)).toBe("name 1, phone 2, is not valid");
  expect(redactor.json({ first_name: "Zebediah" })).toEqual({ first_name: "name 1" });
  expect(redactorOf().json({ errors: ["No, Jones"], error_code: "JONES_NOT_FOUND", message: "Contact not found" })).toEqual({
    errors: ["No, …"],
    error_code: "…_NOT_FOUND",
    message: "Contact not found",
  });
});

test("our own sentences keep their words, and lose what they quote or name", () => {
  const text = 'It\'s "new"\n<b>';
  const redactor = redactorOf(chat, { text });
  expect(redactor.text("find depends on the order of the participants")).toBe("find depends on the order of the participants");
  expect(redactor.text("the status is none of 200, 401, 404")).toBe("the status is none of 200, 401, 404");
  expect(redactor.text(`GET ${FIND} answered 500`)).toBe(
    "GET /chats/find?phone_number=phone 1&phone_numbers%5B%5D=phone 2 answered 500",
  );
  for (const written of [
    text,
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
    "It&#39;s &quot;new&quot;\n&lt;b&gt;",
  ]) {
    expect(redactor.text(`the text is ${written} now`)).toBe("the text is text 1 now");
  }
  expect(redactor.text(`Unexpected token '<', "<blink>Mombasa"... is not valid JSON`)).toBe(
    `Unexpected token '<', "<…>…"... is not valid JSON`,
  );
});

test("short names are replaced as words, and words of the contract stay but where they are names", () => {
  const redactor = redactorOf({ first_name: "Al", last_name: "Page", company: "An", title: "in", location: "Hand" });
  expect(redactor.text("Al, AL and al also handle the page in an hour, by hand")).toBe(
    "name 1, name 1 and name 1 also handle the page in an hour, by hand",
  );
  expect(redactor.text("Page is gone")).toBe("name 2 is gone");
});

test.each([
  ["raw", "s3cr3t/t0ken"],
  ["percent-encoded", "s3cr3t%2Ft0ken"],
  ["in base64", Buffer.from("s3cr3t/t0ken").toString("base64")],
  ["in another case", "S3CR3T/T0KEN"],
])("a secret is replaced %s", (_, written) => {
  for (const redactor of [redactorOf(), new SecretRedactor({ replace: labels() })]) {
    redactor.add("s3cr3t/t0ken", "secret");
    expect(redactor.text(`it says ${written}.`)).toBe("it says secret 1.");
  }
});

test.each(["9f1c7a52-3b0d-4e8e-9d55-0c6f2f7d1a10", "12065550187", "2025-05-21", "message", "4711"])(
  "a secret is found elsewhere, whatever it looks like: %s",
  (secret) => {
    for (const redactor of [redactorOf(), new SecretRedactor({ replace: labels() })]) {
      redactor.learn({ webhook_subscription: { secret } });
      expect(redactor.text(`it is ${secret}, no other`)).toBe("it is secret 1, no other");
      expect(decodePart(redactor.path(`/contacts/find?secret=${secret}`))).toBe("/contacts/find?secret=secret 1");
    }
  },
);

test("where values are shown, secrets are replaced by the marks of the contract, and nothing else is", () => {
  const redactor = new SecretRedactor({ replace: labels() });
  const sent = {
    message: { text: "Hi k-1!", idempotency_key: "k-1" },
    secret: { old: "hidden", no: 471_100 },
    id: 46,
    to: [FRIEND],
  };
  redactor.learn(sent);
  redactor.learn('{"chat": {"secret": "cut off');
  redactor.learn("secret=of+a+form&x=1");
  redactor.learnPath("/x?secret=asked");
  expect(redactor.json(sent)).toEqual({
    message: { text: "Hi secret 1!", idempotency_key: "secret 1" },
    secret: { old: "secret 2", no: "secret 3" },
    id: 46,
    to: [FRIEND],
  });
  expect(redactor.json({ k: "k-1", hidden: [471100, [true, null]] })).toEqual({
    k: "secret 1",
    "secret 2": ["secret 3", [true, null]],
  });
  expect(redactor.text("cut off, of a form and asked\u001b")).toBe("secret 4, of a form and secret 5\\u001b");
  expect(redactor.path("/chats/%68idden?secret=a%73ked&to=%2B1#a/asked")).toBe(
    "/chats/secret%202?secret=secret%205&to=%2B1#a/secret%205",
  );
  expect(redactor.pointer("/data/hidden/0")).toBe("/data/secret 2/0");
});

test("commands for a terminal are shown escaped", () => {
  expect(redactorOf().text("a\u001b[31mred\u202e")).toBe("a\\u001b[31mred\\u202e");
  expect(detail("not\u001b[ found")).toBe("not\\u001b[ found");
});

test("what is told to keep is kept", () => {
  expect(redactorOf().text("https://api.linqapp.com does not answer: https://other.example/x")).toBe(
    "https://api.linqapp.com does not answer: url 1",
  );
  const redactor = new Redactor({ replace: labels(), keeps: (text, field) => field === "text" && text.startsWith("check") });
  expect(redactor.json({ text: "check 1", first_name: "check", data: { text: "Check" } })).toEqual({
    text: "check 1",
    first_name: "name 1",
    data: { text: "text 1" },
  });
});

test("what is nested without end is cut", () => {
  const deep = JSON.parse(`${'{"a":'.repeat(1_000)}1${"}".repeat(1_000)}`) as unknown;
  expect(JSON.stringify(redactorOf(deep).json(deep))).toMatch(/^(\{"a":)+"…"\}+$/);
});

test.each([
  ["accept", "application/json, text/html;q=0.9, */*;q=0.8"],
  ["allow", "GET,POST"],
  ["cache-control", "no-store, max-age=60"],
  ["content-type", "application/json; charset=utf-8"],
  ["Retry-After", "12"],
  ["vary", "Origin, Prefer"],
  ["x-linq-mock-assumption", "A-auth-everywhere, A-404-others, A-v3-code-choice"],
  ["x-request-id", "req-123456"],
  ["X-Trace-ID", "4bf92f3577b34da6a3ce929d0e0e4736"],
  ["x-request-id", "0b7e1f6e-6c5e-4c58-9d0a-0b7e1f6e6c5e"],
])("the header %s: %s tells nothing of anybody", (name, value) => {
  expect(redactHeader(name, value, redactorOf())).toBe(value);
});

test.each([
  ["accept", "application/json; user=2063394417", "redacted"],
  ["authorization", "Bearer x", "Bearer secret 1"],
  ["authorization", "Basic eDp5", "redacted"],
  ["cache-control", "private=ann smith", "redacted"],
  ["content-type", "text/Zebediah", "redacted"],
  ["vary", "+12063394417", "redacted"],
  ["x-request-id", "req-12063394417", "redacted"],
  ["x-request-id", "12", "redacted"],
  ["x-linq-mock-assumption", "A-12063394417", "redacted"],
  ["x-trace-id", "12063394417", "redacted"],
  ["X-Linq-Integration-Token", "t0ken", "secret 1"],
  ["x-zebediah", "1", undefined],
])("the header %s: %s may", (name, value, expected) => {
  expect(redactHeader(name, value, redactorOf())).toBe(expected);
});

test("the fields of the contract are marked; a title is a name, but not that of an error", () => {
  const redactor = redactorOf();
  expect(redactor.json({ errors: [{ title: "Not Found" }], contact: { title: "Not Found" } })).toEqual({
    errors: [{ title: "Not Found" }],
    contact: { title: "name 1" },
  });
  expect(redactor.json({ "message[text]": "hi", "message[attachment_urls][]": ["https://a.example/b"] })).toEqual({
    "message[text]": "text 1",
    "message[attachment_urls][]": ["url 1"],
  });
});
