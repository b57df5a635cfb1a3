import { type CheckOutcome, type ContractReport, SENT_AGAIN, SERVER_TROUBLE } from "../report";

type Advised = Pick<CheckOutcome, "verdict" | "check" | "law" | "reason" | "cause" | "evidence" | "known" | "canMisdeliver">;

type Reported = Pick<ContractReport, "isOwnMock" | "outcomes">;

/** How a mock of ours has to be started for a law to hold: that a wrong token is refused, that availability is not checked without limit. */
const FLAGS: Readonly<Record<number, string>> = {
  25: "with --token, or it takes any",
  70: "without --rate-limits off, or it answers every check",
};

/** Where messages reach others than they are for. */
export const ON_MISDELIVERY =
  "Messages may reach people whom they are not for: stop what sends into chats that this server gives, and tell whoever runs the server. Widen neither --recipient nor --allow, and accept it in no baseline.";
/** Where people get what was sent once more than once. */
export const ON_DUPLICATES =
  "People can get messages twice: stop what retries sends, and tell whoever runs the server. A single 200 does not clear it, where several workers answer; accept it in no baseline.";
/** Beside that, or where it cannot be excluded. */
const IN_DOUBT = "Ask again with the command, once it is known whom messages reach.";
const GUARDED = "Leave it so: whom messages reach is in doubt, and this keeps them from people who were not meant.";

/** What to do about an outcome, as a sentence; undefined when there is nothing to do. */
export function adviceFor(outcome: Advised, { isOwnMock, outcomes }: Reported): string | undefined {
  const { verdict, check, law, reason = "", cause, evidence, known } = outcome;
  if (known) return undefined;
  if (check === "baseline") return "Remove the entry from the baseline.";
  const isTaken = evidence?.pointer === "status" && Number(evidence.received) < 300;
  const flags = law === undefined ? undefined : FLAGS[law];
  if (flags !== undefined && verdict === "fail" && isTaken)
    return `If this is linq-mock, start it ${flags}; else tell whoever runs the server.`;
  if (verdict === "fail" && cause === SERVER_TROUBLE)
    return "This is trouble of the server, and no question of the contract: tell whoever runs it, and run this again when it is well.";
  const isDoubtful = isInDoubt({ isOwnMock, outcomes });
  if (isDoubtful && isOfReach(outcome) && evidence?.received !== null) return ON_MISDELIVERY;
  if (verdict === "fail" && cause === SENT_AGAIN && !isOwnMock) return ON_DUPLICATES;
  if (verdict === "fail") {
    if (isDoubtful) return IN_DOUBT;
    return isOwnMock
      ? "Correct the mock; or the contract, where it is the contract that is wrong."
      : "Ask again with the command. If the server is right, correct the contract; to accept it for a time, put the fingerprint into a baseline.";
  }
  if (verdict === "contradicted") {
    return "Nothing is documented that it breaks. Tell the project of it: the contract and the mock should follow the server.";
  }
  if (verdict === "added")
    return "Describe the field in the contract; to accept it until then, put the fingerprint into a baseline.";
  if (verdict === "inconclusive" && isDoubtful && NOT_SENT.test(reason)) return GUARDED;
  if (verdict === "inconclusive") return doubts.find(([pattern]) => pattern.test(reason))?.[1];
  return undefined;
}

/** Whether it is about whom messages reach, and does not hold. */
function isOfReach({
  canMisdeliver,
  verdict,
  evidence,
}: Pick<CheckOutcome, "canMisdeliver" | "verdict" | "evidence">): boolean {
  return canMisdeliver === true && evidence !== undefined && (verdict === "fail" || verdict === "contradicted");
}

const NOT_SENT = /was not sent|allowed by/;
/** What is said of flags that let a run reach more people, at the end of a reason. */
const WIDENING = /; [^;]*--(?:recipient|chat|allow)\b[^;]*$/;

/** Why something was not judged; no reason to reach more people where it is in doubt whom messages reach. */
export function reasonIn({ outcomes, isOwnMock }: Reported, reason: string): string {
  return isInDoubt({ outcomes, isOwnMock }) ? reason.replace(WIDENING, "") : reason;
}

function isInDoubt({ outcomes, isOwnMock }: Reported): boolean {
  return !isOwnMock && outcomes.some(isOfReach);
}

/** By what the reason says; the last fits any. */
const doubts: readonly (readonly [RegExp, string])[] = [
  [/429|no more requests/, "Ask again later, or slower with --rate."],
  [/somebody was writing/, "Ask again while nobody writes to the account."],
  [NOT_SENT, "Allow it, or name who may be reached; or leave the check out."],
  [
    /shape is broken|does not know|by which it is judged|judged by that/,
    "Look at the shape first; the check can be judged when that is right.",
  ],
  [/no answer|connection/, "Check the server and the network, and ask again."],
  [/webhook|event/, "Check that the target can reach the receiver, and ask again."],
  [/check itself failed/, "The server answers what the check does not expect; if its shapes are right, report this."],
  [/(?:)/, "Ask again; what it rests on may have been different for a moment."],
];
