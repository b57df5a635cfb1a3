import { type CheckOutcome, type ContractReport, SERVER_TROUBLE } from "../report";

type Advised = Pick<CheckOutcome, "verdict" | "check" | "law" | "reason" | "cause" | "evidence" | "known">;

/** The law that a wrong token is refused. */
const WRONG_TOKEN = 25;

/** What to do about an outcome, as a sentence; undefined when there is nothing to do. */
export function adviceFor(
  { verdict, check, law, reason = "", cause, evidence, known }: Advised,
  { isOwnMock }: Pick<ContractReport, "isOwnMock">,
): string | undefined {
  if (known) return undefined;
  if (check === "baseline") return "Remove the entry from the baseline.";
  const isTaken = evidence?.pointer === "status" && Number(evidence.received) < 300;
  if (law === WRONG_TOKEN && verdict === "fail" && isTaken)
    return "If this is linq-mock, start it with --token, or it takes any; else tell whoever runs the server.";
  if (verdict === "fail" && cause === SERVER_TROUBLE)
    return "This is trouble of the server, and no question of the contract: tell whoever runs it, and run this again when it is well.";
  if (verdict === "fail") {
    return isOwnMock
      ? "Correct the mock; or the contract, where it is the contract that is wrong."
      : "Ask again with the command. If the server is right, correct the contract; to accept it for a time, put the fingerprint into a baseline.";
  }
  if (verdict === "contradicted") {
    return "Nothing is documented that it breaks. Tell the project of it: the contract and the mock should follow the server.";
  }
  if (verdict === "added")
    return "Describe the field in the contract; to accept it until then, put the fingerprint into a baseline.";
  if (verdict === "inconclusive") return doubts.find(([pattern]) => pattern.test(reason))?.[1];
  return undefined;
}

/** By what the reason says; the last fits any. */
const doubts: readonly (readonly [RegExp, string])[] = [
  [/429|no more requests/, "Ask again later, or slower with --rate."],
  [/somebody was writing/, "Ask again while nobody writes to the account."],
  [/was not sent|allowed by/, "Allow it, or name who may be reached; or leave the check out."],
  [/shape is broken|does not know/, "Look at the shape first; the check can be judged when that is right."],
  [/no answer|connection/, "Check the server and the network, and ask again."],
  [/webhook|event/, "Check that the target can reach the receiver, and ask again."],
  [/check itself failed/, "The server answers what the check does not expect; if its shapes are right, report this."],
  [/(?:)/, "Ask again; what it rests on may have been different for a moment."],
];
