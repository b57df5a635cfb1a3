import type { AssumptionId } from "../../generated/v2/operations";
import { Skip } from "../law-errors";
import type { RecordedExchange } from "../report";
import { contactTests } from "./contacts";
import { errorTests } from "./errors";
import { eventTests } from "./events";
import { findingTests } from "./find-chat";
import { lineTests } from "./lines";
import { listTests } from "./lists";
import { messageTests } from "./messages";
import { type AssumptionTest, type Confirmation, type Group, isProbe, type Probe } from "./probe";
import { sendingTests } from "./sending";
import { webhookTests } from "./webhooks";

/** What each assumption is judged by, in the order in which it is asked. */
export type AssumptionTests = Readonly<Record<AssumptionId, AssumptionTest | readonly AssumptionTest[]>>;

const FILES = { kind: "not-tried", reason: "no files are sent" } as const;
const JSON_ONLY = {
  kind: "not-tried",
  reason: "every request that has a body is sent as JSON, or as a form with a file",
} as const;
const OPERATIONS_ONLY = { kind: "not-tried", reason: "nothing but the operations of the contract is asked" } as const;
const OTHER_SIDE = { kind: "not-tried", reason: "only somebody else's phone can bring this about" } as const;

/** What is not tried anywhere, and why. */
const untried = {
  "A-attachment-limit": FILES,
  "A-attachment-count": FILES,
  "A-form-urlencoded": JSON_ONLY,
  "A-content-type": JSON_ONLY,
  "A-body-utf8": { kind: "not-tried", reason: "every body that is sent is valid UTF-8" },
  "A-body-limit": { kind: "not-tried", reason: "no large bodies are sent" },
  "A-method-unknown": OPERATIONS_ONLY,
  "A-head": OPERATIONS_ONLY,
  "A-event-participant": OTHER_SIDE,
  "A-event-times": OTHER_SIDE,
  "A-replied-to": OTHER_SIDE,
  "A-call-fields": OTHER_SIDE,
  "A-typing-others": OTHER_SIDE,
  "A-group-left": { kind: "not-tried", reason: "no call of V2 has a line leave a group" },
  "A-typing-group": { kind: "not-tried", reason: "no typing is started in a group to find out" },
  "A-webhook-success": { kind: "not-tried", reason: "a receiver would have to fail" },
  "A-edit-window": { kind: "not-tried", reason: "a message would have to be 15 minutes old" },
  "A-create-undeliverable": { kind: "not-tried", reason: "a message that cannot be delivered would have to be sent" },
  "A-share-disabled": {
    kind: "not-tried",
    reason: "no answer tells whether sharing is enabled, and no contact card is shared to find out",
  },
  "A-availability": { kind: "not-tried", reason: "nobody outside knows of whom the server knows nothing" },
} as const satisfies Group;

/** What every answer is checked for. Those that are otherwise contradict it by themselves: the checks of shapes tell of them. */
const answerTests = {
  "A-always-present": { kind: "answers", conclude: whereFitting(holds(/"id":/), "no answer lacked a field") },
  "A-extra-fields": { kind: "answers", conclude: whereFitting(holds(/"id":/), "no answer had another field") },
  "A-create-success": {
    kind: "answers",
    conclude: whereFitting((seen) => seen.operation === "createChat" && holds(/"id":/)(seen), "no chat was answered with 201"),
  },
} satisfies Group;

export const assumptionTests: AssumptionTests = {
  ...untried,
  ...findingTests,
  ...listTests,
  ...messageTests,
  ...contactTests,
  ...webhookTests,
  ...lineTests,
  ...sendingTests,
  ...eventTests,
  ...answerTests,
  ...errorTests, // some of them look back at everything that was answered
};

/** All that may be asked. */
export const probes: readonly Probe[] = Object.values(assumptionTests).flat().filter(isProbe);

/** The lines alone, which every run asks for, say too little. */
function holds(pattern: RegExp) {
  return ({ operation, response }: RecordedExchange): boolean =>
    operation !== "listPhoneNumbers" && pattern.test(response.text);
}

function whereFitting(fits: (exchange: RecordedExchange) => boolean, nothing: string) {
  return (seen: readonly RecordedExchange[]): Confirmation => {
    const count = seen.filter((exchange) => exchange.response.status < 300 && fits(exchange)).length;
    if (count === 0) throw new Skip("nothing of the kind was answered");
    return { inPart: `${nothing} in ${count === 1 ? "1 answer" : `${count} answers`}` };
  };
}
