import type { CheckOutcome } from "../report";
import { aReport } from "./testing/a-report";
import { anExchange, type ExchangeSketch } from "./testing/an-exchange";
import { anOutcome } from "./testing/an-outcome";
import { render } from "./testing/render";

/* What has to be asked first, for the command that is shown to show something. */

const line = "phone_number=%2B12052761148";
const find = (who: string, id: number, sketch: ExchangeSketch = {}) =>
  anExchange(`/chats/find?${line}&${who}`, { body: { data: { chat: { id } } }, ...sketch });
const evidence = { what: "it", pointer: "/data/chat/id", expected: 1, received: 8 };

function seeIt(outcome: Partial<CheckOutcome>, exchanges = outcome.exchanges ?? []): string[] {
  const broken = anOutcome({ verdict: "fail", reason: "it is odd", evidence, ...outcome });
  const text = render(aReport({ outcomes: [broken], exchanges }), { width: 1000 });
  const [, shown = ""] = /see it {4}(.*?)\n {2}baseline/s.exec(text) ?? [];
  return shown.split("\n").map((row) => row.trim().replace(/.*partner\/v2([^']*)'.*/, "$1"));
}

test("the request that changed something comes before the one that shows it, with what it changes", () => {
  const create = anExchange("/contacts", { method: "POST", status: 201, sent: {}, body: {} });
  const read = anExchange("/contacts/7", { body: {} });
  expect(seeIt({ exchanges: [create, read] })).toEqual([
    "first, CHANGES the account by POST:",
    "/contacts",
    "then:",
    "/contacts/7",
  ]);
});

test("what gets the same answer as an earlier request for something else is shown with that", () => {
  const [group, one] = [find("x=1&x=2", 8), find("x=1", 8)];
  const told = "then, it gets the same answer as the first, which asks for something else:";
  expect(seeIt({ exchanges: [one] }, [group, one])).toEqual([
    "first:",
    expect.stringContaining("x="),
    told,
    expect.any(String),
  ]);
  const [reordered, other] = [find("x=2&x=1", 8), find("x=1", 9)];
  expect(seeIt({ exchanges: [group] }, [reordered, other, group])).toHaveLength(1);
});

test("a status shows itself, and so does a shape", () => {
  const exchanges = [find("x=2", 7), find("x=1", 8)];
  expect(seeIt({ exchanges, evidence: { ...evidence, pointer: "status" } })).toHaveLength(1);
  expect(seeIt({ exchanges, check: "shape" })).toHaveLength(1);
  expect(seeIt({ exchanges })).toHaveLength(4);
});

test("of what is delivered, the answer to what caused it shows nothing, which is said", () => {
  const create = anExchange("/contacts", { method: "POST", status: 201, sent: {}, body: {} });
  expect(seeIt({ exchanges: [create], isAboutDeliveries: true })[0]).toBe(
    "CHANGES the account by POST; what is delivered to a subscription then shows it, and not the answer:",
  );
});
