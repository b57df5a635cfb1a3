import { isFictional } from "../../fixtures/generate/fictional-numbers";
import { redactBody } from "./redact-body";
import { redactPath } from "./redact-path";
import { Redaction } from "./redaction";

const ANN = "+12055426109";
let redaction: Redaction;
beforeEach(() => {
  redaction = new Redaction();
});

function redacted<T>(body: T): T {
  return JSON.parse(redactBody(Buffer.from(JSON.stringify(body)), { redaction, author: "server" }) ?? "") as T;
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
  const fake = redaction.number(ANN);
  expect(isFictional(fake)).toBe(true);
  expect(redaction.number(written)).toBe(like(written, fake.slice(1 + left)));
});

test.each(["12055426109", "12055426109.0", "1.2055426109e10", "12055426109E0"])("as a number of JSON, %s, too", (written) => {
  const body = redactBody(Buffer.from(`{"phone_number":${written},"mobile":-${written}}`), { redaction, author: "caller" });
  const fake = redaction.number("12055426109");
  expect(body).toBe(`{"phone_number":${fake},"mobile":-${fake}}`);
});

test.each([
  ["+442079461958", "+44"],
  ["+33612345678", "+33"],
  ["+4915112345678", "+49"],
  ["+61412345678", "+61"],
  ["+420777123456", "+1"],
])("%s stays in its country, if that has numbers of fiction", (written, code) => {
  const fake = redaction.number(written);
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
  expect(redaction.identifier(written)).toBe(written);
});

test("no two numbers become the same, and what is no number becomes none", () => {
  const numbers = Array.from({ length: 5_000 }, (_, i) => `+1205${2_000_000 + i * 7}`);
  const fakes = numbers.map((number) => redaction.number(number));
  expect(new Set(fakes).size).toBe(numbers.length);
  expect(fakes.every(isFictional)).toBe(true);
  expect(redaction.number("72345")).toMatch(/^\d{5}$/);
  expect(redaction.number("11234567890")).toMatch(/^11\d{9}$/);
});

test.each(["4111 1111 1111 1111", "078-05-1120", "1000010", "10010110", "0110 100 1010"])(
  "%j, which is no phone number, keeps nothing of what it ends with",
  (written) => {
    const ends = Array.from({ length: 10 }, () => new Redaction().text(written).replace(/\D/g, "").slice(2));
    expect(new Set(ends).size).toBeGreaterThan(5);
    expect(ends.filter((end) => end === written.replace(/\D/g, "").slice(2)).length).toBeLessThan(3);
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
  const kept = redactBody(Buffer.from(json), { redaction, author: "server" }) ?? "";
  expect(Object.keys(JSON.parse(kept))).toEqual(Object.keys(JSON.parse(json)));
  expect(kept.replace(/\D/g, "")).not.toMatch(/2054261099|5200081|1275862|482913/);
});

test("an id of the API's stays, however long it is", () => {
  const told = { data: { id: 12054261099, chat_message_id: 9007199254740993n.toString() } };
  expect(redacted(told)).toEqual(told);
});

test("a fictional number that stands for somebody already becomes another", () => {
  const taken = redaction.number(ANN);
  expect(redaction.number(taken)).not.toBe(taken);
  expect(redaction.number(taken)).toBe(redaction.number(taken));
});

test("an e-mail address is the same in any case, and no two are the same", () => {
  const fake = redaction.email("Ann@Smith.com");
  expect(fake).toMatch(/^\S+@example\.com$/);
  expect(redaction.email("ann@smith.com")).toBe(fake);
  expect(redaction.email("ANN@SMITH.COM")).toBe(fake.toUpperCase());
  expect(redaction.email("ann@smith.org")).not.toBe(fake);
});

test("names are replaced word by word, the same inside of a name that is shown and inside of texts", () => {
  const { data } = redacted({
    data: {
      first_name: "Ottoline",
      last_name: "van der Quex",
      full_name: "Ottoline van der Quex",
      display_name: `Ottoline van der Quex, +1 (205) 542-6109, OTTOLINE`,
      phone_number: ANN,
      text: "Dear Ottoline, it is me",
    },
  });
  expect(data.full_name).toBe(`${data.first_name} ${data.last_name}`);
  expect(data.display_name).toBe(
    `${data.full_name}, ${like("+1 (205) 542-6109", data.phone_number.slice(1))}, ${data.first_name.toUpperCase()}`,
  );
  expect(data.text).toContain(` ${data.first_name}, `);
  expect(data.text).toMatch(/^\p{Lu}\p{Ll}{3} \p{Lu}\p{Ll}{7}, \p{Ll}{2} \p{Ll}{2} \p{Ll}{2}$/u);
});

test("a text has the same shape and the same replacement everywhere, and blank ones stay", () => {
  const text = "Déjà vu: 12 apples 👍🏽, ok?\nYes!";
  const [one, two, three, ...blank] = redacted([{ text }, { text }, { text: `${text} ` }, { text: "" }, { text: " \n" }]);
  expect(one).toEqual(two);
  expect(one?.text).not.toBe(text);
  expect(one?.text).toHaveLength(text.length);
  expect(one?.text.replace(/[\p{L}\p{N}]/gu, "x")).toMatch(/^xxxx xx: xx xxxxxx \S+, xx\?\nxxx!$/u);
  expect(three?.text.startsWith(one?.text ?? "")).toBe(false);
  expect(blank).toEqual([{ text: "" }, { text: " \n" }]);
});

test("ids, times, statuses, counts, the words of refusals and the form of the JSON stay", () => {
  const json = `{ "id":12345678901, "sent_at" : "2025-05-21T15:30:00.000-05:00",\n "delivery_status":"delivered", "total_count": 1.50e3,
    "attachments":[{"id":"db16beb4-2606-43a1-99e5-5b04c4df66ba","mime_type":"image/png"}],
    "errors":[{"status":404,"code":"not_found","title":"Not Found","detail":"Chat not found"}], "id": "123456789012" }`;
  expect(redactBody(Buffer.from(json), { redaction, author: "server" })).toBe(json);
});

test("an id that looks like a phone number stays in paths, too, once it is known", () => {
  redacted({ data: { id: 12055426109 } });
  expect(redactPath("/api/partner/v2/chats/12055426109", redaction)).toBe("/api/partner/v2/chats/12055426109");
  expect(redactPath("/api/partner/v2/chats/13125426109", redaction)).not.toContain("3125426109");
});

test.each([
  ["/chats?phone_number=%2B12055426109&page=1", (n: string) => `/chats?phone_number=%2B1${n}&page=1`],
  ["/chats?phone_number=+12055426109", (n: string) => `/chats?phone_number=+1${n}`],
  ["/chats?phone_number=%2b12055426109", (n: string) => `/chats?phone_number=%2b1${n}`],
  [
    "/chats/find?phone_numbers[]=2055426109&phone_numbers%5B%5D=1",
    (n: string) => `/chats/find?phone_numbers[]=${n}&phone_numbers%5B%5D=1`,
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
])("%s is encoded as it was", (path, expected) => {
  expect(redactPath(path, redaction).replace(/&x$|&\w$/, "&x")).toBe(expected(redaction.number(ANN).slice(2)));
});

test("a field that stands twice is replaced twice", () => {
  const json =
    '{"a":{"b":{"first_name":"Quex"}},"a":null,"proto":{"first_name":"Quex"},"first_name":"Quex","first_name":"Quex"}';
  const name = redaction.name("Quex");
  expect(redactBody(Buffer.from(json), { redaction, author: "server" })).toBe(json.replaceAll("Quex", name));
});

test("a number that somebody has is no id, and neither is one that only a caller takes for it", () => {
  redaction.number(ANN);
  expect(redacted({ id: 12055426109, chat_id: "2055426109" })).toEqual({
    id: Number(redaction.number("12055426109")),
    chat_id: redaction.number("2055426109"),
  });
  const sent = redactBody(Buffer.from('{"chat_id":"13125426109"}'), { redaction, author: "caller" });
  expect(sent).not.toContain("3125426109");
});

test("a webhook's URL keeps its host on this machine alone, and its secret is gone", () => {
  const [here, there, none] = redacted([
    { webhook_url: "http://127.0.0.1:8080/hooks/quex?key=quex", secret: "s3cret" },
    { webhook_url: "https://quex.com/hooks/quex" },
    { webhook_url: "quex" },
  ]);
  expect(here?.webhook_url).toMatch(/^http:\/\/127\.0\.0\.1:8080\/\w{5}\/(?!quex)\w{4}\?key=(?!quex)\w{4}$/);
  expect(here?.secret).toBe("hidden");
  expect(there?.webhook_url).toMatch(/^https:\/\/redacted\.example\.com\/[\da-f]{12}$/);
  expect(none?.webhook_url).toMatch(/^(?!quex)\w{4}$/);
});

test("what a contract run makes up stays, and nothing of the people around it does", () => {
  const mark = "linq-mock-contract-abcdefghij-b";
  const made = { first_name: mark, last_name: "Ångström-O'Peña", email: `${mark}@example.com`, company: "Łódź Şirket" };
  const { contact, display_name, text } = redacted({
    contact: { ...made, phone_number: ANN, contact_owner: { name: "Ottoline" } },
    display_name: `${mark} Ångström-O'Peña, Ottoline`,
    text: `Contract check ${mark}`,
  });
  expect(contact).toEqual({
    ...made,
    phone_number: redaction.number(ANN),
    contact_owner: { name: redaction.name("Ottoline") },
  });
  expect(display_name).toBe(`${mark} Ångström-O'Peña, ${redaction.name("Ottoline")}`);
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
  expect(`${text} ${detail}`).not.toMatch(/quex|542|6109/);
});

test.each(["1", "1 ", "a@", "(", "http://", "%20", "linq-mock-contract-", "👍", "[", "2"])(
  "%j a hundred thousand times takes no long time",
  (part) => {
    const text = part.repeat(100_000);
    expect(redacted({ text, detail: text, phone_number: text }).text.length).toBeGreaterThan(0);
  },
);

test("another recording has other replacements", () => {
  const other = new Redaction();
  expect(redaction.email("ann@smith.com")).not.toBe(other.email("ann@smith.com"));
  expect(redaction.text("See you at eight")).not.toBe(other.text("See you at eight"));
});

test("no number becomes one that the contract kit asks for by itself", () => {
  const fakes = Array.from({ length: 10_000 }, (_, i) => redaction.number(`+1205${2_000_000 + i}`));
  expect(fakes.filter((fake) => fake.startsWith("+1202"))).toEqual([]);
});
