import { type CheckOutcome, SENT_AGAIN } from "../report";
import { jsonReport } from "./json";
import { renderTerminal } from "./terminal";
import { aReport } from "./testing/a-report";
import { anExchange } from "./testing/an-exchange";
import { anOutcome } from "./testing/an-outcome";

/* What a report advises. */

const find = anExchange("/chats/find?phone_number=%2B12052761148&phone_numbers%5B%5D=%2B12055550190");
const evidence = { what: "who is in what find gives", pointer: "", expected: ["one"], received: ["one", "other"] };
const wrongPeople = anOutcome({
  id: "law-3",
  law: 3,
  verdict: "contradicted",
  canMisdeliver: true,
  reason: "Find Chat gives a chat with people who were not asked for",
  assumptions: ["A-find-match"],
  evidence,
  exchanges: [find],
});
const others = [
  anOutcome({ id: "law-18", law: 18, verdict: "fail", reason: "the order is wrong", evidence, exchanges: [find] }),
  anOutcome({
    id: "law-43",
    law: 43,
    verdict: "inconclusive",
    reason: "POST /chats/8/chat_messages was not sent: somebody in chat 8 is no --recipient",
  }),
  anOutcome({ id: "law-51", law: 51, verdict: "skipped", reason: "there is no chat for it; name one with --chat" }),
  anOutcome({ id: "law-46", law: 46, verdict: "skipped", reason: "it is not allowed; --allow send does" }),
];

function shown(outcomes: readonly CheckOutcome[]): string {
  const report = jsonReport(aReport({ outcomes }), { strict: false, showValues: false });
  return renderTerminal(report, { color: false, width: 1000 });
}

test("where nothing is in doubt, more may be allowed, and the contract may be wrong", () => {
  const text = shown(others);
  expect(text).toContain("Allow it, or name who may be reached");
  expect(text).toContain("If the server is right, correct the contract");
  expect(text).toContain("name one with --chat");
  expect(text).toContain("--allow send does");
});

test.each([
  ["contradicted", wrongPeople],
  ["fails", { ...wrongPeople, verdict: "fail" as const, assumptions: [] }],
])("where a law about whom messages reach %s, no more are to be reached, and the contract is not at fault", (_, outcome) => {
  const text = shown([outcome, ...others]);
  expect(text).toContain("Messages may reach people whom they are not for: stop what sends");
  expect(text).toContain("1 check: POST /chats/8/chat_messages was not sent: somebody in chat 8 is no --recipient\n");
  expect(text).toContain("Leave it so: whom messages reach is in doubt");
  expect(text).not.toMatch(/Allow it|name who|correct the contract|No document promises|--chat|--allow send/);
  expect(text.match(/--recipient/g)).toHaveLength(2); // what was not sent, and that nobody is to be added
  expect(text).not.toContain("baseline  law-3");
});

test("a chat that is not found reaches nobody, and allows no more people either", () => {
  const text = shown([{ ...wrongPeople, verdict: "fail", evidence: { ...evidence, received: null } }, ...others]);
  expect(text).not.toMatch(/Allow it|correct the contract|stop what sends/);
  expect(text).toContain("Ask again with the command, once it is known whom messages reach.");
});

test("where a retry sends again, both laws are one failure, both sends are shown, and nothing advises to accept it", () => {
  const sent = { message: { text: "Hello" } };
  const send = () => anExchange("/chats/8/chat_messages", { method: "POST", status: 201, sent, body: {} });
  const broken = (law: number, pointer: string) =>
    anOutcome({
      id: `law-${law}`,
      law,
      operation: "sendMessage",
      verdict: "fail",
      reason: SENT_AGAIN,
      cause: SENT_AGAIN,
      evidence: { what: "what came", pointer, expected: 1, received: 2 },
      exchanges: [send(), send()],
    });
  const text = shown([broken(43, ""), broken(44, "status")]);
  expect(text.match(/^FAIL .*/gm)).toEqual([`FAIL ${SENT_AGAIN} (Send Message, law 43, 44)`]);
  expect(text.match(/curl -g -i -X POST/g)).toHaveLength(2);
  expect(text).toContain("first, SENDS something real to those in the chat:");
  expect(text).toContain("to do      People can get messages twice: stop what retries sends");
  expect(text).not.toMatch(/correct the contract|#9f2c11ab/);
});
