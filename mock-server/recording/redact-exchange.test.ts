import { isFictional } from "../../fixtures/generate/fictional-numbers";
import type { ProxiedExchange } from "../proxy/call";
import { ExchangeRedactor } from "./redact-exchange";
import { aCall } from "./testing/a-call";

const ANN = "+12055426109";
const ORIGIN = "https://target.example";
let redactor: ExchangeRedactor;
beforeEach(() => {
  redactor = new ExchangeRedactor();
});

/** What is recorded of JSON, of a server's unless said otherwise. */
function recorded(json: string, author: "server" | "caller" = "server", by = redactor): string {
  const call = author === "server" ? aCall(undefined) : aCall({}, { method: "POST" });
  const body = Buffer.from(json);
  const exchange: ProxiedExchange =
    author === "server"
      ? { ...call, response: { ok: true, status: 200, headers: { "content-type": "application/json" }, body } }
      : { ...call, request: { ...call.request, headers: { "content-type": "application/json" }, body } };
  const { request, response } = by.redact(exchange);
  return (author === "caller" ? request.sent?.text : response.ok && response.content.text) || "";
}

function redacted<T>(body: T, by = redactor): T {
  return JSON.parse(recorded(JSON.stringify(body), "server", by)) as T;
}

function number(written: string): string {
  return redacted({ phone_number: written }).phone_number;
}

function email(written: string, by = redactor): string {
  return redacted({ email: written }, by).email;
}

function name(written: string): string {
  return redacted({ first_name: written }).first_name;
}

function path(written: string): string {
  return redactor.redact(aCall({}, { path: written })).request.url.replace(`${ORIGIN}/api/partner/v2`, "");
}

/** A number that is written as another is, with its own digits. */
function like(written: string, digits: string): string {
  let at = 0;
  return written.replace(/\d/g, () => digits.charAt(at++));
}

test.each([
  ["+12055426109", 0],
  ["12055426109", 0],
  ["2055426109", 1],
  ["(205) 542-6109", 1],
  ["205-542-6109", 1],
  ["+1 (205) 542-6109", 0],
  ["+1.205.542.6109", 0],
])("%s becomes the same number that nobody has, written as it was", (written, left) => {
  const fake = number(ANN);
  expect(isFictional(fake)).toBe(true);
  expect(number(written)).toBe(like(written, fake.slice(1 + left)));
});

test.each(["12055426109", "12055426109.0", "1.2055426109e10", "12055426109E0"])("as a number of JSON, %s, too", (written) => {
  const body = recorded(`{"phone_number":${written},"mobile":-${written}}`, "caller");
  const fake = number("12055426109");
  expect(body).toBe(`{"phone_number":${fake},"mobile":-${fake}}`);
});

test.each([
  ["+442079461958", "+44"],
  ["+33612345678", "+33"],
  ["+4915112345678", "+49"],
  ["+61412345678", "+61"],
  ["+420777123456", "+1"],
])("%s stays in its country, if that has numbers of fiction", (written, code) => {
  const fake = number(written);
  expect([fake.startsWith(code), isFictional(fake), fake === written]).toEqual([true, true, false]);
});

test.each([
  "+12025550143",
  "+13125550150",
  "2055550114",
  "+442079460958",
  "+11235550143",
  "ann@example.com",
  "a@b.example",
  "",
])("%j is fictional already, or nothing, and stays", (written) => {
  expect(number(written)).toBe(written);
});

test("no two numbers become the same, and what is no number becomes none", () => {
  const numbers = Array.from({ length: 5_000 }, (_, i) => `+1205${2_000_000 + i * 7}`);
  const fakes = redacted({ phone_numbers: numbers }).phone_numbers;
  expect(new Set(fakes).size).toBe(numbers.length);
  expect(fakes.every(isFictional)).toBe(true);
  expect(number("72345")).toMatch(/^\d{5}$/);
  expect(number("11234567890")).toMatch(/^11\d{9}$/);
});

test.each(["4111 1111 1111 1111", "078-05-1120", "1000010", "10010110", "0110 100 1010"])(
  "%j, which is no phone number, keeps nothing of what it ends with",
  (text) => {
    const ends = Array.from({ length: 10 }, () => redacted({ text }, new ExchangeRedactor()).text.replace(/\D/g, "").slice(2));
    expect(new Set(ends).size).toBeGreaterThan(5);
    expect(ends.filter((end) => end === text.replace(/\D/g, "").slice(2)).length).toBeLessThan(3);
  },
);

test.each([
  '{"phone_number":12125550199.0,"x":12054261099}',
  '{"phone_number":-12054261099}',
  '{"phone_number":1.2054261099e10}',
  '{"x":1.2054261099E10}',
  '{"wa_id":"12054261099","text":"12054261099"}',
  '{"external_id":12054261099,"text":"+1 205 426 1099"}',
  '{"latitude":52.5200081,"longitude":-0.1275862}',
  '{"secret":482913}',
])("no number of %s is kept", (json) => {
  const kept = recorded(json);
  expect(Object.keys(JSON.parse(kept))).toEqual(Object.keys(JSON.parse(json)));
  expect(kept.replace(/\D/g, "")).not.toMatch(/2054261099|5200081|1275862|482913/);
});

test("an id of the API's stays, however long it is", () => {
  const told = { data: { id: 12054261099, chat_message_id: 9007199254740993n.toString() } };
  expect(redacted(told)).toEqual(told);
});

test("integers that no number of JavaScript can hold keep their digits as ids, and lose them elsewhere", () => {
  const id = '"id":9007199254740993,"chat_id":12345678901234567890';
  const text = recorded(
    `{${id},"total_count":0,"note":"9007199254740993: \\"123456789012345678901\\"","mobile":91205542610900001}`,
  );
  expect(text).toContain(`{${id},"total_count":0,"note":"`);
  expect(text).toMatch(/"mobile":\d{17}\}$/);
  expect(text).not.toMatch(/90071992547409932?:|123456789012345678901|1205542610900001/);
  expect(recorded('{"x":0.12345678901234567890,"y":1e-1234567890123456789}')).toMatch(/^\{"x":[^"]+,"y":0\}$/);
});

test("of a field that is given twice, only the last is recorded, and it is replaced", () => {
  const twice =
    '{"text":"Quex","text":"Ottoline","a":{"phone_number":"+12063394417"},"a":{"phone_number":"+12055426109"},"id":12063394417,"id":1}';
  for (const author of ["server", "caller"] as const) {
    const text = recorded(twice, author);
    expect(text).not.toMatch(/Quex|Ottoline|2063394417|2055426109/);
    expect(text.match(/"text"|"phone_number"|"id"/g)).toHaveLength(3);
  }
  expect(path("/chats/12063394417")).not.toContain("2063394417");
});

test("a fictional number that stands for somebody already becomes another", () => {
  const taken = number(ANN);
  expect(number(taken)).not.toBe(taken);
  expect(number(taken)).toBe(number(taken));
});

test("an e-mail address is the same in any case, and no two are the same", () => {
  const fake = email("Ann@Smith.com");
  expect(fake).toMatch(/^\S+@example\.com$/);
  expect(email("ann@smith.com")).toBe(fake);
  expect(email("ANN@SMITH.COM")).toBe(fake.toUpperCase());
  expect(email("ann@smith.org")).not.toBe(fake);
});

test("names are replaced word by word, the same in a name that is shown", () => {
  const { data } = redacted({
    data: {
      first_name: "Ottoline",
      last_name: "van der Quex",
      full_name: "Ottoline van der Quex",
      display_name: `Ottoline van der Quex, +1 (205) 542-6109, OTTOLINE`,
      phone_number: ANN,
    },
  });
  expect(JSON.stringify(data)).not.toMatch(/ottoline|quex/i);
  expect(data.full_name).toBe(`${data.first_name} ${data.last_name}`);
  expect(data.last_name).toMatch(/^\p{Ll}+ \p{Ll}+ \p{Lu}\p{L}+$/u);
  expect(data.display_name).toBe(
    `${data.full_name}, ${like("+1 (205) 542-6109", data.phone_number.slice(1))}, ${data.first_name.toUpperCase()}`,
  );
});

test("no two words become the same name", () => {
  const words = Array.from(
    { length: 6_000 },
    (_, i) => `q${String(i).replace(/\d/g, (digit) => "abcdefghij".charAt(Number(digit)))}`,
  );
  const { names } = redacted({ names: words.map((first_name) => ({ first_name })) });
  expect(new Set(names.map(({ first_name }) => first_name)).size).toBe(words.length);
});

test("a text becomes a text of about the same length, the same everywhere; emoji, line breaks and blank ones stay", () => {
  const text = "Déjà vu: 12 apples 👍🏽, ok?\nYes, Quex!";
  const [one, two, ...blank] = redacted([{ text }, { text }, { text: "" }, { text: " \n" }, { text: "👍" }]);
  expect(one).toEqual(two);
  expect(one?.text).not.toMatch(/Déjà|vu|12|apples|ok|Quex/);
  expect(one?.text.length).toBe(text.length);
  expect(one?.text).toMatch(/^[^\n]{18,20}👍🏽[^\n]+\n[^\n]+$/u);
  expect(blank).toEqual([{ text: "" }, { text: " \n" }, { text: "👍" }]);
});

test("ids, times, statuses, counts and refusals in the words of the contract stay", () => {
  const kept = {
    id: 12345678901,
    sent_at: "2025-05-21T15:30:00.000-05:00",
    delivery_status: "delivered",
    total_count: 1500,
    attachments: [{ id: "db16beb4-2606-43a1-99e5-5b04c4df66ba", mime_type: "image/png" }],
    errors: [{ status: 404, code: "not_found", title: "Not Found", detail: "Chat not found" }],
    chat_id: "123456789012",
  };
  expect(redacted(kept)).toEqual(kept);
});

test("an id that looks like a phone number stays in paths, too, once it is known", () => {
  redacted({ data: { id: 12055426109 } });
  expect(path("/chats/12055426109")).toBe("/chats/12055426109");
  expect(path("/chats/13125426109")).not.toContain("3125426109");
});

test.each([
  ["/chats?phone_number=%2B12055426109&page=1", (n: string) => `/chats?phone_number=%2B1${n}&page=1`],
  ["/chats?phone_number=+12055426109", (n: string) => `/chats?phone_number=+1${n}`],
  ["/chats?phone_number=%2b12055426109", (n: string) => `/chats?phone_number=%2b1${n}`],
  [
    "/chats/find?phone_numbers[]=2055426109&phone_numbers%5B%5D=1",
    (n: string) => expect.stringMatching(`^/chats/find\\?phone_numbers\\[\\]=${n}&phone_numbers%5B%5D=[^&]+$`),
  ],
  [
    "/contacts/find?phone_number=%28205%29+542-6109",
    (n: string) => `/contacts/find?phone_number=${`%28${n.slice(0, 3)}%29+${n.slice(3, 6)}-${n.slice(6)}`}`,
  ],
  [
    "/chats/46/chat_messages?before=2025-11-02T05%3A10%3A00.000Z&sort=desc",
    () => "/chats/46/chat_messages?before=2025-11-02T05%3A10%3A00.000Z&sort=desc",
  ],
  ["/chats?phone_number=somebody", () => "/chats?phone_number=somebody"],
  ["/contacts?page=&per_page&x", () => "/contacts?page=&per_page&x"],
])("%s is encoded as it was", (written, expected) => {
  expect(path(written)).toEqual(expected(number(ANN).slice(2)));
});

test("a number that somebody has is no id, and neither is one that only a caller takes for it", () => {
  number(ANN);
  expect(redacted({ id: 12055426109, chat_id: "2055426109" })).toEqual({
    id: Number(number("12055426109")),
    chat_id: number("2055426109"),
  });
  expect(recorded('{"chat_id":"13125426109"}', "caller")).not.toContain("3125426109");
});

test("a webhook's URL keeps its host on this machine alone, and its secret is gone", () => {
  const [here, there, none] = redacted([
    { webhook_url: "http://127.0.0.1:8080/hooks/quex?key=quex", secret: "s3cret" },
    { webhook_url: "https://quex.com/hooks/quex" },
    { webhook_url: "quex" },
  ]);
  expect(here?.webhook_url).toMatch(/^http:\/\/127\.0\.0\.1:8080\/[\da-f]{12}$/);
  expect(here?.secret).toMatch(/^secret-\d$/);
  expect(there?.webhook_url).toMatch(/^https:\/\/redacted\.example\.com\/[\da-f]{12}$/);
  expect(none?.webhook_url).not.toContain("quex");
});

test("of a URL at a host that is nobody's, who asks and the query are replaced, too", () => {
  const [kept, replaced] = redacted([
    { url: "https://files.example.com/a.png" },
    { url: "https://ann:zarq@files.example.com/a.png?of=+12063394417" },
  ]);
  expect(kept?.url).toBe("https://files.example.com/a.png");
  expect(replaced?.url).not.toMatch(/ann|zarq|2063394417/);
});

test.each([
  ["passport-ottoline.pdf", /^(?!.*(passport|ottoline)).+-.+\.pdf$/],
  ["ottoline.quex", /^(?!.*(ottoline|quex)).+$/],
])("the name of the file %s is replaced, and an extension stays", (filename, expected) => {
  expect(redacted({ filename }).filename).toMatch(expected);
});

test("an idempotency key is the same wherever it stands, and stays one; a UUID stays", () => {
  const [one, two, other, uuid] = redacted([
    { idempotency_key: "quex-1" },
    { idempotency_key: "quex-1" },
    { idempotency_key: "quex-2" },
    { idempotency_key: "0b7e1f6e-6c5e-4c58-9d0a-0b7e1f6e6c5e" },
  ]);
  expect(one).toEqual(two);
  expect(one).not.toEqual(other);
  expect(one?.idempotency_key).toMatch(/^(?!quex)[a-zA-Z0-9_-]+$/);
  expect(uuid?.idempotency_key).toBe("0b7e1f6e-6c5e-4c58-9d0a-0b7e1f6e6c5e");
});

test("what a contract run makes up stays, and nothing of the people around it does", () => {
  const mark = "linq-mock-contract-abcdefghij-b";
  const made = { first_name: mark, last_name: "Ångström-O'Peña", email: `${mark}@example.com`, company: "Łódź Şirket" };
  const { contact, display_name, text } = redacted({
    contact: { ...made, phone_number: ANN, contact_owner: { name: "Ottoline" } },
    display_name: `${mark} Ångström-O'Peña, Ottoline`,
    text: `Contract check ${mark}`,
  });
  expect(contact).toEqual({ ...made, phone_number: number(ANN), contact_owner: { name: name("Ottoline") } });
  expect(display_name).toBe(`${mark} Ångström-O'Peña, ${name("Ottoline")}`);
  expect(text).toBe(`Contract check ${mark}`);
});

test("the mark of a contract run lets nothing else stay", () => {
  const mark = "linq-mock-contract-abcdefghij";
  const people = redacted([
    { first_name: "Ottoline", image_url: `http://localhost/${mark}`, display_name: `Quex, ${mark}`, note: mark },
    { first_name: "Ottoline", company: `Quex of ${mark}`, contact_owner: { email: `${mark}@example.com` } },
  ]);
  expect(JSON.stringify(people)).not.toMatch(/Ottoline|Quex/);
});

test("what only looks like an address is replaced, too", () => {
  const { text, detail } = redacted({
    text: "a@a@a.b tel://205-542-6109 quex@quex",
    detail: "a@a@ tel://205-542-6109 205-542-6109@quex quex@q",
  });
  expect(`${text} ${detail}`).not.toMatch(/quex|205-542|6109/); // 542 alone may be made up by chance
});

test("an integer that no number can hold keeps its digits beside a text of nine million characters", () => {
  const text = recorded(`{"id":9007199254740993,"text":"${"\\n ".repeat(3_000_000)}"}`);
  expect(text.slice(0, 40)).toMatch(/^\{"id":9007199254740993,"text":"/);
});

test.each(["1", "1 ", "a@", "(", "http://", "%20", "linq-mock-contract-", "👍", "[", "2"])(
  "%j a hundred thousand times takes no long time",
  (part) => {
    const text = part.repeat(100_000);
    expect(redacted({ text, detail: text, phone_number: text, first_name: text }).text.length).toBeGreaterThan(0);
  },
);

test("another recording has other replacements", () => {
  const other = new ExchangeRedactor();
  const emails = Array.from({ length: 20 }, (_, i) => `ann${i}@smith.com`); // one alone may get the same by chance
  expect(emails.map((address) => email(address))).not.toEqual(emails.map((address) => email(address, other)));
  const texts = Array.from({ length: 20 }, (_, i) => ({ text: `See you at eight, or later, or tomorrow, by the lake ${i}` }));
  expect(texts.map((body) => redacted(body))).not.toEqual(texts.map((body) => redacted(body, other)));
});

test("no number becomes one that the contract kit asks for by itself", () => {
  const phone_numbers = Array.from({ length: 10_000 }, (_, i) => `+1205${2_000_000 + i}`);
  const fakes = redacted({ phone_numbers }).phone_numbers;
  expect(fakes.filter((fake) => fake.startsWith("+1202"))).toEqual([]);
});

test.each(["connect ECONNREFUSED 10.1.2.3:443", "connect ECONNREFUSED [2001:db8::7]:443", "connect ECONNREFUSED ::1:4010"])(
  "of %s, the address stays out",
  (error) => {
    const written = JSON.stringify(redactor.redact({ ...aCall({}), response: { ok: false, error } }));
    expect(written).not.toMatch(/10\.1\.2\.3|2001|db8|443|4010/);
  },
);
