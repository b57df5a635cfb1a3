import type { Chat, Delivery, Fault } from "./api";
import { deliveryOutcome, faultOutcome, outcomeWords } from "./outcome";
import { hasSeveralAuthors, membershipOf } from "./sentences";
import { inPageWords, isolated } from "./wording";

const NOON = Date.parse("2026-03-01T12:00:00Z");
const at = (ms: number): string => new Date(NOON + ms).toISOString();

describe("what became of a delivery", () => {
  const attempt = { at: at(0), ms: 12, status: 500, error: "answered 500", answer: null, headers: {} };
  const delivery = (fields: Partial<Delivery>): Delivery =>
    ({ id: 1, subscription_id: 1, status: "pending", attempts: [], next_attempt_at: at(0), ...fields }) as Delivery;

  test.each<[string, Partial<Delivery>, boolean]>([
    ["waiting for the answer, 3 s", {}, false],
    ["waiting for the answer", { next_attempt_at: at(2500) }, false],
    ["waiting: attempt 2/6 in 4 s", { attempts: [attempt], next_attempt_at: at(7000) }, false],
    ["waiting: the subscription is paused", {}, true],
    ["failed: answered 500", { status: "failed", attempts: [attempt], next_attempt_at: null }, false],
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

test.each<[string, Partial<Fault>]>([
  ["has not acted yet, 1 left", { left: 1 }],
  ["acted 1 of 1 times, spent", { left: 0, spent: true, matches: 1, hits: 1 }],
  ["acted 7 of 9 times", { matches: 9, hits: 7 }],
])("a fault %s", (words, fields) => {
  expect(faultOutcome({ name: "a", fault: "status", matches: 0, hits: 0, left: null, spent: false, ...fields })).toBe(words);
});

describe("who came to a chat and who left", () => {
  const person = (fields: object) => ({ name: null, own: false, joined_at: at(0), left_at: null, ...fields });
  const line = person({ identifier: "+12055550100", own: true });
  const ann = person({ identifier: "+12055550101", name: "Ann" });
  const chat = (participants: object[], former_participants: object[] = [], group = false): Chat =>
    ({ participants, former_participants, group }) as Chat;
  const said = (one: Chat): string[] => membershipOf(one).map(({ text }) => text);

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

  test("who has written is said in groups, and in what was one", () => {
    expect([chat([ann, line]), chat([ann, line], [ann]), chat([], [], true)].map(hasSeveralAuthors)).toEqual([
      false,
      true,
      true,
    ]);
  });
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
  [
    "Nobody is subscribed. Subscribe through the API, or start the mock with --webhook <url>.",
    "Nobody is subscribed. Subscribe through the API, or here: Subscribe a receiver.",
  ],
  ["It is gone. POST /__mock/anything makes it.", "It is gone."],
])("%j is said in the words of the page", (said, words) => {
  expect(inPageWords(said, (time) => new Date(time).toISOString().slice(11, 19))).toBe(words);
});
