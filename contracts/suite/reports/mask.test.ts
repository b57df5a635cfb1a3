import type { RecordedExchange } from "../report";
import { Mask } from "./mask";
import { aReport, LINE } from "./testing/a-report";
import { anExchange } from "./testing/an-exchange";
import { anOutcome } from "./testing/an-outcome";

const FRIEND = "+12055426109";
const TIME = "2025-05-21T15:30:00.000-05:00";

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
const found = anExchange("/chats/find?phone_number=%2B12052761148&phone_numbers%5B%5D=2055426109", {
  body: { data: { chat } },
});

function maskOf(...exchanges: RecordedExchange[]): Mask {
  return new Mask(aReport({ outcomes: [anOutcome({ verdict: "fail", exchanges })] }), { token: "s3cr3t/t0ken" });
}

function refusal(detail: string): RecordedExchange {
  return anExchange("/chats/46", {
    status: 404,
    body: { errors: [{ status: 404, code: "not_found", title: "Not Found", detail }] },
  });
}

function shownDetail(detail: string, ...others: RecordedExchange[]): string {
  const exchange = refusal(detail);
  const shown = maskOf(exchange, ...others).value(exchange.response.body) as { errors: { detail: string }[] };
  return shown.errors[0]?.detail ?? "";
}

test("numbers and names have pseudonyms; ids, counts, times and the words of the contract are shown", () => {
  expect(maskOf(found).value(found.response.body)).toEqual({
    data: {
      chat: {
        ...chat,
        display_name: "NAME_1",
        chat_handles: [
          { id: 125, phone_number: "NUMBER_1", service: "iMessage", joined_at: TIME },
          { id: 126, phone_number: "LINE", service: "iMessage", joined_at: TIME },
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
  const mask = maskOf(found);
  expect(mask.text(`the chat with ${written} is gone`)).toBe("the chat with NUMBER_1 is gone");
  expect(mask.value(written)).toBe("NUMBER_1");
});

test("a path is shown decoded, with the same pseudonyms", () => {
  expect(maskOf(found).path(found.request.path)).toBe("/chats/find?phone_number=LINE&phone_numbers[]=NUMBER_1");
  expect(maskOf().path("/chats/46/chat_messages?page=2&after=2025-05-21T15%3A30%3A00.000-05%3A00&sort=desc")).toBe(
    `/chats/46/chat_messages?page=2&after=${TIME}&sort=desc`,
  );
});

test("parts of a path that are no words of the API and no ids are masked", () => {
  expect(maskOf().path("/contacts/find?email=a.b%2Bc%40example.com&note=hello&page=9")).toBe(
    "/contacts/find?email=EMAIL_1&note=TEXT_1&page=9",
  );
  expect(maskOf().path("/chats/2055426109")).toBe("/chats/NUMBER_1");
  expect(maskOf().path("/chats/2147483647")).toBe("/chats/2147483647");
  expect(maskOf().path("/chat_messages/7/reactions#love")).toBe("/chat_messages/7/reactions#love");
});

test("what is in a field of somebody's is masked, even a word of the contract", () => {
  const contact = { first_name: "love", company: "SMS", email: "A@Example.com", title: "error", location: "" };
  expect(maskOf().value({ contact, text: "2025-05-21", code: "" })).toEqual({
    contact: { first_name: "NAME_1", company: "NAME_2", email: "EMAIL_1", title: "NAME_3", location: "" },
    text: "TEXT_1",
    code: "",
  });
});

test("two texts that differ only in case are two", () => {
  expect(maskOf().value(["Hi there", "hi there", "Hi there"], "/data/text")).toEqual(["TEXT_1", "TEXT_2", "TEXT_1"]);
});

test("a value alone is known by the field that it stood in", () => {
  expect(maskOf().value("like", "/data/0/text")).toBe("TEXT_1");
  expect(maskOf().value("like", "/data/0/reactions/0/reaction")).toBe("like");
  expect(maskOf().value("72345", "/data/phone_number")).toBe("NUMBER_1");
});

test("fields that the contract does not know are shown by name, and their texts and long numbers are not", () => {
  const added = { mood: "sunny", born: 1987, score: 12055426109, tags: ["a", 5], seen: TIME, at: { x: null, y: true } };
  expect(maskOf(found).value(added)).toEqual({
    mood: "TEXT_1",
    born: 1987,
    score: "NUMBER_1",
    tags: ["TEXT_2", 5],
    seen: TIME,
    at: { x: null, y: true },
  });
});

test("fields that are no identifiers are masked like texts, in pointers, too", () => {
  const exchange = anExchange("/chats/46", {
    body: { data: { "Zebediah Quux": 1, "+12055426109": 2, "a/b": 3, quux: 4, size: 5 } },
  });
  const mask = maskOf(found, exchange);
  expect(mask.value(exchange.response.body)).toEqual({ data: { NAME_1: 1, NUMBER_1: 2, TEXT_1: 3, NAME_3: 4, size: 5 } });
  expect(mask.pointer("/data/Zebediah Quux/0/a~1b/size")).toBe("/data/NAME_1/0/TEXT_1/size");
  expect(mask.text("shape-getChat-200-/data/a~1b:added#12345678")).toBe("shape-getChat-200-/data/TEXT_1:added#12345678");
});

test("an answer that is no JSON is a text", () => {
  const page = anExchange("/chats/46", { status: 502, body: "<html>Zebediah</html>" });
  expect(maskOf(page).value(page.response.body)).toBe("TEXT_1");
});

test("ids of any length are shown, and numbers that stand where ids should are not", () => {
  const exchange = anExchange("/chats/123456789/chat_messages/7654321", {
    body: { data: { id: 7654321, chat_handle_id: 2055426109 } },
  });
  const mask = maskOf(found, exchange);
  expect(mask.value(exchange.response.body)).toEqual({ data: { id: 7654321, chat_handle_id: "NUMBER_1" } });
  expect(mask.text("chat 123456789 lacks message 7654321")).toBe("chat 123456789 lacks message 7654321");
  expect(mask.value([7654321, 7654322])).toEqual([7654321, "NUMBER_2"]);
});

test("of what a server says, plain words are shown", () => {
  expect(shownDetail("Chat 46 not found")).toBe("Chat 46 not found");
  expect(shownDetail("send_from is missing; chat.phone_numbers[0] must not be blank")).toBe(
    "send_from is missing; chat.phone_numbers[0] must not be blank",
  );
  expect(shownDetail("The user's contact doesn't exist")).toBe("The user's contact doesn't exist");
  expect(shownDetail("sent_at must be after 2025-05-21T15:30:00Z")).toBe("sent_at must be after 2025-05-21T15:30:00Z");
});

test("of what a server says, everything that could be somebody's is masked, known or not", () => {
  expect(shownDetail("Participant Mombasa Jones not found")).toBe("Participant TEXT_1 not found");
  expect(shownDetail("Mail to (917) 555-0123 or j.doe@example.com failed")).toBe("Mail to NUMBER_1 or EMAIL_1 failed");
  expect(shownDetail("See https://example.com/a?b=c")).toBe("See URL_1");
  expect(shownDetail("ZEBEDIAH's number, 205-542-6109, is not valid", found)).toBe("NAME_2's number, NUMBER_1, is not valid");
  expect(maskOf().value({ errors: ["Nope, Jones"], error_code: "JONES_NOT_FOUND", message: "Contact not found" })).toEqual({
    errors: ["TEXT_1"],
    error_code: "TEXT_2",
    message: "Contact not found",
  });
});

test("our own sentences keep their words, and lose what they quote", () => {
  const text = 'It\'s "new"\n<b>';
  const exchange = anExchange("/chats/46/chat_messages/9", { body: { data: { id: 9, text, sent_at: TIME } } });
  const mask = maskOf(found, exchange);
  expect(mask.text("find depends on the order of the participants")).toBe("find depends on the order of the participants");
  expect(mask.text("the status is none of 200, 401, 404")).toBe("the status is none of 200, 401, 404");
  expect(mask.text(`${found.request.method} ${found.request.path} answered 500, not 200`)).toBe(
    "GET /chats/find?phone_number=LINE&phone_numbers%5B%5D=NUMBER_1 answered 500, not 200",
  );
  for (const written of [
    text,
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
    "It&#39;s &quot;new&quot;\n&lt;b&gt;",
  ]) {
    expect(mask.text(`the text is ${written} now`)).toBe("the text is TEXT_1 now");
  }
  expect(mask.text(`Unexpected token '<', "<html>Mombasa"... is not valid JSON`)).toBe(
    `Unexpected token '<', "<TEXT_2>TEXT_3"... is not valid JSON`,
  );
});

test("short names are masked as words, and words that everybody uses stay", () => {
  const contact = {
    id: 3,
    first_name: "Al",
    last_name: "Page",
    company: "An",
    title: "in",
    location: "Hand",
    contact_owner: null,
  };
  const mask = maskOf(anExchange("/contacts/3", { body: { data: contact } }));
  expect(mask.text("Al, AL and al also handle the page in an hour, by hand")).toBe(
    "NAME_1, NAME_1 and NAME_1 also handle the page in an hour, by NAME_5",
  );
  expect(mask.text("Page is gone")).toBe("NAME_2 is gone");
});

test.each([
  ["raw", "s3cr3t/t0ken"],
  ["percent-encoded", "s3cr3t%2Ft0ken"],
  ["in base64", Buffer.from("s3cr3t/t0ken").toString("base64")],
  ["in another case", "S3CR3T/T0KEN"],
])("the token is masked %s", (_, written) => {
  expect(maskOf().text(`it says ${written}.`)).toBe("it says LINQ_TOKEN.");
});

test("commands for a terminal are shown escaped", () => {
  expect(maskOf().text("a\u001b[31mred\u202e")).toBe("a\\u001b[31mred\\u202e");
  expect(shownDetail("not\u001b[ found")).toBe("not\\u001b[ found");
});

test("headers are shown where their names tell that they are nobody's", () => {
  const mask = maskOf();
  expect(mask.header("content-type", "application/json; charset=utf-8")).toBe("application/json; charset=utf-8");
  expect(mask.header("Retry-After", "12")).toBe("12");
  expect(mask.header("content-type", "text/Zebediah")).toBe("…");
  expect(mask.header("x-request-id", "12")).toBe("…");
});

test("the address of the server is shown", () => {
  expect(maskOf().text("https://api.linqapp.com does not answer: https://other.example/x")).toBe(
    "https://api.linqapp.com does not answer: URL_1",
  );
});

test("what fails comes first, whatever was asked before", () => {
  const before = anExchange("/chats?phone_number=%2B13125550123");
  const report = aReport({
    outcomes: [anOutcome({ exchanges: [before] }), anOutcome({ verdict: "fail", exchanges: [found] })],
  });
  expect(new Mask(report).path(before.request.path)).toBe("/chats?phone_number=NUMBER_2");
});

test("what is nested without end is cut", () => {
  const deep = JSON.parse(`${'{"a":'.repeat(1_000)}1${"}".repeat(1_000)}`) as unknown;
  expect(JSON.stringify(maskOf(anExchange("/chats/46", { body: deep })).value(deep))).toMatch(/^(\{"a":)+"…"\}+$/);
});
