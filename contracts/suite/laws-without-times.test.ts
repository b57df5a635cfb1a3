import { MutantRunner } from "../testing/mutants/runner";
import { body, eachObject } from "../testing/variations/variation";
import { laws } from "./checks/index";
import { momentOf } from "./expect";

/* What becomes of laws of order and time where the times that they go by are not there. */

const ORDERED = [18, 19, 20, 38, 47, 59];

let runner: MutantRunner;

beforeAll(async () => {
  runner = await MutantRunner.start();
});
afterAll(() => runner.stop());

const changed = (change: (sentAt: unknown) => Record<string, unknown>) => ({
  name: "sent_at is another thing",
  contradicts: [],
  answer: {
    every: body((json) =>
      eachObject(json, ({ sent_at, ...rest }) => (sent_at === undefined ? rest : { ...rest, ...change(sent_at) })),
    ),
  },
});

test.each([
  ["is called otherwise", changed((time) => ({ sent_time: time })), "has no `sent_at`, by which it is judged"],
  ["is a number", changed((time) => ({ sent_at: Date.parse(String(time)) })), "is no time, and it is judged by that"],
])("where sent_at %s, what goes by it is not judged, and names it", async (_, layer, reason) => {
  const asked = laws.filter(({ number }) => ORDERED.includes(number));
  const { outcomes } = await runner.report([layer], { demands: "documented", asked });
  const judged = outcomes.filter(({ check }) => check === "law");
  expect(judged.map(({ law, verdict }) => `${law}: ${verdict}`)).toEqual(ORDERED.map((law) => `${law}: inconclusive`));
  for (const one of judged) expect(one.reason).toContain(reason);
});

test("what is no time, or not there, cannot be compared", () => {
  expect(momentOf({ at: "2025-05-21T15:30:00.000-05:00" }, "at", "it")).toBe(Date.UTC(2025, 4, 21, 20, 30));
  expect(() => momentOf({ at: null }, "at", "it")).toThrow("it has no `at`, by which it is judged");
  expect(() => momentOf({ at: "yesterday" }, "at", "it")).toThrow("`at` of it is no time, and it is judged by that");
});
