import type { Schemas } from "./api";
import { deliveryOutcome, failedFirst, faultOutcome, outcomeWords } from "./outcome";
import { callMark, hasSeveralAuthors, isMarkBefore, marksOf, membershipOf, sentenceOf, titleOf } from "./sentences";
import { inPageWords, isolated, plainNumber } from "./wording";

const NOON = Date.parse("2026-03-01T12:00:00Z");
const at = (ms: number): string => new Date(NOON + ms).toISOString();

describe("what became of a delivery", () => {
  const attempt = { at: at(0), ms: 12, status: 500, error: "answered 500", answer: null, headers: {} };
  const delivery = (fields: Partial<Schemas["Delivery"]>): Schemas["Delivery"] =>
    ({ id: 1, subscription_id: 1, status: "pending", attempts: [], next_attempt_at: at(0), ...fields }) as Schemas["Delivery"];

  test.each<[string, Partial<Schemas["Delivery"]>, boolean]>([
    ["waiting for the answer, 3 s", {}, false],
    ["waiting for the answer", { next_attempt_at: at(2500) }, false],
    ["waiting: attempt 2/6 in 4 s", { attempts: [attempt], next_attempt_at: at(7000) }, false],
    ["waiting: the subscription is paused", {}, true],
    ["failed: answered 500", { status: "failed", attempts: [attempt], next_attempt_at: null }, false],
    [
      "delivered: 200 in 12345 ms, slow: over 10 s",
      { status: "delivered", attempts: [{ ...attempt, ms: 12_345, status: 200, error: null }] },
      false,
    ],
    ["delivered: 200 in 12 ms", { status: "delivered", attempts: [{ ...attempt, status: 200, error: null }] }, false],
  ])("%s", (words, fields, isPaused) => {
    expect(deliveryOutcome(delivery(fields), NOON + 3000, { isPaused, atMost: 6 })).toBe(words);
  });

  test.each([
    [
      "1 of 2 failed",
      [
        [1, "delivered"],
        [2, "failed"],
      ],
    ],
    [
      "1 of 2 pending",
      [
        [1, "delivered"],
        [2, "pending"],
      ],
    ],
    [
      "failed",
      [
        [1, "failed"],
        [2, "failed"],
      ],
    ],
    [
      "delivered; 3 deliveries",
      [
        [1, "delivered"],
        [2, "failed"],
        [2, "delivered"],
      ],
    ],
    [
      "1 of 2 failed; 3 deliveries",
      [
        [1, "failed"],
        [2, "delivered"],
        [1, "failed"],
      ],
    ],
  ] as const)("of an event that several get: %s", (words, sent) => {
    const made = sent.map(([subscription_id, status], id) => delivery({ id, subscription_id, status }));
    expect(outcomeWords(made, ({ status }) => status)).toBe(words);
  });
});

test("of an event that all have got, its row shows the slowest; what has failed is looked through first", () => {
  const delivery = (id: number, ms: number, status = "delivered"): Schemas["Delivery"] =>
    ({ id, subscription_id: id, status, attempts: [{ ms }] }) as Schemas["Delivery"];
  const sent = [delivery(1, 12_000), delivery(2, 8)];
  expect(outcomeWords(sent, ({ id }) => String(id))).toBe("1");
  expect(failedFirst([delivery(3, 1, "failed"), ...sent]).map(({ id }) => id)).toEqual([3, 2, 1]);
});

test.each<[string, object, string]>([
  ["faults", { faults: [] }, "No fault is armed."],
  ["faults", { faults: [{ name: "a", spent: true }] }, "No fault is armed."],
  ["faults", { faults: [{ name: "webhook-drop" }] }, `${isolated("webhook-drop")} is armed.`],
  ["faults", { faults: [{ name: "a" }, { name: "b" }] }, `${isolated("a")}, ${isolated("b")} are armed.`],
  ["faults", { faults: [1, 2, 3, 4].map((name) => ({ name })) }, "4 faults are armed."],
  [
    "webhook_event",
    { webhook_event: { type: "message.sent", unreached: { message: `Refused. It is tried again at ${at(15_000)}.` } } },
    "message.sent has not arrived yet; tried again in 15 s: Refused. It is tried again at 12:00:15.",
  ],
  [
    "webhook_event",
    {
      webhook_event: {
        type: "message.sent",
        unreached: { message: `One. It is tried again at ${at(15_000)}. Two. It is tried again at ${at(10_000)}.` },
      },
    },
    "message.sent has not arrived yet; tried again in 10 s: One. It is tried again at 12:00:15. Two. It is tried again at 12:00:10.",
  ],
  [
    "webhook_event",
    { webhook_event: { type: "message.sent", unreached: { message: "Nobody is subscribed." } } },
    "message.sent reached nobody: Nobody is subscribed.",
  ],
])("the status line says of %s %j: %s", (type, data, words) => {
  const timeOf = (time: string): string => new Date(time).toISOString().slice(11, 19);
  expect(sentenceOf({ type, data, at: at(0), chat_id: null }, timeOf)).toBe(words);
});

test("a title of several names keeps how each is written to itself", () => {
  const person = (name: string | null, own = false) => ({ name, own });
  const titled = (title: string, name: string | null, participants: object[]) =>
    ({ title, name, participants }) as Schemas["Chat"];
  const people = [person("\u202eAnn, Jr"), person(null), person("Ben"), person(null, true)];
  expect(titleOf(titled("\u202eAnn, Jr, (205) 555-0101, Ben", null, people))).toBe(
    ["\u202eAnn, Jr", "(205) 555-0101", "Ben"].map(isolated).join(", "),
  );
  expect(titleOf(titled("Team", "Team", people))).toBe("Team");
  expect(titleOf(titled("Ann", null, [person("Ann"), person(null, true)]))).toBe("Ann");
});

test.each<[string, Partial<Schemas["ArmedFault"]>]>([
  ["has not acted yet, 1 left", { left: 1 }],
  ["acted once, spent", { left: 0, spent: true, matches: 1, hits: 1 }],
  ["acted twice, spent", { left: 0, spent: true, matches: 6, hits: 2 }],
  ["acted 4 times", { matches: 4, hits: 4 }],
  ["acted 7 of 9 times", { matches: 9, hits: 7 }],
])("a fault %s", (words, fields) => {
  expect(faultOutcome({ name: "a", fault: "status", matches: 0, hits: 0, left: null, spent: false, ...fields })).toBe(words);
});

describe("who came to a chat and who left", () => {
  const person = (fields: object) => ({ name: null, own: false, joined_at: at(0), left_at: null, ...fields });
  const line = person({ identifier: "+12055550100", own: true });
  const ann = person({ identifier: "+12055550101", name: "Ann" });
  const chat = (participants: object[], former_participants: object[] = [], group = false): Schemas["Chat"] =>
    ({ participants, former_participants, group }) as Schemas["Chat"];
  const said = (one: Schemas["Chat"]): string[] => membershipOf(one).map(({ text }) => text);

  test("whoever was in it at its beginning, your line among them, did not join", () => {
    expect(said(chat([ann, line]))).toEqual([]);
  });

  test("names are said where they are known; who has left has joined before", () => {
    const ben = person({ identifier: "+12055550102", joined_at: at(1), left_at: at(9) });
    const cay = person({ identifier: "+12055550103", name: "Cay", joined_at: at(5), left_at: at(7) });
    const words = ["+12055550102 joined", "Cay joined", "Cay left", "+12055550102 left"];
    expect(said(chat([ann, line], [ben, cay]))).toEqual(words.map((one) => one.replace(/^(\S+)/, isolated("$1"))));
    expect(said(chat([ann, { ...line, left_at: at(3) }]))).toEqual(["Your line left"]);
    expect(said(chat([ann, line], [person({ identifier: "+12055550104" })]))).toEqual([]); // when, nobody knows
  });

  test("where the clock was moved stands by its time, as the messages do, though it went back", () => {
    const jumps = [
      { at: NOON + 3_600_000, text: "forth", after: 4 },
      { at: NOON, text: "back", after: 4 },
    ];
    const marks = marksOf(chat([ann, line, person({ identifier: "+12055550103", name: "Cay", joined_at: at(1) })]), jumps);
    expect(marks.map(({ text }) => text)).toEqual(["back", `${isolated("Cay")} joined`, "forth"]);
    const above = (id: number, ms: number): string[] =>
      marks.filter((mark) => isMarkBefore(mark, { id, sent_at: at(ms) })).map(({ text }) => text);
    expect([above(4, 0), above(5, 0)]).toEqual([[], ["back"]]);
    expect(above(4, 3_600_001)).toEqual(["back", `${isolated("Cay")} joined`, "forth"]);
  });

  test("a call stands in the conversation of the two, and in no other", () => {
    const call = { from: "+12055550101", to: "+12055550100", direction: "inbound", status: "completed" };
    const mark = callMark({ ...call, started_at: at(0), ended_at: at(60_000) }, at(60_000));
    expect(mark.text).toBe("They called: 1 min");
    const twoOf = (other: object): Schemas["Chat"] => ({ ...chat([other, line]), line: "+12055550100" });
    const texts = [ann, person({ identifier: "+12055550102" })].map((other) => marksOf(twoOf(other), [mark]).length);
    expect(texts).toEqual([1, 0]);
  });

  test("who has written is said in groups, and in what was one", () => {
    expect([chat([ann, line]), chat([ann, line], [ann]), chat([], [], true)].map(hasSeveralAuthors)).toEqual([
      false,
      true,
      true,
    ]);
  });
});

test.each([
  ["+1 (205) 555-0188", "+12055550188"],
  [" Ellen Prewitt ", "Ellen Prewitt"],
  ["a.b-1@example.com", "a.b-1@example.com"],
])("who is typed as %j is asked for as %j", (typed, asked) => {
  expect(plainNumber(typed)).toBe(asked);
});

test("a name that turns the direction of writing leaves what follows as it is", () => {
  expect(isolated("\u202eevil\u2069")).toBe("\u2068\u202eevil\u2069");
});

test.each([
  [
    "Subscription 1, http://a: refused. POST /__mock/deliveries/12/redeliver sends it again.",
    "Subscription 1, http://a: refused. Redeliver sends it again.",
  ],
  [
    "A fault dropped it: x. DELETE /__mock/faults disarms all; GET lists what is armed.",
    "A fault dropped it: x. It can be disarmed under Faults.",
  ],
  ["answered 500. It is tried again at 2026-03-01T06:00:10.000-06:00.", "answered 500. It is tried again at 12:00:10."],
  ["participant is neither a phone number nor an e-mail address. ", "That is neither a phone number nor an e-mail address. "],
  ["participants[1] can be several people", "That can be several people"],
  ["as must be letters, digits, _ and -, up to 64. ", "A name has letters, digits, _ and -, up to 64. "],
  [
    "Nobody is subscribed. Subscribe through the API, or start the mock with --webhook <url>.",
    "Nobody is subscribed. Subscribe through the API, or here: Subscribe a receiver.",
  ],
  ["It is gone. POST /__mock/anything makes it.", "It is gone."],
])("%j is said in the words of the page", (said, words) => {
  expect(inPageWords(said, (time) => new Date(time).toISOString().slice(11, 19))).toBe(words);
});
